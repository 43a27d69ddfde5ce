import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mustDocker } from './engine/docker.ts'
import type { Engine } from './engine/ground.ts'
import { cacheDir } from './engine/paths.ts'
import { run } from './engine/run.ts'
import { endForeignEngine, startForeignEngine } from './engine/testing/foreign.ts'
import { provideDebian } from './images/debian.ts'
import { machineSetup } from './images/machine.ts'
import { rootInTarget } from './target/target.ts'
import { findWorld, type World, worldDown, worldPurge, worldUp } from './world.ts'

const name = `found-test-${process.pid}`

/** Long, since it makes the lab's images once more: with the engine of the container, not of the machine. */
describe('a bare lab on an existing Docker engine', () => {
  const before = { ...process.env }
  let there: Engine
  let world: World
  beforeAll(async () => {
    there = await startForeignEngine()
    await giveDebian(there)
    await mustDocker(there, ['network', 'create', 'foreign'])
    await mustDocker(there, [
      'run',
      '--detach',
      '--name=foreign',
      '--network=foreign',
      debian,
      'sleep',
      '3600',
    ])
    Object.assign(process.env, { LAB_ENGINE: 'found', DOCKER_HOST: `unix://${there.socket}` })
    world = await worldUp(name)
  }, 1_800_000)
  afterAll(async () => {
    const found = await findWorld(name)
    if (found) await worldPurge(found)
    process.env = { ...before }
    await mustDocker(there, ['rm', '--force', 'foreign'])
    await mustDocker(there, ['network', 'rm', 'foreign'])
    await endForeignEngine(there)
  })

  const containers = () => mustDocker(there, ['ps', '--all', '--format', '{{.Names}}'])

  it('has a server whose systemd is running, reached by SSH with a pinned host key', async () => {
    const { sshKey, knownHosts } = world.paths
    const options = [`UserKnownHostsFile=${knownHosts}`, 'StrictHostKeyChecking=yes', 'BatchMode=yes']
    const words = ['ssh', '-i', sshKey, ...options.flatMap(each => ['-o', each])]
    const asked = await run([...words, `root@${world.network.labAddress}`, 'systemctl is-system-running'])
    expect(asked.stdout.trim()).toBe('running')
  })

  it('lets the server use its own engine, with matching paths, and not the existing one', async () => {
    const script = `echo seen >/matrix/probe; echo too >/tmp/probe
      docker run --rm -v /matrix/probe:/a:ro -v /tmp/probe:/b:ro localhost/lab/base:1 cat /a /b
      docker ps --format '{{.Names}}'`
    const asked = await rootInTarget(world.engine, script)
    expect([asked.code, asked.stdout]).toEqual([0, 'seen\ntoo\nlab-target\n'])
  })

  it('publishes nothing, and has no route out', async () => {
    const [container = ''] = (await containers()).split('\n')
    expect(container).toMatch(new RegExp(`^matrix-auth-lab-${name}-[0-9a-f]{8}$`))
    expect(await mustDocker(there, ['port', container])).toBe('')
    expect(
      (await mustDocker(there, ['exec', container, 'cat', '/proc/net/route'])).split('\n'),
    ).not.toContainEqual(expect.stringMatching(/^\S+\s+00000000\s/))
  })

  it('ends only what it started, and starts again with its disk', async () => {
    await worldDown(world)
    expect(await containers()).toBe('foreign\n')
    const networks = await mustDocker(there, [
      'network',
      'ls',
      '--filter=driver=bridge',
      '--format={{.Name}}',
    ])
    expect(networks).toBe('foreign\n')
    await worldUp(name)
    expect((await rootInTarget(world.engine, 'cat /matrix/probe')).stdout).toBe('seen\n')
  })
})

const debian = 'debian:bookworm-slim'

/** The image that a user's engine has or pulls; made here, so that no registry of images is needed. */
async function giveDebian(engine: Engine): Promise<void> {
  const folder = await mkdtemp(join(cacheDir(), 'build-'))
  try {
    await mustDocker(engine, ['tag', await provideDebian(engine, await machineSetup(folder), folder), debian])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
