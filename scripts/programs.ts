/** Programs that the tests and the lab need on the machine. As root on Debian, missing ones are installed. */
import { accessSync, constants, globSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './process.ts'

/** A program's name, and the Debian package that has it. */
export type Programs = Readonly<Record<string, string>>

/** What the tests need in addition to the lab's own programs. */
export const programsOfTests: Programs = {
  bash: 'bash',
  git: 'git',
  initdb: 'postgresql',
  pgrep: 'procps',
  ssh: 'openssh-client',
  'ssh-agent': 'openssh-client',
  sshd: 'openssh-server',
  python3: 'python3-venv',
}

/** The folders of PATH, of root's programs (a plain user's PATH may lack them) and of Debian's PostgreSQL. */
function folders(): string[] {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return [...onPath, ...sbin, ...globSync('/usr/lib/postgresql/*/bin')]
}

const sbin = ['/usr/local/sbin', '/usr/sbin', '/sbin']

export const pathWithSbin = (): string => [process.env.PATH ?? '', ...sbin].join(delimiter)

/** The path of a program; undefined where the machine has none of that name. */
export function findProgram(name: string): string | undefined {
  return folders()
    .map(folder => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The missing programs and the package of each. */
export async function missingPrograms(wanted: Programs): Promise<ReadonlyMap<string, string>> {
  const missing = new Map(Object.entries(wanted).filter(([name]) => findProgram(name) === undefined))
  if ('python3' in wanted && !missing.has('python3')) {
    const venv = await run(['python3', '-c', 'import ensurepip, venv'])
    if (!venv.ok) missing.set("Python's venv", 'python3-venv')
  }
  return missing
}

export const listed = (missing: ReadonlyMap<string, string>): string =>
  [...missing].map(([name, debian]) => `  ${name} (Debian's package ${debian})`).join('\n')

export const isRoot = (): boolean => process.getuid?.() === 0

export function isDebianLike(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/**
 * Makes sure that the machine has these programs; as root on Debian, missing ones are installed. Throws an error that lists
 * those that are still missing, with their packages; `whose` begins its sentence.
 */
export async function ensurePrograms(wanted: Programs, whose: string): Promise<void> {
  const missing = await missingPrograms(wanted)
  if (missing.size === 0) return
  if (isRoot() && isDebianLike()) await aptInstall([...new Set(missing.values())])
  const left = await missingPrograms(wanted)
  if (left.size === 0) return
  throw new Error(`${whose} these programs, which could not be installed. Install them:\n${listed(left)}`)
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  // With this no package starts a service: tests start their own.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  console.error(`installing ${packages.join(', ')}`)
  await run(['apt-get', '-qq', 'update'], { env })
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const installed = await run(['apt-get', ...options, 'install', ...packages], { env })
  if (!installed.ok)
    throw new Error(`apt-get install ${packages.join(' ')} failed:\n${installed.output.slice(-2000)}`)
}
