import type { Finding, Severity } from './finding.ts'

/** One check of the doctor. All of its texts are on its page in docs/checks. */
export interface HealthCheck {
  /** What it checks, as a noun phrase. */
  readonly subject: string
  /** `public`: from the runner, as everyone on the internet sees the server. `mas-cli`: a line of `mas-cli doctor`. */
  readonly from: 'public' | 'server' | 'mas-cli' | 'doctor'
  readonly severity: Severity
  /** One or two sentences: what users notice if it fails. */
  readonly users: string
  /** One or two sentences: what to do first. */
  readonly first: string
}

/** By the part of the id after `doctor/`. */
export const healthChecks = {
  'public-homeserver': {
    subject: 'the address of the homeserver that clients use',
    from: 'public',
    severity: 'error',
    users: 'No app can connect: users see that they are offline.',
    first:
      'Run on the server: systemctl status matrix-traefik matrix-synapse matrix-synapse-reverse-proxy-companion. Check the DNS record and the firewall too.',
  },
  certificate: {
    subject: 'the TLS certificates of the public names, and how long they are valid',
    from: 'public',
    severity: 'error',
    users: 'Apps and browsers refuse to connect to a name whose certificate is not valid.',
    first:
      'Run on the server: journalctl -u matrix-traefik --since -2d | grep -i acme. It shows why the certificate was not renewed.',
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
    first: 'Run on the server: journalctl -u matrix-synapse -n 100. Synapse fetches this answer from MAS.',
  },
  discovery: {
    subject: "MAS's discovery document at its public address",
    from: 'public',
    severity: 'error',
    users:
      'Apps that log in with OpenID Connect, such as Element X, cannot log in, and users cannot open their account page.',
    first:
      'Run on the server: systemctl status matrix-authentication-service matrix-traefik. Check that the public address in the vars is the one that the reverse proxy routes to MAS.',
  },
  'signing-keys': {
    subject: "MAS's public signing keys",
    from: 'public',
    severity: 'error',
    users: 'Apps cannot verify what MAS signs, so logins with OpenID Connect fail.',
    first:
      'Run on the server: ls -l /matrix/matrix-authentication-service/data/keys; journalctl -u matrix-authentication-service -n 50.',
  },
  'login-page': {
    subject: "MAS's pages to log in and to grant access to an app",
    from: 'public',
    severity: 'error',
    users: 'Users who log in through the browser see an error instead of the login page.',
    first:
      'Run on the server: journalctl -u matrix-authentication-service -n 100. Check that its web listener has the resources `human` and `assets`.',
  },
  'public-login': {
    subject: 'which service answers the login of apps without OpenID Connect',
    from: 'public',
    severity: 'error',
    users: 'Users of most apps cannot log in. Existing sessions continue.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/login to MAS after the migration, and to Synapse before it. The labels of the container matrix-authentication-service decide.',
  },
  'public-logout': {
    subject: 'which service answers the logout of apps',
    from: 'public',
    severity: 'error',
    users: 'Users cannot log out: a lost or stolen device stays logged in.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/logout to MAS after the migration. The labels of the container matrix-authentication-service decide.',
  },
  'public-refresh': {
    subject: 'which service renews the tokens of apps',
    from: 'public',
    severity: 'error',
    users: 'Apps with tokens that expire are logged out after some minutes.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/refresh to MAS. The labels of the container matrix-authentication-service decide.',
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
    subject: 'login, use of the session and logout of the test account',
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
  'client-addresses': {
    subject: "whether MAS sees users' own addresses",
    from: 'server',
    severity: 'warning',
    users:
      'After a few wrong passwords by anyone, nobody can log in for some minutes: MAS counts all users as one address. The account page shows a wrong address for each session.',
    first:
      'Add the address range of the reverse proxy to matrix_authentication_service_config_http_trusted_proxies, and deploy.',
  },
  'prepared-for': {
    subject: 'for how long the server has been prepared',
    from: 'server',
    severity: 'warning',
    users:
      'Nothing. But real logins do not test MAS yet, and every update must work before and after the migration.',
    first: 'Open the migrate pull request, or remove MAS from the vars.',
  },
  'rollback-price': {
    subject: 'what a rollback of the migration would cost users now',
    from: 'server',
    severity: 'notice',
    users: 'Nothing now. A rollback would log out the sessions that users started since the migration.',
    first: 'If you still consider a rollback, decide soon: each login adds a session that it would end.',
  },
  'backup-age': {
    subject: 'the age of the newest PostgreSQL backup that the playbook made',
    from: 'server',
    severity: 'warning',
    users: 'Nothing now. If the database is lost, users lose what they wrote since that backup.',
    first:
      'Run on the server: systemctl status matrix-postgres-backup; journalctl -u matrix-postgres-backup -n 50.',
  },
  drift: {
    subject: 'whether the server matches the default branch',
    from: 'server',
    severity: 'warning',
    users: 'Nothing now. The next deployment changes more than its pull request shows.',
    first:
      'Deploy the default branch, or change its vars to match the server. After a rollback, the summary of the rollback has the change of the vars.',
  },
  'pending-restart': {
    subject: 'whether each service runs the image that its unit names',
    from: 'server',
    severity: 'warning',
    users:
      'Nothing now. The next restart, for example after a power failure, changes the version without a deployment.',
    first: 'Choose a quiet time and restart the service, or deploy again.',
  },
  versions: {
    subject: 'whether Synapse and MAS run the versions that the vars pin',
    from: 'server',
    severity: 'warning',
    users: 'Users may meet problems that the pinned version does not have.',
    first: 'Deploy the default branch.',
  },
  journal: {
    subject: 'errors in the journal since the last health check',
    from: 'server',
    severity: 'warning',
    users: 'This depends on the kind of error, which the finding names.',
    first: 'Read the journal of the unit that the finding names: journalctl -u UNIT --since -4h.',
  },
  'not-checked': {
    subject: 'checks that could not run',
    from: 'doctor',
    severity: 'warning',
    users: 'It is unknown whether users are affected.',
    first: 'Fix what prevented the check, and run the doctor again.',
  },
  unreachable: {
    subject: 'whether the doctor can connect to the server',
    from: 'doctor',
    severity: 'error',
    users: 'The server may be down, or reachable for users but not for this check.',
    first: 'Open the homeserver in an app. If users are served, check the SSH key and the pinned host key.',
  },
  'state-unreadable': {
    subject: 'whether the databases and configuration files of the server can be read',
    from: 'server',
    severity: 'error',
    users: 'Probably nothing works, for example because PostgreSQL is not running.',
    first:
      'Run on the server: systemctl status matrix-postgres matrix-synapse. Check the files under /matrix.',
  },
  'playbook-failed': {
    subject: 'whether the playbook runs on the server',
    from: 'doctor',
    severity: 'error',
    users: 'This alone does not affect users. A deployment would probably fail too.',
    first: 'Fix the cause that the message names. The log has the full output.',
  },
  stage: {
    subject: 'whether the server is in a regular stage',
    from: 'server',
    severity: 'error',
    users: 'Some users may be locked out, and the next deployment could lock out all.',
    first: 'Do not deploy. Compare the server with the vars; docs/stages.md lists the causes.',
  },
  'unit-down': {
    subject: 'whether Synapse, its workers, MAS and PostgreSQL run',
    from: 'server',
    severity: 'error',
    users: 'Users cannot use some or all of the service.',
    first: 'Run on the server: systemctl status UNIT; journalctl -u UNIT -n 50.',
  },
  'accounts-missing-in-mas': {
    subject: "whether MAS has all of Synapse's accounts",
    from: 'server',
    severity: 'error',
    users: 'The owners of the missing accounts cannot log in, and their sessions are rejected.',
    first: 'Do not deploy. If MAS has some of the accounts, roll back, then migrate again.',
  },
  'unknown-token': {
    subject: 'whether Synapse rejects an invalid access token',
    from: 'server',
    severity: 'error',
    users:
      'With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.',
    first:
      'Run on the server: systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50',
  },
  'compatibility-layer': {
    subject: 'whether MAS itself answers the login of apps without OpenID Connect',
    from: 'server',
    severity: 'error',
    users: 'Users of most apps cannot log in. Existing sessions continue.',
    first:
      'Check that matrix-authentication-service is running and that its listener has the resource `compat`.',
  },
  hold: {
    subject: 'whether a run of this toolkit is unfinished',
    from: 'server',
    severity: 'error',
    users: 'Synapse can be down, or between its built-in login and MAS.',
    first: 'Manually start the workflow that runs migrate, with operation: resume.',
  },
  'issuer-not-https': {
    subject: "whether MAS's public address uses https",
    from: 'mas-cli',
    severity: 'warning',
    users: 'Apps refuse to log in over an unencrypted connection.',
    first:
      'Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS.',
  },
  'well-known': {
    subject: 'whether the server itself sees the file /.well-known/matrix/client that MAS expects',
    from: 'mas-cli',
    severity: 'warning',
    users: 'Apps that look there for the authentication service find none, or find another one.',
    first:
      "Serve the file from /matrix/static-files on the server name (see the playbook's guide on server delegation), then run doctor again.",
  },
  'homeserver-unreachable': {
    subject: 'whether MAS reaches Synapse',
    from: 'mas-cli',
    severity: 'error',
    users: 'Logins fail, because MAS creates accounts and devices in Synapse.',
    first:
      'Check that matrix-synapse is running (systemctl status matrix-synapse). If it is, remove matrix_authentication_service_config_matrix_endpoint from the vars, whose default is correct, and deploy.',
  },
  'invalid-token-accepted': {
    subject: 'whether the homeserver that MAS sees rejects an invalid access token',
    from: 'mas-cli',
    severity: 'error',
    users: 'The service at this address lets anyone act as any user.',
    first:
      "If doctor/unknown-token fails too, take the server off the network. Otherwise, find out which service answers at `matrix.endpoint` of MAS's configuration.",
  },
  'mas-unreachable-from-synapse': {
    subject: 'whether Synapse reaches MAS',
    from: 'mas-cli',
    severity: 'error',
    users: 'Synapse rejects every request of a user.',
    first:
      'Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again.',
  },
  'api-of-synapse': {
    subject: 'whether MAS may use the Synapse API that creates accounts and devices',
    from: 'mas-cli',
    severity: 'error',
    users: 'Logins fail, and sessions that end in MAS stay open in Synapse.',
    first:
      'Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate.',
  },
  'compatibility-login': {
    subject: 'whether logins from apps without OpenID Connect reach MAS',
    from: 'mas-cli',
    severity: 'error',
    users: 'Users of most apps get an error, or log in to the wrong service.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, as the labels of the playbook define.',
  },
  'answer-unexpected': {
    subject: 'what the homeserver that MAS sees answers to an invalid access token',
    from: 'mas-cli',
    severity: 'warning',
    users: 'It is unknown. Synapse should reject the token with HTTP 401.',
    first:
      "Read the log on the server: `journalctl -u matrix-synapse`. If doctor/unknown-token passes, another service answers at `matrix.endpoint` of MAS's configuration.",
  },
  'compatibility-login-not-seen': {
    subject: 'whether mas-cli doctor could check the route of logins',
    from: 'mas-cli',
    severity: 'notice',
    users:
      'This alone does not affect users: mas-cli doctor got no well-known file from the public address, so it asked Synapse directly, whose built-in login is off.',
    first:
      'From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404.',
  },
  unrecognised: {
    subject: 'lines of mas-cli doctor that this toolkit does not know',
    from: 'mas-cli',
    severity: 'error',
    users: 'It is unknown. A newer MAS may have more checks.',
    first:
      'Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  },
  'did-not-run': {
    subject: 'whether mas-cli doctor finishes',
    from: 'mas-cli',
    severity: 'error',
    users:
      'They probably cannot log in: mas-cli doctor stops early if it cannot read its configuration or if MAS is not running.',
    first:
      'Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  },
} as const satisfies Readonly<Record<string, HealthCheck>>

export type CheckName = keyof typeof healthChecks

/** The entry of a finding's id, such as `doctor/certificate`; undefined for an id of another table. */
export function healthCheckOf(id: string): HealthCheck | undefined {
  const name = id.replace(/^doctor\//, '')
  return isCheckName(name) ? healthChecks[name] : undefined
}

function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(healthChecks, name)
}

export function checkId(name: CheckName): string {
  return `doctor/${name}`
}

/** Path of a check's page in the repository of this toolkit. */
export function pageOfCheck(name: CheckName): string {
  return `docs/checks/${name}.md`
}

/** A failed check as a finding. `users` and `first` of the table are its reason and remedy, where `parts` has no better ones. */
export function failedCheck(
  name: CheckName,
  message: string,
  parts: Partial<Pick<Finding, 'severity' | 'why' | 'remedy' | 'host'>> = {},
): Finding {
  const { severity, users, first } = healthChecks[name]
  return {
    id: checkId(name),
    severity,
    message,
    why: users,
    remedy: first,
    page: pageOfCheck(name),
    ...parts,
  }
}
