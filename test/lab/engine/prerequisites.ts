import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { run, timed } from './run.ts'

/** A program the lab needs on the machine, and the Debian package that has it. */
const programs: Readonly<Record<string, string>> = {
  docker: 'docker.io',
  dockerd: 'docker.io',
  containerd: 'containerd',
  runc: 'runc',
  debootstrap: 'debootstrap',
  ip: 'iproute2',
  iptables: 'iptables',
  flock: 'util-linux',
  nsenter: 'util-linux',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  'ssh-keyscan': 'openssh-client',
  python3: 'python3-venv',
  curl: 'curl',
  rsync: 'rsync',
  tar: 'tar',
}

/** Where root's programs lie besides what is on PATH: a plain user's PATH may lack them. */
export function pathWithSbin(): string {
  return [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
}

export async function findProgram(name: string): Promise<string | undefined> {
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

async function missingPrograms(): Promise<string[]> {
  const missing: string[] = []
  for (const name of Object.keys(programs)) {
    if ((await findProgram(name)) === undefined) missing.push(name)
  }
  return missing
}

async function isDebianLike(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID(_LIKE)?=.*debian/m.test(release)
}

/**
 * Makes sure that the machine has what the lab needs; on Debian as root installs what is missing.
 * Throws an error that lists everything that is missing and what to do about it.
 */
export async function ensurePrerequisites(): Promise<void> {
  process.env.PATH = pathWithSbin()
  if (process.platform !== 'linux') {
    throw new Error(`The lab needs Linux with network namespaces; this is ${process.platform}.`)
  }
  if (process.getuid?.() !== 0) {
    throw new Error(
      'The lab needs root: it makes network namespaces and a container engine of its own in one.\n' +
        'Run it as root, or with: sudo -E env "PATH=$PATH" npm run lab …',
    )
  }
  let missing = await missingPrograms()
  if (missing.length > 0 && (await isDebianLike())) {
    const packages = [...new Set(missing.map(name => programs[name] ?? name))]
    await timed(`installing ${packages.join(', ')}`, () => aptInstall(packages))
    missing = await missingPrograms()
  }
  if (missing.length > 0) {
    const list = missing.map(name => `  ${name} (Debian's package ${programs[name]})`).join('\n')
    throw new Error(`The lab lacks these programs, and could not install them here:\n${list}`)
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
