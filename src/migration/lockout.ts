import type { ServerFacts } from '../domain/server-facts.ts'
import type { DesiredStage } from '../domain/stage.ts'
import { startOperation } from '../domain/start-apply.ts'
import { oidcEnabledVariable, oidcProvidersVariable } from '../domain/variables.ts'
import { authProviderOf } from '../mas/providers/provider-mapping.ts'
import type { RenderedFile } from '../playbook/render.ts'
import {
  databasesOf,
  delegationOf,
  nonEmpty,
  readYamlObject,
  takesPasswords,
} from '../server/configuration.ts'
import type { Server } from '../server/server.ts'
import { type JsonRecord, record } from '../support/json.ts'
import { actualStage } from './plan/actual-stage.ts'

interface Lockout {
  readonly what: string
  readonly remedy: string
}

/**
 * Why a new `homeserver.yaml` would lock users out; undefined where it would not.
 * @param file Absent if it cannot be read.
 */
export async function lockoutBy(
  file: RenderedFile | undefined,
  stage: DesiredStage,
  facts: ServerFacts,
  { sql }: Pick<Server, 'sql'>,
): Promise<Lockout | undefined> {
  const [before, homeserver] = [readYamlObject(file?.before), readYamlObject(file?.after)]
  const isLive = actualStage(facts).stage === 'live'
  const remedy = isLive ? keepDelegating : keepBuiltInLogin
  if (homeserver === undefined) return { what: unreadableHomeserver, remedy }
  if ((delegationOf(homeserver) !== 'no') !== isLive)
    return { what: isLive ? endsDelegation : startsDelegation(stage), remedy }
  if (isLive || stage !== 'prepared' || before === undefined) return undefined
  if (takesPasswords(before) && !takesPasswords(homeserver)) return { what: endsPasswords, remedy }
  const lost = await lostProviders(before, homeserver, sql)
  return lost.length > 0 ? endsProviders(lost) : undefined
}

/** Login providers that the new configuration no longer has, and that accounts use. */
async function lostProviders(
  before: JsonRecord,
  homeserver: JsonRecord,
  sql: Server['sql'],
): Promise<readonly string[]> {
  const kept = loginProviders(homeserver)
  const removed = loginProviders(before).filter(id => !kept.includes(id))
  const { database } = databasesOf(before, undefined).synapse
  if (removed.length === 0 || database === undefined) return []
  const used = (await sql(database, usedProviders)).split('\n')
  return removed.filter(id => used.includes(id))
}

/** Synapse's OpenID Connect providers, by their names in `user_external_ids`. */
function loginProviders({ oidc_providers: providers }: JsonRecord): readonly string[] {
  if (!Array.isArray(providers)) return []
  return providers.map(each => authProviderOf(nonEmpty(record(each).idp_id)))
}

const usedProviders =
  'SELECT DISTINCT auth_provider FROM user_external_ids JOIN users ON name = user_id AND deactivated = 0'

const unreadableHomeserver = 'The homeserver.yaml that the vars would produce cannot be read.'

const endsDelegation =
  'The stage of these vars is `live`, but they would stop Synapse from delegating to MAS: every session and password created in MAS would be lost.'

function startsDelegation(stage: DesiredStage): string {
  return `The stage of these vars is \`${stage}\`, but they would make Synapse delegate to MAS: all users would be locked out.`
}

const endsPasswords =
  'These vars would turn off password login in Synapse before the accounts are in MAS: no user could log in with a password until the migration.'

function endsProviders(removed: readonly string[]): Lockout {
  return {
    what: `These vars would remove login providers from Synapse before the accounts are in MAS: ${removed.join(', ')}. Users of these providers could not log in, and the migration would refuse their accounts.`,
    remedy: `Set \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` as they were. The change that migrates removes them.`,
  }
}

const keepDelegating = `Remove the variable that turns delegation off, such as matrix_synapse_matrix_authentication_service_enabled: false. To roll back to Synapse's built-in login, ${startOperation('rollback')}.`

const keepBuiltInLogin =
  'Remove the variable that turns delegation on, such as matrix_synapse_experimental_features_msc3861_enabled. While MAS is prepared, a playbook of the dialect mas-cli needs matrix_synapse_matrix_authentication_service_enabled: false.'
