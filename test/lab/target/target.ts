import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { docker, mustDocker } from '../engine/docker.ts'
import type { Engine } from '../engine/ground.ts'
import { type LabPaths, stagesDir } from '../engine/paths.ts'
import { must, type Ran, waitUntil } from '../engine/run.ts'
import { targetFormat, targetImage } from '../images/catalogue.ts'

/** How the lab's own containers begin; no unit of a playbook has such a name. A reset of the server leaves them alone. */
export const labContainers = 'lab-'
/** Of a network that a reset leaves alone. */
export const keptLabel = 'lab.kept'
/** The container that is the server. */
export const targetName = `${labContainers}target`
export const serverHostname = 'matrix.example.test'

/** Runs a bash script as root in the target. `input`, where given, is what the script reads. */
export function rootInTarget(engine: Engine, script: string, input?: string): Promise<Ran> {
  // The script itself may hold secrets and be long: it goes in by a variable of the client's environment, by name.
  const start = [
    'exec',
    '--interactive',
    '--env=LAB_SCRIPT',
    targetName,
    'bash',
    '-c',
    'script=$LAB_SCRIPT; unset LAB_SCRIPT; eval "$script"',
  ]
  return docker(engine, start, { input: input ?? '', env: { ...process.env, LAB_SCRIPT: script } })
}

/** Like `rootInTarget`, but throws where the script fails. */
export async function mustInTarget(engine: Engine, script: string, input?: string): Promise<string> {
  const ran = await rootInTarget(engine, `set -euo pipefail\n${script}`, input)
  if (ran.code !== 0)
    throw new Error(
      `a script on the server ended with exit code ${ran.code}:\n${ran.stdout}\n${ran.stderr}`.slice(0, 4000),
    )
  return ran.stdout
}

async function targetState(engine: Engine): Promise<string> {
  const asked = await docker(engine, ['inspect', '--format', '{{.State.Status}}', targetName])
  return asked.code === 0 ? asked.stdout.trim() : 'none'
}

/** The server and what runs on it, as where the power fails. The lab's own containers go on: they stand for other machines. */
export async function endAtOnce(engine: Engine): Promise<void> {
  await mustDocker(engine, ['kill', targetName])
  const running = (await mustDocker(engine, ['ps', '--format', '{{.Names}}'])).split('\n').filter(Boolean)
  for (const name of running.filter(each => !each.startsWith(labContainers))) {
    // It may have ended by itself.
    await docker(engine, ['kill', name])
    // Where the engine removes it, it must be gone before a unit creates one with its name.
    await docker(engine, ['wait', name])
    await docker(engine, ['rm', '--force', name])
  }
}

/** Creates the target where there is none, starts it, and waits for systemd and sshd. */
export async function startTarget(engine: Engine, paths: LabPaths, address: string): Promise<void> {
  const state = await targetState(engine)
  if (state === 'none') await createTarget(engine, paths)
  else if ((await targetLabel(engine)) !== targetFormat) {
    throw new Error(
      `the lab "${paths.name}" was created by an older version of the lab; remove it with: npm run lab -- down --purge`,
    )
  }
  if (state !== 'running') await mustDocker(engine, ['start', targetName])
  await waitForSystemd(engine)
  await introduce(engine, paths, address)
}

async function targetLabel(engine: Engine): Promise<string> {
  const format = '{{index .Config.Labels "lab.target"}}'
  return (await mustDocker(engine, ['inspect', '--format', format, targetName])).trim()
}

async function createTarget(engine: Engine, paths: LabPaths): Promise<void> {
  await mustDocker(engine, [
    ...[
      'create',
      `--name=${targetName}`,
      `--label=lab.target=${targetFormat}`,
      `--hostname=${serverHostname}`,
      '--network=host',
      '--cgroupns=host',
    ],
    ...['--cap-add=SYS_ADMIN', '--cap-add=NET_ADMIN', '--cap-add=SYS_PTRACE'],
    ...['--security-opt=seccomp=unconfined', '--security-opt=apparmor=unconfined'],
    ...['--tmpfs=/run', '--tmpfs=/run/lock', '--volume=/sys/fs/cgroup:/sys/fs/cgroup:rw'],
    ...['--volume=/matrix:/matrix:rshared', '--volume=/tmp:/tmp'],
    `--volume=${dirname(paths.socket)}:/lab/socket`,
    `--volume=${paths.front}:/lab/front`,
    `--volume=${paths.newSnapshots}:/lab/new`,
    `--volume=${stagesDir()}:/lab/stages:ro`,
    targetImage,
  ])
}

/** Settled is `running`, or `degraded` where a unit failed: the caller's tests say which units must not. */
async function waitForSystemd(engine: Engine): Promise<void> {
  await waitUntil('systemd on the server to be running', 90, async () => {
    const asked = await rootInTarget(engine, 'systemctl is-system-running')
    if ((await targetState(engine)) === 'exited') {
      const logs = await docker(engine, ['logs', '--tail=20', targetName])
      throw new Error(`the server's container ended at once:\n${logs.stdout}${logs.stderr}`)
    }
    return /^(running|degraded)$/m.test(asked.stdout)
  })
}

/** Gives the target the lab's SSH key and notes its host keys. Both are made once per lab. */
async function introduce(engine: Engine, paths: LabPaths, address: string): Promise<void> {
  await mkdir(dirname(paths.sshKey), { recursive: true, mode: 0o700 })
  const publicKey = await readFile(`${paths.sshKey}.pub`, 'utf8').catch(async () => {
    await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', paths.sshKey])
    return readFile(`${paths.sshKey}.pub`, 'utf8')
  })
  const hostKeys = await mustInTarget(
    engine,
    `echo 'MaxSessions 2' >/etc/ssh/sshd_config.d/hardened.conf
     systemctl restart ssh
     install -d -m 0700 /root/.ssh
     cat >/root/.ssh/authorized_keys
     chmod 0600 /root/.ssh/authorized_keys
     cat /etc/ssh/ssh_host_*_key.pub`,
    publicKey,
  )
  const lines = hostKeys
    .split('\n')
    .filter(Boolean)
    .map(line => `${address} ${line.split(' ').slice(0, 2).join(' ')}`)
  await writeFile(paths.knownHosts, `${lines.join('\n')}\n`)
  await waitUntil('sshd to answer', 30, async () => {
    const scanned = await must(['ssh-keyscan', '-T', '2', '-t', 'ed25519', address])
    return scanned.includes('ssh-ed25519')
  })
}
