import type { HealthChecks } from './health-check.ts'

/** From the runner, as everyone on the internet sees the server. */
export const publicChecks = {
  'public-homeserver': {
    subject: 'the address of the homeserver that clients use',
    from: 'public',
    severity: 'error',
    users: 'No app can connect: users see that they are offline.',
    first:
      'Run on the server: `systemctl status matrix-traefik matrix-synapse matrix-synapse-reverse-proxy-companion`. Check the DNS record and the firewall too.',
  },
  certificate: {
    subject: 'the TLS certificates of the public names, and how long they are valid',
    from: 'public',
    severity: 'error',
    users: 'Apps and browsers refuse to connect to a name whose certificate is not valid.',
    first:
      'Run on the server: `journalctl -u matrix-traefik --since -2d | grep -i acme`. It shows why the certificate was not renewed.',
  },
  'client-well-known': {
    subject: 'the file /.well-known/matrix/client, by which apps find the homeserver',
    from: 'public',
    severity: 'error',
    users:
      'A user who enters the server name or a user ID at login does not reach the homeserver. Existing sessions continue.',
    first:
      "Compare the served file with /matrix/static-files/public/.well-known/matrix/client. If another web server has the server's name, it must serve or redirect /.well-known/matrix.",
  },
  'server-well-known': {
    subject: 'the file /.well-known/matrix/server, by which other servers find the homeserver',
    from: 'public',
    severity: 'warning',
    users: 'Messages to and from users of other servers are delayed or lost. Rooms on this server work.',
    first: 'Compare the served file with /matrix/static-files/public/.well-known/matrix/server.',
  },
  'advertised-issuer': {
    subject: 'the authentication service that the file for apps names',
    from: 'public',
    severity: 'error',
    users: 'Apps that read it open the wrong page at login, or none. Existing sessions continue.',
    first:
      'Deploy the default branch. Before the migration, matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled must be false.',
  },
  'auth-metadata': {
    subject: "the homeserver's answer to apps that ask for its authentication service",
    from: 'public',
    severity: 'error',
    users: 'Apps that log in with OpenID Connect, such as Element X, cannot log in.',
    first: 'Run on the server: `journalctl -u matrix-synapse -n 100`. Synapse fetches this answer from MAS.',
  },
  discovery: {
    subject: "MAS's discovery document at its public address",
    from: 'public',
    severity: 'error',
    users:
      'Apps that log in with OpenID Connect, such as Element X, cannot log in, and users cannot open their account page.',
    first:
      'Run on the server: `systemctl status matrix-authentication-service matrix-traefik`. Check that the public address in the vars is the one that the reverse proxy routes to MAS.',
  },
  'signing-keys': {
    subject: "MAS's public signing keys",
    from: 'public',
    severity: 'error',
    users: 'Apps cannot verify what MAS signs, so logins with OpenID Connect fail.',
    first:
      'Run on the server: `ls -l /matrix/matrix-authentication-service/data/keys; journalctl -u matrix-authentication-service -n 50`.',
  },
  'login-page': {
    subject: "MAS's pages to log in and to grant access to an app",
    from: 'public',
    severity: 'error',
    users: 'Users who log in through the browser see an error instead of the login page.',
    first:
      'Run on the server: `journalctl -u matrix-authentication-service -n 100`. Check that its web listener has the resources `human` and `assets`.',
  },
  'public-login': {
    subject: 'which service answers the login of apps without OpenID Connect',
    from: 'public',
    severity: 'error',
    users: 'Users of most apps cannot log in. Existing sessions continue.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/login to MAS after the migration, and to Synapse before it. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does.',
  },
  'public-logout': {
    subject: 'which service answers the logout of apps',
    from: 'public',
    severity: 'error',
    users: 'Users cannot log out: a lost or stolen device stays logged in.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/logout to MAS after the migration. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does.',
  },
  'public-refresh': {
    subject: 'which service renews the tokens of apps',
    from: 'public',
    severity: 'error',
    users: 'Apps with tokens that expire are logged out after some minutes.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/refresh to MAS. With Traefik, the labels of the container matrix-authentication-service decide; with your own reverse proxy, its configuration does.',
  },
  'upstream-discovery': {
    subject: 'the discovery documents of the upstream providers',
    from: 'public',
    severity: 'error',
    users: 'Users of this provider cannot log in. Existing sessions continue.',
    first:
      "Open the provider's discovery document in a browser, and compare its issuer with the one in the vars.",
  },
  canary: {
    subject: 'whether the test account can log in, use its session and log out',
    from: 'public',
    severity: 'error',
    users: 'If the test account cannot log in with the right password, users probably cannot either.',
    first:
      'Log in with the test account in an app. If that works, check `canary-user` and `canary-password`.',
  },
  'public-view': {
    subject: 'whether the runner can see the server as the public does',
    from: 'public',
    severity: 'notice',
    users:
      'It is unknown whether users can reach the server. Checks on the server itself do not depend on this.',
    first:
      'Use a runner that resolves the public names of the server. A name below a domain such as .test or .internal has no public address.',
  },
} as const satisfies HealthChecks
