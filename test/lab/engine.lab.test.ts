import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { groundFor } from './engine/choice.ts'
import { mustDocker } from './engine/docker.ts'
import { labPaths } from './engine/paths.ts'
import { must, run } from './engine/run.ts'
import { startForeign } from './engine/testing/foreign.ts'
import { provideMas } from './images/mas.ts'
import { endAtOnce, rootInTarget, targetName } from './target/target.ts'
import { findWorld, type World, worldDown, worldPurge, worldUp } from './world.ts'

const name = `engine-test-${process.pid}`
const choiceFile = new URL('./engine/choice.ts', import.meta.url).href

describe('a bare lab', () => {
  let world: World
  beforeAll(async () => {
    world = await worldUp(name)
  })
  afterAll(async () => {
    const found = await findWorld(name)
    if (found) await worldPurge(found)
  })

  const ssh = (command: string) =>
    run([
      ...['ssh', '-i', world.paths.sshKey, '-o', `UserKnownHostsFile=${world.paths.knownHosts}`],
      ...[
        '-o',
        'StrictHostKeyChecking=yes',
        '-o',
        'BatchMode=yes',
        `root@${world.network.labAddress}`,
        command,
      ],
    ])

  it('has a server whose systemd is running, with no failed unit, reached by SSH with a pinned host key', async () => {
    const asked = await ssh('systemctl is-system-running; systemctl --failed --no-legend; cat /proc/1/comm')
    expect(asked.stdout.trim().split('\n')).toEqual(['running', 'systemd'])
  })

  it('lets the server drive the engine, with paths that match and a /tmp that both see', async () => {
    const script = `echo seen >/matrix/probe; echo too >/tmp/probe
      docker run --rm -v /matrix/probe:/a:ro -v /tmp/probe:/b:ro localhost/lab/base:1 cat /a /b`
    const asked = await rootInTarget(world.engine, script)
    expect([asked.code, asked.stdout]).toEqual([0, 'seen\ntoo\n'])
  })

  it('lets containers of one network find each other by name', async () => {
    const script = `docker network create some-net >/dev/null
      docker run -d --rm --name=some-nginx --network=some-net localhost/lab/nginx:1 >/dev/null
      docker run --rm --network=some-net localhost/lab/base:1 curl -sS -o /dev/null -w '%{http_code}' --retry 5 --retry-connrefused http://some-nginx/
      docker kill some-nginx >/dev/null; docker network rm some-net >/dev/null`
    const asked = await rootInTarget(world.engine, script)
    expect(asked.stdout).toMatch(/^(200|403|404)$/)
  })

  it('runs an image of MAS in place of the stand-in, under the name that its playbook has for it', async () => {
    const image = 'localhost/of-somebody-else/mas:1'
    await mustDocker(world.engine, ['tag', 'localhost/lab/base:1', image])
    vi.stubEnv('LAB_MAS_IMAGE', image)
    await provideMas(world.engine, 'mas-cli')
    vi.unstubAllEnvs()
    const id = (name: string) => mustDocker(world.engine, ['image', 'inspect', '--format', '{{.Id}}', name])
    expect(await id('localhost/lab/mas:1.22.0')).toBe(await id(image))
  })

  it('listens nowhere outside of its network namespace', async () => {
    const inside = await must(['ip', 'netns', 'exec', world.network.namespace, 'ss', '-Hltnp'])
    expect(inside).toContain('sshd')
    const pids = new Set([...inside.matchAll(/pid=(\d+)/g)].map(found => found[1]))
    const outside = await must(['ss', '-Hltunp'])
    for (const [, pid] of outside.matchAll(/pid=(\d+)/g)) expect(pids.has(pid)).toBe(false)
    expect(outside).not.toMatch(/"(dockerd|containerd)"/)
  })

  it('has no route out: the server reaches only the addresses of the lab', async () => {
    const routes = await must(['ip', '-n', world.network.namespace, 'route', 'show', 'default'])
    expect(routes).toBe('')
  })

  it('reboots as a server does: /etc stays, /run is emptied, containers end, the clock of systemd starts again', async () => {
    await rootInTarget(
      world.engine,
      `echo kept >/etc/probe; echo lost >/run/probe
      docker run --detach --rm --name=matrix-probe --network=none $(docker inspect --format '{{.Image}}' ${targetName}) sleep 600`,
    )
    expect((await ssh("docker ps --format '{{.Names}}'")).stdout).toContain('matrix-probe')
    await endAtOnce(world.engine)
    await worldUp(name)
    const asked = await ssh("cat /etc/probe; ls /run/probe 2>&1; docker ps --all --format '{{.Names}}'")
    expect(asked.stdout).toMatch(/^kept\n.*No such file.*\nlab-target\n$/)
  })

  it('ends everything that it started and nothing else, and starts again with its disk', async () => {
    const foreign = await startForeign(world)
    try {
      await worldDown(world)
      await expect(foreign.asBefore()).resolves.toEqual({ container: 'true', namespace: true, link: true })
    } finally {
      await foreign.end()
    }
    expect(await run(['ip', 'netns', 'list']).then(ran => ran.stdout)).not.toContain(world.network.namespace)
    expect((await run(['pgrep', '-f', world.paths.engineData])).stdout).toBe('')
    await worldUp(name)
    expect((await ssh('cat /matrix/probe /etc/probe')).stdout).toBe('seen\nkept\n')
  })
})

describe('the base of a lab', () => {
  const before = { ...process.env }
  afterEach(() => {
    process.env = { ...before }
  })

  it('is rejected when LAB_ENGINE names an engine that does not answer, with its address', async () => {
    process.env.LAB_ENGINE = 'found'
    process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock'
    await expect(groundFor(labPaths(`${name}-none`))).rejects.toThrow(
      /`docker info` at unix:\/\/\/nowhere\/docker\.sock says: .*\n.*DOCKER_HOST/,
    )
  })

  it('is rejected when LAB_ENGINE is neither of the two words', async () => {
    process.env.LAB_ENGINE = 'podman'
    await expect(groundFor(labPaths(`${name}-none`))).rejects.toThrow(
      'LAB_ENGINE must be "own" or "found", not "podman"',
    )
  })

  it('is missing for a plain user on a machine without an engine, and the error names both ways', async () => {
    // Not by another user id: the folder of this checkout may be closed to all but its owner.
    const asked = await run(
      [
        ...[process.execPath, '--input-type=module', '--eval'],
        `process.getuid = () => 65534
const { groundFor } = await import(${JSON.stringify(choiceFile)})
const { labPaths } = await import(${JSON.stringify(choiceFile.replace('choice', 'paths'))})
await groundFor(labPaths('none')).catch(error => console.log(error.message))`,
      ],
      { env: { ...process.env, HOME: '/nowhere', DOCKER_HOST: 'unix:///nowhere/docker.sock' } },
    )
    expect(asked.stdout).toMatch(
      /Its own engine needs root, since[\s\S]*An existing Docker engine needs [\s\S]*DOCKER_HOST/,
    )
  })
})
