import type { FailureReason } from '../src/support/errors.ts'

const meanings: Readonly<Record<FailureReason, string>> = {
  'input-invalid': 'An input of the step is missing, malformed or names something that does not exist.',
  'inventory-unreadable': 'The inventory, or a file that belongs to it, cannot be read.',
  findings: '`validate-config` found something that must be fixed first.',
  'checkout-unsupported': 'The folder of `playbook-path` is not a supported checkout of the playbook.',
  'stage-unknown': 'The vars do not say in plain text which stage they ask for.',
  'refused-lockout': 'The change would lock users out. Nothing was changed.',
  'refused-state': 'The server is not in a state in which this can be done. Nothing was changed.',
  'commit-outdated':
    'The run is not of the default branch, or a newer commit of it changes the same host. Nothing was changed.',
  'plan-differs':
    'What was planned and what is planned now differ, or the server was rolled back since. Nothing was changed.',
  'receipt-missing': 'The server has no receipt of a rehearsal. Nothing was changed.',
  'receipt-differs':
    'The receipt is too old, something changed since the rehearsal, or the rehearsal did not pass. Nothing was changed.',
  'server-unreachable': 'The server does not answer over SSH, or the connection was lost.',
  'host-key-unknown': 'The host key of the server is not in the file of `known-hosts`.',
  'server-command-failed': 'A command on the server failed.',
  'server-state-unreadable': 'The state of the server cannot be determined.',
  'playbook-failed': 'The playbook failed.',
  'tool-missing': 'A program that is needed is not installed on the runner.',
  'fetch-failed': 'A commit of your repository or of the playbook cannot be fetched.',
  'syn2mas-failed':
    'The rehearsal did not pass: syn2mas failed, or found something that would stop the migration.',
  'lock-held': 'Another run is working on the server.',
  restored: 'The run failed, and the server restored its previous state. Users log in as before.',
  'outcome-unknown':
    'The runner did not see how the run ended. The server ends it by itself; `operation: status` shows the result.',
  unhealthy: 'The doctor found an error, or the server is not healthy after `deploy`.',
  'github-api': 'GitHub’s API refused a request.',
  cancelled: 'The job was cancelled.',
  internal: 'Unexpected error: a bug in matrix-auth-actions.',
}

export function failureReasonsPage(): string {
  const rows = Object.entries(meanings).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`)
  return `# Failure reasons

Every action sets the output \`failure-reason\`. It is empty if the step succeeded. Otherwise it has one of these values. The log and the annotation of the step say more.

| value | meaning |
|---|---|
${rows.join('\n')}
`
}
