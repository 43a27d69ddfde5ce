import { member, parseRecord } from '../../support/json.ts'
import { gh } from './gh.ts'

/** What exists on GitHub. */
export interface Listed {
  readonly environments: Readonly<Record<string, ListedEnvironment>>
  readonly secrets: Readonly<Record<string, readonly string[]>>
  /** Whether MATRIX_REHEARSE_BY_HAND is `true`. */
  readonly isByHand: boolean
}

export interface ListedEnvironment {
  readonly reviewers: readonly { readonly type: string; readonly id: string }[]
  /** Which branches can use it: all, the protected ones, or those that are named. */
  readonly restriction: Restriction
  readonly branches: readonly string[]
  /** Other settings of a person, as fields. */
  readonly others: readonly string[]
}

export type Restriction = 'none' | 'protected' | 'named'

/** In the order in which they are created. */
export const environments = ['matrix-rehearsal', 'matrix-production', 'matrix-doctor'] as const
export type Environment = (typeof environments)[number]

/** @throws ToolkitError `github-api`. */
export async function listed(root: string): Promise<Listed> {
  const lines = async (argv: readonly string[]) => (await gh(argv, root)).split('\n').filter(Boolean)
  const text = await gh(['api', 'repos/{owner}/{repo}/environments?per_page=100'], root)
  const found = listAt(parseRecord(text), 'environments').filter(each =>
    environments.some(name => name === member(each, 'name')),
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
