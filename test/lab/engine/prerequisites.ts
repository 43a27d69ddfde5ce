import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { GroundKind } from './ground.ts'
import { run, timed } from './run.ts'

/** Programs that every lab needs on the machine, and the Debian package that has each. */
const common: Readonly<Record<string, string>> = {
  docker: 'docker.io',
  flock: 'util-linux',
  git: 'git',
  npm: 'npm',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  'ssh-keyscan': 'openssh-client',
  python3: 'python3-venv',
}

/** What an engine of its own needs beside them. */
const forOwn: Readonly<Record<string, string>> = {
  dockerd: 'docker.io',
  containerd: 'containerd',
  runc: 'runc',
  debootstrap: 'debootstrap',
  ip: 'iproute2',
  iptables: 'iptables',
  nsenter: 'util-linux',
  rsync: 'rsync',
  tar: 'tar',
}

const programsFor = (kind: GroundKind) => (kind === 'own' ? { ...common, ...forOwn } : common)

/** Where root's programs lie besides what is on PATH: a plain user's PATH may lack them. */
function pathWithSbin(): string {
  return [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
}

async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of pathWithSbin().split(delimiter)) {
    if (folder === '') continue
    const file = join(folder, name)
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return file
  }
  return undefined
}

/** The missing programs and the package of each. */
async function missingPrograms(kind: GroundKind): Promise<Map<string, string>> {
  const missing = new Map<string, string>()
  for (const [name, debian] of Object.entries(programsFor(kind))) {
    if ((await findProgram(name)) === undefined) missing.set(name, debian)
  }
  if (!missing.has('python3')) {
    const venv = await run(['python3', '-c', 'import ensurepip, venv'])
    if (venv.code !== 0) missing.set("Python's venv", 'python3-venv')
  }
  return missing
}

async function isDebianLike(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID(_LIKE)?=.*debian/m.test(release)
}

const isRoot = () => process.getuid?.() === 0

/** Why an engine of the lab's own cannot be on this machine, and what would help; undefined where it can. */
export async function lackingForOwn(): Promise<string | undefined> {
  if (!isRoot()) {
    return (
      'root, since it makes network namespaces and starts dockerd in them.\n' +
      '  Run it as root, or with: sudo -E env "PATH=$PATH" npm run lab -- up'
    )
  }
  if (await isDebianLike()) return undefined
  process.env.PATH = pathWithSbin()
  const missing = await missingPrograms('own')
  return missing.size === 0 ? undefined : `these programs:\n${listed(missing)}`
}

const listed = (missing: ReadonlyMap<string, string>) =>
  [...missing].map(([name, debian]) => `  ${name} (Debian's package ${debian})`).join('\n')

/**
 * Makes sure that the machine has the programs of a lab of this kind; on Debian as root installs what is missing.
 * Throws an error that lists everything that is missing and what to do about it.
 */
export async function ensurePrograms(kind: GroundKind): Promise<void> {
  process.env.PATH = pathWithSbin()
  if (process.platform !== 'linux') throw new Error(`The lab needs Linux; this is ${process.platform}.`)
  const why = kind === 'own' ? await lackingForOwn() : undefined
  if (why !== undefined) throw new Error(`An engine of the lab's own needs ${why}`)
  let missing = await missingPrograms(kind)
  if (missing.size > 0 && isRoot() && (await isDebianLike())) {
    const packages = [...new Set(missing.values())]
    await timed(`installing ${packages.join(', ')}`, () => aptInstall(packages))
    missing = await missingPrograms(kind)
  }
  if (missing.size > 0) {
    throw new Error(`The lab lacks these programs, and could not install them here:\n${listed(missing)}`)
  }
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run(['apt-get', '-qq', 'update'], { env })
  // The engine is the lab's own process: the package must not start a service of its own.
  const ran = await run(
    [
      'apt-get',
      '-qq',
      '-y',
      '--no-install-recommends',
      '-o',
      'DPkg::Lock::Timeout=300',
      'install',
      ...packages,
    ],
    { env: { ...env, RUNLEVEL: '1' } },
  )
  if (ran.code !== 0)
    throw new Error(`apt-get install ${packages.join(' ')} failed:\n${ran.stderr.slice(-2000)}`)
}
