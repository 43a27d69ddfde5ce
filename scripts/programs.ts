/** Programs that tests and the lab need of the machine: found, or on Debian as root installed by their package. */
import { accessSync, constants, globSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './process.ts'

/** A program's name, and the Debian package that has it. */
export type Programs = Readonly<Record<string, string>>

/** What the tests need beside the lab's own programs. */
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

/** Where root's programs lie besides what is on PATH (a plain user's may lack them), and Debian's PostgreSQL. */
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
 * Makes sure that the machine has these programs; on Debian as root installs what is missing. Throws an error that lists
 * what is still missing, with its packages; `whose` begins that sentence.
 */
export async function ensurePrograms(wanted: Programs, whose: string): Promise<void> {
  const missing = await missingPrograms(wanted)
  if (missing.size === 0) return
  if (isRoot() && isDebianLike()) await aptInstall([...new Set(missing.values())])
  const left = await missingPrograms(wanted)
  if (left.size === 0) return
  throw new Error(`${whose} these programs, and could not install them here:\n${listed(left)}`)
}

async function aptInstall(packages: readonly string[]): Promise<void> {
  // What needs a service starts its own: with this no package starts one.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  console.error(`installing ${packages.join(', ')}`)
  await run(['apt-get', '-qq', 'update'], { env })
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const installed = await run(['apt-get', ...options, 'install', ...packages], { env })
  if (!installed.ok)
    throw new Error(`apt-get install ${packages.join(' ')} failed:\n${installed.output.slice(-2000)}`)
}
