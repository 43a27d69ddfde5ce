import { mkdirSync } from 'node:fs'
import { withoutRunnerVariables } from '../support/exec.ts'
import { socketFolder } from './ssh-variables.ts'

/**
 * Ansible's environment. The inventory's Jinja can read it, so it contains no inputs and no tokens of the job.
 * `ansible-config list` prints the names of Ansible's settings.
 */
export function playbookEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: { readonly folder: string; readonly agentSocket: string },
): Record<string, string> {
  const sockets = socketFolder(own.folder)
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  return {
    ...withoutRunnerVariables(parent),
    SSH_AUTH_SOCK: own.agentSocket,
    ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.jsonl',
    ANSIBLE_MAX_DIFF_SIZE: '10485760',
    ANSIBLE_HOST_KEY_CHECKING: 'True',
    ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
    ANSIBLE_RETRY_FILES_ENABLED: 'False',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_FORCE_COLOR: '0',
    ANSIBLE_DISPLAY_ARGS_TO_STDOUT: 'False',
    // Python's hash seed decides the order of the companion's locations: without it, every run shows a change.
    PYTHONHASHSEED: '0',
    PYTHONUNBUFFERED: '1',
    LC_ALL: 'C.UTF-8',
  }
}
