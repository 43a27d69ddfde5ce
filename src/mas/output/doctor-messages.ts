import type { ToolMessage } from './finding-table.ts'

/**
 * The problems that `mas-cli doctor` reports. Source: crates/cli/src/commands/doctor.rs of matrix-authentication-service,
 * v0.13 to v1.22. The log level of a line decides its severity. The severities here apply to lines without a level.
 */
export const doctorMessages: readonly ToolMessage[] = [
  {
    name: 'issuer-not-https',
    severity: 'warning',
    match: /is not an HTTPS URL/,
    message: () => 'The public address of MAS does not use https.',
    why: 'Clients refuse to log in over an unencrypted connection.',
    remedy:
      'Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS.',
  },
  {
    name: 'well-known',
    severity: 'warning',
    match:
      /[Ww]ell-known (?:replied with|document)|fetch well-known|well-known is missing|the issuer is not the same|valid "issuer" field/,
    message: () => 'The file /.well-known/matrix/client of the server name does not match what MAS expects.',
    why: 'Clients that look there for the authentication service find none, or find another one.',
    remedy:
      'Serve the file from /matrix/static-files on the server name (see the guide on server delegation), then run doctor again.',
    merged: true,
  },
  {
    name: 'homeserver-unreachable',
    match: /Can't reach the homeserver at/,
    message: () => 'MAS cannot reach Synapse.',
    why: 'MAS creates accounts and devices in Synapse. Without it, logins fail.',
    remedy:
      'Check that matrix-synapse is running (systemctl status matrix-synapse), and that both are in the same container network.',
  },
  {
    name: 'invalid-token-accepted',
    match: /\*highly\* unexpected/,
    message: () => 'Synapse accepted an invalid access token.',
    why: 'The service at this address lets anyone act as any user.',
    remedy:
      'Take the server off the network and find out which service answers at the address of the homeserver.',
  },
  {
    name: 'mas-unreachable-from-synapse',
    match: /unable to reach MAS/,
    message: () => 'Synapse cannot reach MAS to check access tokens.',
    why: 'Until it can, Synapse rejects every request of a user.',
    remedy:
      'Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again.',
  },
  {
    name: 'api-of-synapse',
    match: /A Synapse (?:MAS|admin) API endpoint at|Can't reach the Synapse (?:MAS|admin) API/,
    message: () => 'MAS cannot use the Synapse API that creates accounts and devices.',
    why: 'Logins fail, and sessions that end in MAS stay open in Synapse.',
    remedy:
      'Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate.',
  },
  {
    name: 'compatibility-login',
    match: /legacy login API at/,
    message: () => 'Logins from clients without OpenID Connect do not reach MAS.',
    why: 'Most clients log in this way. They get an error, or log in to the wrong service.',
    remedy:
      'Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook define.',
  },
  {
    name: 'answer-unexpected',
    severity: 'warning',
    match: /whoami" replied with/,
    message: () => 'Synapse gave an unexpected answer to an invalid access token.',
    why: 'It should reject the token with HTTP 401.',
    remedy: 'Read the log on the server: `journalctl -u matrix-synapse`.',
  },
]
