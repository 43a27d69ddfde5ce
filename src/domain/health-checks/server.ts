import { capitalised } from '../../support/capitalised.ts'
import { startOperation } from '../start-apply.ts'
import type { HealthChecks } from './health-check.ts'

/** On the server. */
export const serverChecks = {
  'client-addresses': {
    subject: "whether MAS sees users' own addresses",
    from: 'server',
    severity: 'warning',
    users:
      'After a few wrong passwords by anyone, no user can log in for some minutes: MAS counts all users as one address. The account page shows a wrong address for each session.',
    first:
      'Add the address range of the reverse proxy to matrix_authentication_service_config_http_trusted_proxies, and deploy.',
  },
  'prepared-for': {
    subject: 'how long the server has been prepared',
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
  'last-run': {
    subject: 'how the last migration or rollback ended, even if its job ended earlier',
    from: 'server',
    severity: 'notice',
    users:
      'Nothing now. If MAS had started, the logins that it took in that run are lost. The migration or rollback was not done.',
    first: `${capitalised(startOperation('resume'))}. It shows the report of that run, with the reason.`,
  },
  'backup-age': {
    subject: 'the age of the newest PostgreSQL backup that the playbook made',
    from: 'server',
    severity: 'warning',
    users: 'Nothing now. If the database is lost, users lose what they wrote since that backup.',
    first:
      'Run on the server: `systemctl status matrix-postgres-backup; journalctl -u matrix-postgres-backup -n 50`.',
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
    subject: 'whether the journal has errors since the last health check',
    from: 'server',
    severity: 'warning',
    users: 'This depends on the kind of error, which the finding names.',
    first: 'Read the journal of the unit that the finding names: `journalctl -u UNIT --since -4h`.',
  },
  'state-unreadable': {
    subject: 'whether the databases and configuration files of the server can be read',
    from: 'server',
    severity: 'error',
    users: 'Probably nothing works, for example because PostgreSQL is not running.',
    first:
      'Run on the server: `systemctl status matrix-postgres matrix-synapse`. Check the files under /matrix.',
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
    users:
      'If Synapse or PostgreSQL is down, no one can use the server. If MAS is down, users cannot log in, and sessions can fail. If a worker is down, some functions fail.',
    first: 'Run on the server: `systemctl status UNIT; journalctl -u UNIT -n 50`.',
  },
  'accounts-missing-in-mas': {
    subject: "whether MAS has all of Synapse's active accounts",
    from: 'server',
    severity: 'error',
    users: 'The owners of the missing accounts cannot log in, and their sessions are rejected.',
    first:
      'Do not deploy. If MAS has some of the accounts, roll back, then migrate again. If MAS has none, the migration never ran, or MAS lost its accounts: `operation: status` shows whether a migration finished, and docs/stages.md lists both remedies.',
  },
  'unknown-token': {
    subject: 'whether Synapse rejects an invalid access token',
    from: 'server',
    severity: 'error',
    users:
      'With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.',
    first:
      'Run on the server: `systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50`',
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
    first: `Look at \`operation: status\`. If a run is unfinished, ${startOperation('resume')}. Otherwise do what the status says.`,
  },
} as const satisfies HealthChecks
