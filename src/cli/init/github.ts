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
  readonly isDone: boolean
}

/** What exists on GitHub. */
interface Listed {
  readonly environments: Readonly<Record<string, ListedEnvironment>>
  readonly secrets: Readonly<Record<string, readonly string[]>>
  /** Whether MATRIX_REHEARSE_BY_HAND is `true`. */
  readonly isByHand: boolean
}

interface ListedEnvironment {
  readonly reviewers: readonly { readonly type: string; readonly id: string }[]
  /** Which branches can use it: all, the protected ones, or those that are named. */
  readonly restriction: Restriction
  readonly branches: readonly string[]
  /** Other settings of a person, as fields. */
  readonly others: readonly string[]
}

type Restriction = 'none' | 'protected' | 'named'

const purposes = {
  'matrix-rehearsal': 'guards the key while a pull request is rehearsed',
  'matrix-production': 'guards the key for deployments and migrations',
  'matrix-doctor': 'guards the key of the health check, which no person approves',
} as const
type Environment = keyof typeof purposes

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
  const environments = hasEnvironments ? (Object.keys(purposes) as Environment[]) : []
  const secretsOf = (secret: string, file: string) =>
    environments.map(name => secretCommand(secret, name, file, listed.secrets[name]?.includes(secret)))
  return [
    ...environments.flatMap(name =>
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
  const text = await gh(['api', 'repos/{owner}/{repo}/environments?per_page=100'], root)
  const found = listAt(parseRecord(text), 'environments').filter(each =>
    Object.hasOwn(purposes, String(member(each, 'name'))),
  )
  const own = await Promise.all(
    found.map(async each => {
      const name = String(member(each, 'name'))
      const restriction = restrictionOf(member(each, 'deployment_branch_policy'))
      const path = `repos/{owner}/{repo}/environments/${name}/deployment-branch-policies?per_page=100`
      const jq = '.branch_policies[] | select(.type != "tag") | .name'
      const branches = restriction === 'named' ? await lines(['api', path, '--jq', jq]) : []
      const secrets = await lines(['secret', 'list', '--env', name, '--json', 'name', '--jq', '.[].name'])
      return { name, secrets, environment: { ...protectionOf(each), restriction, branches } }
    }),
  )
  const ofVariable = '.[] | select(.name == "MATRIX_REHEARSE_BY_HAND") | .value'
  const byHand = await gh(['variable', 'list', '--json', 'name,value', '--jq', ofVariable], root)
  return {
    environments: Object.fromEntries(own.map(({ name, environment }) => [name, environment])),
    secrets: Object.fromEntries(own.map(({ name, secrets }) => [name, secrets])),
    // In a workflow, strings are equal in any case.
    isByHand: byHand.trim().toLowerCase() === 'true',
  }
}

function restrictionOf(policy: unknown): Restriction {
  if (member(policy, 'custom_branch_policies') === true) return 'named'
  return member(policy, 'protected_branches') === true ? 'protected' : 'none'
}

/** Source: GitHub's documentation, "REST API endpoints for deployment environments". */
function protectionOf(environment: unknown): Pick<ListedEnvironment, 'reviewers' | 'others'> {
  const rules = listAt(environment, 'protection_rules')
  const reviewers = rules
    .flatMap(rule => listAt(rule, 'reviewers'))
    .map(each => ({ type: String(member(each, 'type')), id: String(member(each, 'reviewer', 'id')) }))
  const timers = rules.map(rule => member(rule, 'wait_timer')).filter(minutes => minutes !== undefined)
  const isNotOwn = rules.some(rule => member(rule, 'prevent_self_review') === true)
  return {
    reviewers,
    others: [
      ...timers.map(minutes => `wait_timer=${minutes}`),
      ...(isNotOwn ? ['prevent_self_review=true'] : []),
      ...(member(environment, 'can_admins_bypass') === false ? ['can_admins_bypass=false'] : []),
    ],
  }
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = member(value, key)
  return Array.isArray(list) ? list : []
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
