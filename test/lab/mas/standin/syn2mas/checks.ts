import {
  hasCaptcha,
  hasTerms,
  matrixConfig,
  passwordsConfig,
  providersConfig,
  type RootConfig,
} from '../config.ts'
import { Failure } from '../failure.ts'
import type { SynapseConfig } from '../synapse-config.ts'

/** What syn2mas says before it starts; the texts are what its users (and our parser) match. */
export interface Findings {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** What the checks ask of Synapse's database. */
export interface DatabaseFacts {
  readonly guests: number
  readonly nonEmailThreepids: number
  /** `user_external_ids` by provider, in the order of its name. */
  readonly linkedUsers: readonly { readonly provider: string; readonly users: number }[]
}

const guestIssue = 'See https://github.com/element-hq/matrix-authentication-service/issues/1445'

function when(condition: boolean, text: string): string[] {
  return condition ? [text] : []
}

function external(system: string): string {
  return `Synapse config contains ${system} auth configuration which will need to be manually mapped as an upstream OAuth 2.0 provider during migration.`
}

/** What homeserver.yaml alone shows. */
export function checkSynapse(synapse: SynapseConfig): Findings {
  const plugin = synapse.passwordEnabled && !synapse.localDatabaseEnabled
  return {
    warnings: [
      ...when(
        synapse.enableRegistration,
        'Synapse config has registration enabled. This must be disabled after migration before bringing Synapse back online.',
      ),
      ...when(
        synapse.userConsent,
        'Synapse config has `user_consent` enabled. This should be disabled after migration.',
      ),
      ...when(synapse.cas, external('CAS')),
      ...when(synapse.saml2, external('SAML2')),
      ...when(synapse.jwt, external('JWT')),
      ...when(plugin, external('non-standard password provider plugin')),
    ],
    errors: [
      ...when(
        synapse.enable3pidChanges,
        'Synapse config has `enable_3pid_changes` explicitly enabled, which must be disabled or removed.',
      ),
      ...when(
        synapse.loginViaExistingSession,
        'Synapse config has `login_via_existing_session.enabled` set to true, which must be disabled.',
      ),
    ],
  }
}

/** What the two configurations show together. */
export function checkAgainstMas(synapse: SynapseConfig, root: RootConfig): Findings {
  const { homeserver } = matrixConfig(root)
  return {
    warnings: [
      ...when(
        synapse.enableRegistrationCaptcha && !hasCaptcha(root),
        'Synapse config has a registration CAPTCHA enabled, but no CAPTCHA has been configured in MAS. You may wish to manually configure this.',
      ),
      ...when(
        synapse.userConsent && !hasTerms(root),
        'Synapse config has `user_consent` enabled but MAS has not been configured with terms of service. You may wish to set up a `tos_uri` in your MAS branding configuration to replace the user consent.',
      ),
    ],
    errors: [
      ...passwordErrors(synapse, root),
      ...when(
        synapse.allowGuestAccess,
        `Guest support is enabled in the Synapse configuration. Guests aren't supported by MAS, but if you don't have any then you could disable the option. ${guestIssue}`,
      ),
      ...when(
        synapse.serverName !== homeserver,
        `MAS configuration has the wrong \`matrix.homeserver\` set (${JSON.stringify(homeserver)}), it should match Synapse's \`server_name\` (${JSON.stringify(synapse.serverName)})`,
      ),
    ],
  }
}

function passwordErrors(synapse: SynapseConfig, root: RootConfig): string[] {
  // With passwords off MAS has the one scheme that it would have by default, and is judged by that.
  const passwords = passwordsConfig(root)
  const scheme = passwords.schemes.find(({ version }) => version === 1)
  const purpose = 'so that Synapse passwords can be imported and will be compatible.'
  if (scheme === undefined) return ["MAS config is missing a password hashing scheme with version '1'"]
  return [
    ...when(
      scheme.algorithm !== 'bcrypt',
      `Password scheme version '1' in the MAS config must use the Bcrypt algorithm, ${purpose}`,
    ),
    ...when(
      scheme.secret !== synapse.pepper,
      `Password scheme version '1' in the MAS config must have the same secret as the \`pepper\` value from Synapse, ${purpose}`,
    ),
  ]
}

/** What Synapse's database shows, against the providers of both configurations. */
export function checkDatabase(
  facts: DatabaseFacts,
  synapse: SynapseConfig,
  root: RootConfig,
  ignoreMissingProviders: boolean,
): Findings {
  const warnings = [
    ...when(
      facts.guests > 0,
      `Synapse database contains ${facts.guests} guests which will be migrated are not supported by MAS. ${guestIssue}`,
    ),
    ...when(
      facts.nonEmailThreepids > 0,
      `Synapse database contains ${facts.nonEmailThreepids} non-email 3PIDs (probably phone numbers), which will be migrated but are not supported by MAS.`,
    ),
  ]
  const errors: string[] = []
  const mapped = new Set(facts.linkedUsers.length === 0 ? [] : masProviderIds(root))
  for (const { provider, users } of facts.linkedUsers) {
    const inSynapse = synapse.providers.get(provider)
    if (provider === 'oauth-delegated') errors.push(previousInstance(users))
    else if (inSynapse === undefined)
      (ignoreMissingProviders ? warnings : errors).push(unknown(provider, users))
    else if (!mapped.has(provider))
      errors.push(unmapped(provider, inSynapse.issuer ?? '<unspecified>', users))
  }
  return { errors, warnings }
}

function masProviderIds(root: RootConfig): string[] {
  try {
    return providersConfig(root).flatMap(({ synapseIdpId }) =>
      synapseIdpId === undefined ? [] : [synapseIdpId],
    )
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(`failed to load MAS config: ${error.message}`, [error.message])
  }
}

function previousInstance(users: number): string {
  const query = "DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated';"
  return `Synapse database has ${users} mapping entries from a previously-configured MAS instance. If this is from a previous migration attempt, run the following SQL query against the Synapse database: \`${query}\` and then run the migration again.`
}

function unknown(provider: string, users: number): string {
  return `Synapse database contains ${users} users associated to the OpenID Connect or OAuth2 provider '${provider}' but the Synapse configuration does not contain this provider.`
}

function unmapped(provider: string, issuer: string, users: number): string {
  return `Synapse config contains an OpenID Connect or OAuth2 provider '${provider}' (issuer: ${JSON.stringify(issuer)}) used by ${users} users which must also be configured in the MAS configuration as an upstream provider.`
}

export function joinFindings(...parts: readonly Findings[]): Findings {
  return { errors: parts.flatMap(part => part.errors), warnings: parts.flatMap(part => part.warnings) }
}

function block(title: string, introduction: string, findings: readonly string[]): string {
  if (findings.length === 0) return ''
  return `\n\n===== ${title} =====\n${introduction}\n\n${findings.map(text => `• ${text}\n\n`).join('')}`
}

/** Both blocks, each only where it has something to say. */
export function formatFindings({ errors, warnings }: Findings): string {
  const potential =
    'These potential issues should be considered before migrating from Synapse to MAS right now:'
  return (
    block('Errors', 'These issues prevent migrating from Synapse to MAS right now:', errors) +
    block('Warnings', potential, warnings)
  )
}
