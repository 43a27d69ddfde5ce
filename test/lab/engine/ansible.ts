import { delimiter, join } from 'node:path'
import { installAnsible } from '../../../src/actions/setup/ansible.ts'
import type { Dialect } from '../../../src/domain/stage.ts'
import { playbookFor } from '../playbook/real/checkout.ts'
import { withLock } from './lock.ts'
import { cacheDir, type LabPaths } from './paths.ts'
import { type Ran, run, timed } from './run.ts'

/** Plays the runner's tool cache: what `setup` installs for one lab or demo is there for the next. */
export const toolCache = () => join(cacheDir(), 'runner-tools')

const venvs = new Map<Dialect, Promise<string>>()

/** The bin folder of a venv with the Ansible that the action `setup` takes for the dialect's playbook. */
export function ansibleVenv(dialect: Dialect): Promise<string> {
  const bin = venvs.get(dialect) ?? venvOf(dialect)
  venvs.set(dialect, bin)
  return bin
}

function venvOf(dialect: Dialect): Promise<string> {
  return withLock(join(cacheDir(), 'locks', `venv-${dialect}`), `the venv of ${dialect}`, async () => {
    const environment = { ...process.env, RUNNER_TOOL_CACHE: toolCache() }
    const playbook = await playbookFor(dialect)
    const ansible = await timed(`Ansible for ${dialect}`, () => installAnsible(playbook, environment))
    return ansible.bin
  })
}

export interface PlaybookRun {
  readonly paths: LabPaths
  readonly playbookDir: string
  readonly ansibleBin: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Runs the playbook's setup.yml over SSH with the lab's inventory, its key and its pinned host keys. */
export function runPlaybook({ paths, playbookDir, ansibleBin, args, env }: PlaybookRun): Promise<Ran> {
  const ssh = [
    `-o UserKnownHostsFile=${paths.knownHosts} -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes`,
    '-o IdentitiesOnly=yes -o IdentityAgent=none',
  ]
  return run(
    [
      ...[
        join(ansibleBin, 'ansible-playbook'),
        '-i',
        join(paths.inventory, 'inventory', 'hosts'),
        'setup.yml',
      ],
      ...['--private-key', paths.sshKey, '--ssh-common-args', ssh.join(' '), ...args],
    ],
    {
      cwd: playbookDir,
      env: {
        ...process.env,
        PATH: `${ansibleBin}${delimiter}${process.env.PATH ?? ''}`,
        ANSIBLE_HOME: join(paths.home, 'ansible'),
        ANSIBLE_SSH_CONTROL_PATH_DIR: join(paths.runDir, 'cp'),
        ANSIBLE_NOCOLOR: '1',
        // Ansible refuses to start without a UTF-8 locale.
        LC_ALL: 'C.UTF-8',
        ...env,
      },
    },
  )
}
