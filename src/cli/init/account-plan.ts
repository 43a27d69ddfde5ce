import { BadInput, oneOf } from '../../actions/inputs.ts'
import { ToolkitError } from '../../support/errors.ts'
import { gh } from './gh.ts'

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
    'The Free plan has no environments for private repositories: there, the commands that create them fail.',
  ],
}

const assumedFree =
  'The repository has only the workflow of the Free plan, so this plan is assumed. For another one, give --account-plan.'

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

/** Undefined where GitHub does not say it: only an owner of an organisation sees its plan. */
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
