import type { ToolMessage } from './finding-table.ts'

const again = 'The run is incomplete. The next run starts over.'

/**
 * Failures of PostgreSQL and of the container engine, under either tool. The texts are PostgreSQL's, of `docker run`, and of
 * crates/syn2mas (whose `query failed` and `whilst locking Synapse table` are about Synapse's database).
 */
export const failureMessages: readonly ToolMessage[] = [
  {
    name: 'already-running',
    match:
      /Failed to acquire syn2mas lock|another syn2mas instance is already running|is already in use by container/,
    message: () => 'Another syn2mas is running on this server.',
    why: 'Two runs at once would corrupt each other.',
    remedy:
      'Wait until it ends. If its run died, its container (matrix-authentication-service-syn2mas) still runs until it is done.',
  },
  {
    name: 'synapse-access-denied',
    match: /^(?=.*(?:synapse|query failed)).*permission denied for (?<object>\w+ "?[\w.-]+)/is,
    message: ({ object }) =>
      `PostgreSQL denies syn2mas access to Synapse's database: permission denied for ${object}.`,
    why: 'syn2mas must read all accounts, devices and tokens of Synapse.',
    remedy:
      "As PostgreSQL's superuser, give the role that syn2mas connects with (MAS's role, or `database.args.user` of homeserver.yaml) read access to Synapse's database: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`",
  },
  {
    name: 'access-denied',
    match: /permission denied for (?<object>\w+ "?[\w.-]+)/is,
    message: ({ object }) => `PostgreSQL denies syn2mas access: permission denied for ${object}.`,
    why: "syn2mas reads Synapse's database, and changes the schema of MAS's database.",
    remedy:
      "As PostgreSQL's superuser, make MAS's role the owner of its database and of its schema `public`. In Synapse's database, give the role that syn2mas connects with read access: `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE;`",
  },
  {
    name: 'disk-full',
    match: /no space left on device|disk full|could not (?:extend|write to) file|ENOSPC/i,
    message: () => 'The disk of the server is full.',
    why: again,
    remedy: 'Free space on the server (`df -h /matrix`), then run this again.',
  },
  {
    name: 'too-many-connections',
    match: /too many (?:clients|connections)|remaining connection slots/i,
    message: () => 'PostgreSQL accepts no more connections.',
    why: 'syn2mas opens ten connections.',
    remedy:
      "Raise `postgres_max_connections`, deploy, then run this again. A limit of MAS's role counts too: `ALTER ROLE … CONNECTION LIMIT -1`.",
    showsCause: true,
  },
  {
    name: 'schema-differs',
    match: /(?:relation|column) "?(?<object>[\w.]+)"? does not exist/,
    message: ({ object }) => `A database has no \`${object}\`, which syn2mas reads.`,
    why: 'The versions of Synapse and MAS do not fit, or the database is not the one that Synapse uses.',
    remedy:
      'Check that homeserver.yaml names the database that Synapse uses. Then deploy the versions that the playbook pins, so that Synapse updates its schema.',
    showsCause: true,
  },
  {
    name: 'connection-lost',
    match:
      /terminating connection|server closed the connection|connection (?:reset|terminated)|broken pipe|unexpected (?:end of file|EOF)|ECONNRESET|the database system is |cannot connect now/i,
    message: () => 'PostgreSQL ended a connection of syn2mas.',
    why: again,
    remedy: 'Run on the server: `journalctl -u matrix-postgres -n 50`. Fix the cause, then run this again.',
    showsCause: true,
  },
]

/** For texts that no other row explains. */
export const crashMessages: readonly ToolMessage[] = [
  {
    name: 'container-not-started',
    match: /^docker: |^Unable to find image|^OCI runtime|^exec .*: /,
    message: () => 'The container of syn2mas could not start.',
    why: 'It did nothing.',
    remedy: 'Fix the cause on the server, then run this again.',
    showsCause: true,
  },
  {
    name: 'crashed',
    match: /^thread '.*panicked at/,
    message: () => 'syn2mas crashed.',
    why: `This is a bug of syn2mas. ${again}`,
    remedy:
      'Look for the message in the issues of matrix-authentication-service. Another version of MAS may not have the bug.',
    showsCause: true,
  },
]
