import { type CheckName, healthChecks, pageOfCheck } from '../../domain/health-checks.ts'
import type { ToolMessage } from './finding-table.ts'

/**
 * The problems that `mas-cli doctor` reports. Source: crates/cli/src/commands/doctor.rs of matrix-authentication-service,
 * v0.13 to v1.22. Only the first line of a message is compared. The log level of a line decides its severity. The severities
 * here apply to lines without a level.
 */
export const doctorMessages: readonly ToolMessage[] = [
  {
    ...textsOf('issuer-not-https'),
    match: /is not an HTTPS URL/,
    message: () => 'The public address of MAS does not use https.',
  },
  {
    ...textsOf('well-known'),
    match:
      /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
    message: () => 'The file /.well-known/matrix/client of the server name does not match what MAS expects.',
    merged: true,
  },
  {
    ...textsOf('homeserver-unreachable'),
    match: /Can't reach the homeserver at/,
    message: () => 'MAS cannot reach Synapse.',
  },
  {
    ...textsOf('invalid-token-accepted'),
    match: /whoami" replied with [23]\d\d/,
    message: () => 'The homeserver that MAS sees accepted an invalid access token.',
  },
  {
    ...textsOf('mas-unreachable-from-synapse'),
    match: /whoami" replied with 503/,
    message: () => 'Synapse cannot reach MAS to check access tokens.',
  },
  {
    ...textsOf('api-of-synapse'),
    match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
    message: () => 'MAS cannot use the Synapse API that creates accounts and devices.',
  },
  {
    ...textsOf('compatibility-login'),
    match: /legacy login API at/,
    message: () => 'Logins from clients without OpenID Connect do not reach MAS.',
  },
  {
    ...textsOf('answer-unexpected'),
    match: /whoami" replied with/,
    message: () => 'The homeserver that MAS sees gave an unexpected answer to an invalid access token.',
  },
]

function textsOf(name: CheckName): Pick<ToolMessage, 'name' | 'severity' | 'why' | 'remedy' | 'page'> {
  const { severity, users, first } = healthChecks[name]
  return { name, severity, why: users, remedy: first, page: pageOfCheck(name) }
}
