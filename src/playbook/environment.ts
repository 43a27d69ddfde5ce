import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { withoutRunnerVariables } from '../support/exec.ts'
import { shellWords } from '../support/shell.ts'

/**
 * Ansible's environment. The inventory's Jinja can read it, so it contains no inputs and no tokens of the job.
 * `ansible-config list` prints the names of Ansible's settings.
 */
export function playbookEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: { readonly folder: string; readonly agentSocket: string },
): Record<string, string> {
  const sockets = join(own.folder, 's')
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

/** The server of a run. */
export interface PlaybookConnection {
  readonly address: string
  readonly port: number
  readonly user: string
  /** Harmless arguments for ssh, by the variable of Ansible. */
  readonly sshArguments: Readonly<Record<string, string>>
}

/**
 * Extra variables, which override the inventory: also what a vault or Jinja sets. Ansible's ssh plugin takes its address, port
 * and user from the variables with `ssh` in their name, whatever the others say. ssh uses the first value of an option, and
 * Ansible puts `ansible_ssh_args` before the other arguments.
 */
export function sshVariables(
  knownHosts: string,
  { address, port, user, sshArguments }: PlaybookConnection,
): Record<string, unknown> {
  const args = [
    ['-o', 'StrictHostKeyChecking=yes'],
    ['-o', `UserKnownHostsFile="${knownHosts}"`],
    ['-o', 'GlobalKnownHostsFile=/dev/null'],
    ['-o', 'UpdateHostKeys=no'],
    ['-o', 'VerifyHostKeyDNS=no'],
    ['-o', 'BatchMode=yes'],
    ['-o', 'ControlMaster=auto'],
    ['-o', 'ControlPersist=60s'],
    ['-o', 'ServerAliveInterval=10'],
  ]
  return {
    ansible_ssh_host: address,
    ansible_ssh_port: port,
    ansible_ssh_user: user,
    ansible_ssh_args: shellWords(args.flat()),
    ...sshArguments,
    ansible_host_key_checking: true,
    ansible_ssh_host_key_checking: true,
    ansible_paramiko_host_key_checking: true,
    // Null is as if nothing set them.
    ansible_ssh_executable: null,
    ansible_sftp_executable: null,
    ansible_scp_executable: null,
    ansible_ssh_pkcs11_provider: null,
    ansible_control_path: null,
    ansible_control_path_dir: null,
  }
}
