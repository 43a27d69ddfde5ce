import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { BadInput, oneOf } from '../../actions/inputs.ts'
import { ToolkitError } from '../../support/errors.ts'
import { exec, toolMissing } from '../../support/exec.ts'
import { member, parseRecord } from '../../support/json.ts'
import { failureLine } from '../../support/lines.ts'
import { shellWords } from '../../support/shell.ts'
import type { Setting } from './setting.ts'

const accountPlans = ['public', 'free', 'paid', 'enterprise'] as const
type AccountPlan = (typeof accountPlans)[number]

/**
 * What the account offers for this repository. Source: GitHub's documentation, "Managing environments for deployment": private
 * repositories have environments with Pro, Team and Enterprise, and required reviewers with Enterprise alone.
 */
export interface GitHubPlan {
  /** Undefined where it is unknown. */
  readonly plan: AccountPlan | undefined
  readonly hasEnvironments: boolean
  readonly hasReviewers: boolean
  /** Sentences: what is missing, and what is chosen instead. */
  readonly remarks: readonly string[]
}

const byHandInstead =
  'All environments are restricted to the default branch, and rehearsals are started manually (MATRIX_REHEARSE_BY_HAND).'
const whoHasTheKey =
  'Everyone with write access can start one, and its vars then run with the key: give write access only to people who may have the key.'

const remarks: Readonly<Record<AccountPlan | 'unknown', readonly string[]>> = {
  public: [
    'The repository is public: everyone can read your inventory. Make it private, or keep every secret in a vault.',
  ],
  free: [
    'This plan has no environments for private repositories, so that everyone who can push could read the SSH key. No key goes to GitHub: there only the check of pull requests runs.',
    'Instead, run rehearse, deploy, migrate and doctor from a terminal.',
  ],
  paid: [
    `This plan has no required reviewers for private repositories. Instead: ${byHandInstead}`,
    whoHasTheKey,
  ],
  enterprise: [],
  unknown: [
    `The GitHub plan of the account is unknown (--account-plan), so only what every paid plan has for private repositories is used. ${byHandInstead}`,
    whoHasTheKey,
    'The free plan has no environments for private repositories: there, the commands that create them fail.',
  ],
}

const assumedFree =
  'The repository has only the workflow of the free plan, so this plan is assumed. For another one, give --account-plan.'

/** @throws ToolkitError `github-api` where gh fails. */
export async function gitHubPlan({
  given,
  isSetUpForFree,
  usesGh,
  hasReviewer,
  root,
}: {
  readonly given: AccountPlan | undefined
  /** Whether an earlier `init` left only the check of pull requests. */
  readonly isSetUpForFree: boolean
  readonly usesGh: boolean
  readonly hasReviewer: boolean
  readonly root: string
}): Promise<GitHubPlan> {
  const told = given ?? (usesGh ? await askedPlan(root) : undefined)
  const isAssumed = told === undefined && isSetUpForFree
  const known = isAssumed ? 'free' : told
  // Where the account has less, a command of gh fails, and nothing is unguarded.
  const plan = known ?? 'paid'
  const isReviewed = plan === 'public' || plan === 'enterprise'
  const unset =
    isReviewed && !hasReviewer
      ? [
          'No reviewer is given (--reviewer LOGIN), so rehearsals are started manually (MATRIX_REHEARSE_BY_HAND).',
        ]
      : []
  return {
    plan: known,
    hasEnvironments: plan !== 'free',
    hasReviewers: isReviewed && hasReviewer,
    remarks: [...(isAssumed ? [assumedFree] : []), ...remarks[known ?? 'unknown'], ...unset],
  }
}

/** @throws ToolkitError `input-invalid`. */
export function parsePlan(text: string | undefined): AccountPlan | undefined {
  if (text === undefined) return undefined
  try {
    return oneOf(accountPlans).read(text.toLowerCase())
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `\`account-plan\` ${error.message}.`,
      remedy: 'github.com/settings/billing names the plan: Pro and Team are `paid`.',
    })
  }
}

/** Undefined where GitHub does not say it: only an owner of an organization sees its plan. */
async function askedPlan(root: string): Promise<AccountPlan | undefined> {
  const repository = await gh(
    ['repo', 'view', '--json', 'visibility,owner', '--jq', '.visibility + " " + .owner.login'],
    root,
  )
  const [visibility, owner = ''] = repository.trim().split(' ')
  if (visibility === 'PUBLIC') return 'public'
  const plan = await gh(['api', `users/${owner}`, '--jq', '.type'], root).then(type =>
    gh(['api', type.trim() === 'Organization' ? `orgs/${owner}` : 'user', '--jq', '.plan.name'], root),
  )
  const name = plan.trim().toLowerCase()
  if (name === '' || name === 'null') return undefined
  return name === 'free' ? 'free' : name === 'enterprise' || name === 'business_plus' ? 'enterprise' : 'paid'
}

/** A command of gh. */
export interface GhCommand {
  readonly argv: readonly string[]
  /** The file that is its standard input: a secret never appears on a command line. */
  readonly inputFile?: string
  readonly why: string
  /** What to put in the place of a name in capitals. */
  readonly placeholder?: string
  /** Whether it is done; by what gh lists. */
  readonly isDone: (listed: Listed) => boolean
}

/** What exists on GitHub. */
export interface Listed {
  /** Those that restrict who uses them. */
  readonly environments: readonly string[]
  readonly secrets: Readonly<Record<string, readonly string[]>>
  readonly variables: readonly string[]
}

const purposes = {
  'matrix-rehearsal': 'guards the key while a pull request is rehearsed',
  'matrix-production': 'guards the key for deployments and migrations',
  'matrix-doctor': 'guards the key of the health check, which no person approves',
} as const
type Environment = keyof typeof purposes

/** The commands that set GitHub up, in order. */
export function ghCommands(setting: Setting, reviewerId: string): readonly GhCommand[] {
  const { github, branch, sshKey, hasVault, vaultPasswordFile } = setting
  const { hasEnvironments, hasReviewers } = github
  const environments = hasEnvironments ? (Object.keys(purposes) as Environment[]) : []
  const vaultFile = vaultPasswordFile ?? 'VAULT_PASSWORD_FILE'
  return [
    ...environments.flatMap(name => environmentCommands(name, branch, hasReviewers, reviewerId)),
    ...environments.map(name => secretCommand('MATRIX_SSH_KEY', name, sshKey?.file ?? 'PRIVATE_KEY_FILE')),
    ...(hasVault ? environments.map(name => secretCommand('MATRIX_VAULT_PASSWORD', name, vaultFile)) : []),
    ...(hasReviewers ? [] : [byHand]),
  ]
}

const byHand: GhCommand = {
  argv: ['variable', 'set', 'MATRIX_REHEARSE_BY_HAND', '--body', 'true'],
  why: 'No pull request starts a rehearsal by itself.',
  isDone: ({ variables }) => variables.includes('MATRIX_REHEARSE_BY_HAND'),
}

function environmentCommands(
  name: Environment,
  branch: string,
  hasReviewers: boolean,
  reviewerId: string,
): readonly GhCommand[] {
  const path = `repos/{owner}/{repo}/environments/${name}`
  const isReviewed = hasReviewers && name !== 'matrix-doctor'
  // A rehearsal that a reviewer approves runs for the branch of a pull request.
  const isRestricted = !(hasReviewers && name === 'matrix-rehearsal')
  const isDone = ({ environments }: Listed) => environments.includes(name)
  return [
    {
      argv: [
        ...['api', '--silent', '--method', 'PUT', path],
        ...(isReviewed ? ['-F', 'reviewers[][type]=User', '-F', `reviewers[][id]=${reviewerId}`] : []),
        ...(isRestricted
          ? [
              ...['-F', 'deployment_branch_policy[protected_branches]=false'],
              ...['-F', 'deployment_branch_policy[custom_branch_policies]=true'],
            ]
          : []),
      ],
      why: `The environment ${name} ${purposes[name]}.`,
      isDone,
    },
    ...(isRestricted
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
            isDone,
          },
        ]
      : []),
  ]
}

/** Stand where a file is not known yet. */
const placeholders: Readonly<Record<string, string>> = {
  PRIVATE_KEY_FILE:
    'Replace PRIVATE_KEY_FILE with the file of a private key without a passphrase that logs in to the server.',
  VAULT_PASSWORD_FILE: 'Replace VAULT_PASSWORD_FILE with the file of the password of your Ansible vault.',
}

function secretCommand(secret: string, environment: Environment, inputFile: string): GhCommand {
  const note = environment === 'matrix-doctor' ? ' With a key of its own, you can revoke it separately.' : ''
  const placeholder = placeholders[inputFile]
  return {
    argv: ['secret', 'set', secret, '--env', environment],
    inputFile,
    why: `The secret ${secret} of ${environment}.${secret === 'MATRIX_SSH_KEY' ? note : ''}`,
    ...(placeholder !== undefined && { placeholder }),
    isDone: ({ secrets }) => secrets[environment]?.includes(secret) ?? false,
  }
}

/** A line to paste. */
export function ghLine({ argv, inputFile }: GhCommand): string {
  const words = argv.map(word => (word.includes('$(') ? `"${word}"` : shellWords([word])))
  return `gh ${words.join(' ')}${inputFile === undefined ? '' : ` < ${shellWords([inputFile])}`}`
}

/** @throws ToolkitError `github-api`. */
export function runGh({ argv, inputFile }: GhCommand, root: string): void {
  const input = inputFile === undefined ? '' : readFileSync(inputFile)
  const { status, stderr, error } = spawnSync('gh', argv, { cwd: root, input, encoding: 'utf8' })
  if (error) throw toolMissing('gh', error)
  if (status !== 0) throw refused(argv, stderr)
}

/** The number of an account, which reviewers are named by. */
export async function accountId(login: string, root: string): Promise<string> {
  return (await gh(['api', `users/${login}`, '--jq', '.id'], root)).trim()
}

export async function listed(root: string): Promise<Listed> {
  const lines = async (argv: readonly string[]) => (await gh(argv, root)).split('\n').filter(Boolean)
  const environments = guardedIn(await gh(['api', 'repos/{owner}/{repo}/environments'], root))
  const own = environments.filter(name => Object.hasOwn(purposes, name))
  const secrets = await Promise.all(
    own.map(
      async name =>
        [name, await lines(['secret', 'list', '--env', name, '--json', 'name', '--jq', '.[].name'])] as const,
    ),
  )
  const variables = await lines(['variable', 'list', '--json', 'name', '--jq', '.[].name'])
  return { environments, secrets: Object.fromEntries(secrets), variables }
}

/**
 * The names of the environments that restrict who uses them. GitHub creates an open one for the first job that names it: the set-up
 * must still restrict that.
 */
function guardedIn(text: string): readonly string[] {
  const all: unknown = member(parseRecord(text), 'environments')
  return (Array.isArray(all) ? all : []).flatMap((environment: unknown) => {
    const [name, rules] = [member(environment, 'name'), member(environment, 'protection_rules')]
    const isGuarded =
      member(environment, 'deployment_branch_policy') || (Array.isArray(rules) && rules.length > 0)
    return typeof name === 'string' && isGuarded ? [name] : []
  })
}

async function gh(argv: readonly string[], root: string): Promise<string> {
  const { code, stdout, stderr } = await exec(['gh', ...argv], { cwd: root })
  if (code !== 0) throw refused(argv, stderr)
  return stdout
}

function refused(argv: readonly string[], stderr: string): ToolkitError {
  return new ToolkitError({
    reason: 'github-api',
    what: `gh ${argv[0]} failed: ${failureLine(stderr)}`,
    where: `gh ${argv.join(' ')}`,
    remedy: /billing plan/i.test(stderr)
      ? 'Run init again with the GitHub plan of the account: --account-plan free, or --account-plan paid for Pro and Team.'
      : 'Log in with gh auth login, as an administrator of the repository, then run this again.',
  })
}
