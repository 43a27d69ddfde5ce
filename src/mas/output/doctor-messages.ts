import type { ToolMessage } from './finding-table.ts'

/**
 * What `mas-cli doctor` says of trouble. Source: crates/cli/src/commands/doctor.rs of matrix-authentication-service, v0.13 to
 * v1.22. Severities are those of its log levels, which decide; the ones here hold where a line has none.
 */
export const doctorMessages: readonly ToolMessage[] = [
  {
    name: 'issuer-not-https',
    severity: 'warning',
    match: /is not an HTTPS URL/,
    message: () => 'The address of MAS is not https.',
    why: 'Clients refuse to log in over an address that anybody on the way can read.',
    remedy: 'Leave matrix_authentication_service_hostname to the playbook, and TLS to its reverse proxy.',
  },
  {
    name: 'well-known',
    severity: 'warning',
    match:
      /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
    message: () => 'The file /.well-known/matrix/client of the server name does not say what MAS expects.',
    why: 'Clients that look there for the authentication service do not find it, or find another one.',
    remedy:
      'Serve the file of /matrix/static-files for the server name (the guide on server delegation), then run this again.',
    together: true,
  },
  {
    name: 'homeserver-unreachable',
    severity: 'error',
    match: /Can't reach the homeserver at/,
    message: () => 'MAS cannot reach Synapse.',
    why: 'MAS makes accounts and devices in Synapse; no login is complete without it.',
    remedy:
      'See that matrix-synapse runs (systemctl status matrix-synapse), and that both are in one container network.',
  },
  {
    name: 'invalid-token-accepted',
    severity: 'error',
    match: /\*highly\* unexpected/,
    message: () => 'Synapse accepted a token that nobody ever made.',
    why: 'Whoever answers there accepts anybody as anyone.',
    remedy: 'Take the server off the network and look at what answers at the address of the homeserver.',
  },
  {
    name: 'mas-unreachable-from-synapse',
    severity: 'error',
    match: /unable to reach MAS/,
    message: () => 'Synapse cannot ask MAS about a token.',
    why: 'Every request of a user is refused meanwhile.',
    remedy:
      'See that matrix-authentication-service runs, and that the secret on both sides is the same; deploy again.',
  },
  {
    name: 'api-of-synapse',
    severity: 'error',
    match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
    message: () => 'MAS cannot use the API of Synapse that it makes accounts and devices with.',
    why: 'Logins fail, and sessions that end in MAS stay in Synapse.',
    remedy:
      'Deploy again, so that both hold the same secret: 403 is a wrong one, 404 a Synapse that does not delegate.',
  },
  {
    name: 'compatibility-login',
    severity: 'error',
    match: /legacy login API at/,
    message: () => 'Logins of clients that know no OpenID Connect do not reach MAS.',
    why: 'Most clients log in this way; they are told that it does not exist, or log in to the wrong service.',
    remedy:
      'See that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook say.',
  },
  {
    name: 'answer-unexpected',
    severity: 'warning',
    match: /whoami" replied with/,
    message: () => 'Synapse gave an unexpected answer to a token that nobody made.',
    why: 'It should refuse it, and did something else.',
    remedy: 'Look at the log of matrix-synapse on the server.',
  },
]
