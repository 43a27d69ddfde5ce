import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { exec } from '../support/exec.ts'
import { shellWords } from '../support/shell.ts'

/** What the runner sets for actions: inputs with secrets, tokens, and the files by which a step speaks to the runner. */
const runnersOwn = /^(INPUT_|ACTIONS_|GITHUB_(TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/

/**
 * Ansible's environment. The inventory's Jinja can read it, so it holds no input and no token of the job. Names of
 * Ansible's own settings: `ansible-config list`.
 */
export function playbookEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  own: { readonly folder: string; readonly agentSocket: string },
): Record<string, string> {
  const kept = Object.entries(parent).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !runnersOwn.test(entry[0]),
  )
  const sockets = join(own.folder, 's')
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  return {
    ...Object.fromEntries(kept),
    SSH_AUTH_SOCK: own.agentSocket,
    ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.jsonl',
    ANSIBLE_MAX_DIFF_SIZE: '10485760',
    ANSIBLE_HOST_KEY_CHECKING: 'True',
    ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
    ANSIBLE_RETRY_FILES_ENABLED: 'False',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_FORCE_COLOR: '0',
    ANSIBLE_DISPLAY_ARGS_TO_STDOUT: 'False',
    // The order of the companion's locations follows Python's hash seed: without it each run shows a change.
    PYTHONHASHSEED: '0',
    PYTHONUNBUFFERED: '1',
    LC_ALL: 'C.UTF-8',
  }
}

/**
 * Variables that win over the inventory's: ssh takes the first value of an option, and Ansible puts `ansible_ssh_args`
 * before `ansible_ssh_common_args` and `ansible_ssh_extra_args`, so no inventory can turn host key checking off with them.
 */
export function sshVariables(knownHosts: string, more: readonly string[]): Record<string, unknown> {
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
    more,
  ]
  return { ansible_ssh_args: shellWords(args.flat()), ansible_host_key_checking: true }
}

/** Ends the connections that Ansible keeps open for a minute after it: they would outlive the job's key. */
export async function closeSshMasters(folder: string): Promise<void> {
  const sockets = join(folder, 's')
  const names = listing(sockets)
  await Promise.all(
    names.map(name =>
      exec(['timeout', '5', 'ssh', '-O', 'exit', '-o', `ControlPath=${join(sockets, name)}`, 'unused']).catch(
        () => undefined,
      ),
    ),
  )
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
