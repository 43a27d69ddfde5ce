import type { GhCommand } from './gh.ts'
import {
  type Environment,
  environments,
  type Listed,
  type ListedEnvironment,
  type Restriction,
} from './listed.ts'
import type { Setting } from './setting.ts'

const purposes: Readonly<Record<Environment, string>> = {
  'matrix-rehearsal': 'guards the key while a pull request is rehearsed',
  'matrix-production': 'guards the key for deployments and migrations',
  'matrix-doctor': 'guards the key of the health check, which no person approves',
}

const nothing: Listed = { environments: {}, secrets: {}, isByHand: false }

/**
 * The commands that set GitHub up, in order.
 * @param listed What is there already: commands keep what a person added to it.
 */
export function ghCommands(
  setting: Setting,
  reviewerId: string,
  listed: Listed = nothing,
): readonly GhCommand[] {
  const { github, branch, sshKey, hasVault, vaultPasswordFile } = setting
  const { hasEnvironments, hasReviewers } = github
  const names = hasEnvironments ? environments : []
  const secretsOf = (secret: string, file: string) =>
    names.map(name => secretCommand(secret, name, file, listed.secrets[name]?.includes(secret)))
  return [
    ...names.flatMap(name =>
      environmentCommands(name, branch, hasReviewers ? reviewerId : undefined, listed.environments[name]),
    ),
    ...secretsOf('MATRIX_SSH_KEY', sshKey?.file ?? 'PRIVATE_KEY_FILE'),
    ...(hasVault ? secretsOf('MATRIX_VAULT_PASSWORD', vaultPasswordFile ?? 'VAULT_PASSWORD_FILE') : []),
    startCommand(hasReviewers, listed),
  ]
}

/** Who starts a rehearsal: the pull request only where a reviewer approves it. */
function startCommand(hasReviewers: boolean, { environments, isByHand }: Listed): GhCommand {
  const set = (value: string) => ['variable', 'set', 'MATRIX_REHEARSE_BY_HAND', '--body', value]
  return hasReviewers
    ? {
        argv: set('false'),
        why: 'A pull request starts its rehearsal by itself, and a reviewer approves it.',
        isDone: !isByHand,
      }
    : {
        argv: set('true'),
        why: 'No pull request starts a rehearsal by itself.',
        isDone: isByHand || isReviewedForPulls(environments['matrix-rehearsal']),
      }
}

/** As with --reviewer, which this call does not have. */
function isReviewedForPulls(environment: ListedEnvironment | undefined): boolean {
  return environment?.restriction === 'none' && environment.reviewers.length > 0
}

/** @param reviewerId Undefined where the account has no reviewers, or none is given. */
function environmentCommands(
  name: Environment,
  branch: string,
  reviewerId: string | undefined,
  present: ListedEnvironment | undefined,
): readonly GhCommand[] {
  const path = `repos/{owner}/{repo}/environments/${name}`
  const { reviewers = [], others = [], branches = [] } = present ?? {}
  const isReviewed = reviewerId !== undefined && name !== 'matrix-doctor'
  const isAmong = reviewers.some(({ type, id }) => type === 'User' && id === reviewerId)
  const wanted = isReviewed && !isAmong ? [...reviewers, { type: 'User', id: reviewerId }] : reviewers
  // A rehearsal that a reviewer approves runs for the branch of a pull request.
  const isForPulls = name === 'matrix-rehearsal' && (reviewerId !== undefined || isReviewedForPulls(present))
  const restriction = restrictionOfPerson(present, branch) ?? (isForPulls ? 'none' : 'named')
  return [
    {
      // Whole: go-github says of this call that null clears a setting, and GitHub does not say what a missing one does.
      argv: [
        ...['api', '--silent', '--method', 'PUT', path],
        ...wanted.flatMap(({ type, id }) => [
          '-F',
          `reviewers[][type]=${type}`,
          '-F',
          `reviewers[][id]=${id}`,
        ]),
        ...[...restrictionFields(restriction), ...others].flatMap(field => ['-F', field]),
      ],
      why: `The environment ${name} ${purposes[name]}.`,
      isDone: present?.restriction === restriction && wanted === reviewers,
    },
    ...(restriction === 'named' && !isForPulls
      ? [
          {
            argv: [
              'api',
              '--silent',
              '--method',
              'POST',
              `${path}/deployment-branch-policies`,
              '-f',
              `name=${branch}`,
            ],
            why: `Only workflows of the branch ${branch} can use it.`,
            isDone: branches.includes(branch),
          },
        ]
      : []),
  ]
}

/** What a person chose stays. */
function restrictionOfPerson(
  present: ListedEnvironment | undefined,
  branch: string,
): Restriction | undefined {
  const { restriction, branches = [] } = present ?? {}
  return restriction === 'protected' || branches.some(each => each !== branch) ? restriction : undefined
}

function restrictionFields(restriction: Restriction): readonly string[] {
  if (restriction === 'none') return ['deployment_branch_policy=null']
  return [
    `deployment_branch_policy[protected_branches]=${restriction === 'protected'}`,
    `deployment_branch_policy[custom_branch_policies]=${restriction === 'named'}`,
  ]
}

/** Stand where a file is not known yet. */
const placeholders: Readonly<Record<string, string>> = {
  PRIVATE_KEY_FILE:
    'Replace PRIVATE_KEY_FILE with the file of a private key without a passphrase that logs in to the server.',
  VAULT_PASSWORD_FILE: 'Replace VAULT_PASSWORD_FILE with the file of the password of your Ansible vault.',
}

function secretCommand(
  secret: string,
  environment: Environment,
  inputFile: string,
  isDone = false,
): GhCommand {
  const note = environment === 'matrix-doctor' ? ' With a key of its own, you can revoke it separately.' : ''
  const placeholder = placeholders[inputFile]
  return {
    argv: ['secret', 'set', secret, '--env', environment],
    inputFile,
    why: `The secret ${secret} of ${environment}.${secret === 'MATRIX_SSH_KEY' ? note : ''}`,
    ...(placeholder !== undefined && { placeholder }),
    isDone,
  }
}
