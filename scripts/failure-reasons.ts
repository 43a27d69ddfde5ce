import type { FailureReason } from '../src/support/errors.ts'

interface Meaning {
  readonly meaning: string
  /** What to do first. The message of the step is more exact. */
  readonly remedy: string
}

const meanings: Readonly<Record<FailureReason, Meaning>> = {
  'input-invalid': {
    meaning: 'An input of the step is missing, malformed or names something that does not exist.',
    remedy: 'Fix the input that the message names.',
  },
  'inventory-unreadable': {
    meaning: 'The inventory, or a file that belongs to it, cannot be read.',
    remedy: 'Fix the file that the message names.',
  },
  findings: {
    meaning: '`validate-config` found something that must be fixed first.',
    remedy:
      'Fix the errors in the list, or [accept](../../validate-config/README.md#accepting-a-finding) one that does not apply to you.',
  },
  'checkout-unsupported': {
    meaning: 'The folder of `playbook-path` is not a supported checkout of the playbook.',
    remedy: 'Pin a commit of the playbook in `playbook.lock`, and remove the step that checks it out.',
  },
  'stage-unknown': {
    meaning: 'The vars do not say in plain text which stage they ask for.',
    remedy:
      'Write `matrix_authentication_service_enabled` and `matrix_authentication_service_migration_in_progress` in plain text.',
  },
  'refused-lockout': {
    meaning: 'The change would lock users out. Nothing was changed.',
    remedy: 'Do not force it. Use `migrate` or `rollback`, as the message says.',
  },
  'refused-state': {
    meaning: 'The server is not in a state in which this can be done. Nothing was changed.',
    remedy: 'Look up the [stage of the server](../stages.md), and do what the message says.',
  },
  'commit-outdated': {
    meaning:
      'The run is not of the default branch, a newer commit of it changes the same host, or `head-commit` is not the newest commit of an open pull request. Nothing was changed.',
    remedy:
      'Do what the message says. If a newer commit changes the host, the run of that commit deploys it.',
  },
  'plan-differs': {
    meaning:
      'What was planned and what is planned now differ, or the server was rolled back since. Nothing was changed.',
    remedy:
      'Compare both plans in the message, then do what it says: run all jobs again, or start the operation manually.',
  },
  'receipt-missing': {
    meaning: 'The server has no receipt of a rehearsal. Nothing was changed.',
    remedy: 'Rehearse: start *Review a change of the Matrix server* manually.',
  },
  'receipt-differs': {
    meaning:
      'The receipt is too old, something changed since the rehearsal, or the rehearsal did not pass. Nothing was changed.',
    remedy: 'Read what differs, then rehearse again.',
  },
  'server-unreachable': {
    meaning: 'The server does not answer over SSH, or the connection was lost.',
    remedy:
      'Check that the server runs, that it accepts the key, and that it lets GitHub’s runners connect. After a lost connection, run `status`.',
  },
  'host-key-unknown': {
    meaning: 'The host key of the server is not in the file of `known-hosts`.',
    remedy: 'Compare the key with that of the server. Pin it only if they are the same.',
  },
  'server-command-failed': {
    meaning: 'A command on the server failed.',
    remedy: 'Read the command and its output in the log.',
  },
  'server-state-unreadable': {
    meaning: 'The state of the server cannot be determined.',
    remedy: 'Check that PostgreSQL and the container engine of the server run.',
  },
  'playbook-failed': {
    meaning: 'The playbook failed.',
    remedy: 'Find the failed task in the log, and fix its cause.',
  },
  'tool-missing': {
    meaning: 'A program that is needed is not installed on the runner.',
    remedy: 'Install it, or pass `ssh-private-key`, so that Ansible is installed for you.',
  },
  'fetch-failed': {
    meaning: 'A commit of your repository or of the playbook cannot be fetched.',
    remedy: 'Check that the commit exists, and that the job may read the repository.',
  },
  'syn2mas-failed': {
    meaning: 'The rehearsal did not pass: syn2mas failed, or found something that would stop the migration.',
    remedy: 'Fix what the findings name, then rehearse again.',
  },
  'lock-held': {
    meaning: 'Another run is working on the server.',
    remedy: 'Wait for it. `status` names the run, and what to do if it died.',
  },
  restored: {
    meaning: 'The run failed, and the server restored its previous state. Users log in as before.',
    remedy:
      'Read in the summary which proof or step failed, and fix the cause. Then start the migration or the rollback again.',
  },
  'outcome-unknown': {
    meaning:
      'The runner did not see how the run ended. The server ends it by itself; `operation: status` shows the result.',
    remedy: 'Run `status`. Start nothing else before it shows an end.',
  },
  unhealthy: {
    meaning: 'The doctor found an error, or the server is not healthy after `deploy`.',
    remedy: 'Start with the first error: its page under [checks](../checks/README.md) says what to do first.',
  },
  'github-api': {
    meaning: 'GitHub’s API refused a request.',
    remedy: 'Check the permissions of the job against those of the template.',
  },
  cancelled: {
    meaning: 'The job was cancelled.',
    remedy: 'Run `status`: a migration that was started on the server ends by itself.',
  },
  internal: {
    meaning: 'Unexpected error: a bug in matrix-auth-actions.',
    remedy: 'Report it with the log. On the server, run `status`.',
  },
}

export function failureReasonsPage(): string {
  const rows = Object.entries(meanings).map(
    ([reason, { meaning, remedy }]) => `| \`${reason}\` | ${meaning} | ${remedy} |`,
  )
  return `# Failure reasons

Every action sets the output \`failure-reason\`. It is empty if the step succeeded. Otherwise it has one of these values. The log and the annotation of the step say more. In a terminal, a command with \`--json\` prints it as \`reason\`.

| value | meaning | what to do first |
|---|---|---|
${rows.join('\n')}
`
}
