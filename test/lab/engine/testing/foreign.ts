import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../../world.ts'
import { copyImage, mustDocker } from '../docker.ts'
import type { Engine } from '../ground.ts'
import { ownGround } from '../own.ts'
import { must, run } from '../run.ts'

/** A Docker engine in the machine's network that no lab knows. End it with `ownGround.stopEngine`. */
export async function startForeignEngine(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'foreign-'))
  const engine: Engine = {
    ground: ownGround,
    dataDir: join(folder, 'data'),
    runDir: join(folder, 'run'),
    socket: join(folder, 'run', 'docker.sock'),
    pidFile: join(folder, 'run', 'docker.pid'),
    log: join(folder, 'log'),
  }
  await ownGround.startEngine(engine)
  return engine
}

export async function endForeignEngine(engine: Engine): Promise<void> {
  await ownGround.stopEngine(engine)
  await rm(join(engine.dataDir, '..'), { recursive: true, force: true })
}

/** Things on the machine that look like a lab's but are not: a container, a namespace, a link. */
interface Foreign {
  asBefore(): Promise<{ container: string; namespace: boolean; link: boolean }>
  end(): Promise<void>
}

/** `world`: where the container's image comes from, and whose names the foreign things resemble. */
export async function startForeign(world: World): Promise<Foreign> {
  const image = 'localhost/lab/base:1'
  const engine = await startForeignEngine()
  const namespace = `${world.network.namespace}-foreign`
  const link = `${world.network.hostLink}x`
  await copyImage(image, world.engine, engine)
  await mustDocker(engine, ['run', '--detach', '--network=none', '--name=lab-target', image, 'sleep', '600'])
  await must(['ip', 'netns', 'add', namespace])
  await must(['ip', 'link', 'add', link, 'type', 'bridge'])
  return {
    asBefore: async () => ({
      container: (await mustDocker(engine, ['inspect', '--format={{.State.Running}}', 'lab-target'])).trim(),
      namespace: (await run(['ip', 'netns', 'exec', namespace, 'true'])).code === 0,
      link: (await run(['ip', 'link', 'show', link])).code === 0,
    }),
    end: async () => {
      await run(['ip', 'netns', 'delete', namespace])
      await run(['ip', 'link', 'delete', link])
      await endForeignEngine(engine)
    },
  }
}
