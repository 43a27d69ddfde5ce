/** Lines as `ansible.posix.jsonl` prints them, for one invented host. */
export const host = 'matrix.example.test'

export const noSshArguments = {
  ansible_ssh_common_args: '',
  ansible_ssh_extra_args: '',
  ansible_sftp_extra_args: '',
  ansible_scp_extra_args: '',
}

interface Answer {
  readonly [field: string]: unknown
}

export function resultLine(
  event: 'ok' | 'failed' | 'skipped' | 'unreachable',
  name: string,
  answer: Answer,
): string {
  return JSON.stringify({
    _event: `v2_runner_on_${event}`,
    _timestamp: '2026-01-01T00:00:00.000000Z',
    hosts: { [host]: { ...answer, ...(event === 'failed' || event === 'skipped' ? { [event]: true } : {}) } },
    task: { id: '1', name, path: '/srv/playbook/roles/custom/x/tasks/main.yml:7', duration: {} },
  })
}

export function statsLine(
  counts: Partial<Record<'ok' | 'changed' | 'failures' | 'ignored' | 'unreachable', number>>,
) {
  const stats = {
    ok: 1,
    changed: 0,
    failures: 0,
    ignored: 0,
    rescued: 0,
    skipped: 0,
    unreachable: 0,
    ...counts,
  }
  return JSON.stringify({
    _event: 'v2_playbook_on_stats',
    custom_stats: {},
    global_custom_stats: {},
    stats: { [host]: stats },
  })
}

export const syn2masCommand = [
  '/usr/bin/env',
  'docker',
  'run',
  '--rm',
  '--name=matrix-authentication-service-syn2mas',
  'localhost/lab/mas:1.22.0',
  'syn2mas',
  '--synapse-config=/homeserver.yaml',
  'migrate',
  '--dry-run',
]

export const syn2masFailure = [
  resultLine('ok', 'Gathering Facts', {
    action: 'gather_facts',
    ansible_facts: { ansible_env: { SECRET: 'of-the-server' } },
    changed: false,
  }),
  resultLine('failed', 'custom/x : Look first', {
    action: 'ansible.builtin.command',
    cmd: ['test', '-e', '/x'],
    rc: 1,
    msg: 'non-zero return code',
  }),
  resultLine('failed', 'custom/x : Perform syn2mas migration', {
    action: 'ansible.builtin.command',
    changed: false,
    cmd: syn2masCommand,
    msg: 'non-zero return code',
    rc: 10,
    stdout: '',
    stderr: '===== Errors =====\n• one',
  }),
  statsLine({ failures: 1, ignored: 1 }),
]
