import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { parseDocument } from 'yaml'
import { ToolkitError } from '../../support/errors.ts'
import { exec } from '../../support/exec.ts'
import { requireFolders } from '../../support/files/folders.ts'
import { cacheFolder } from '../../support/files/writing.ts'
import { isRecord } from '../../support/json.ts'
import { failureLine } from '../../support/lines.ts'
import { must, toolFolder } from './ansible.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface Role {
  readonly name: string
  readonly url: string
  readonly version: string
}

/** How many roles are fetched at the same time. */
const atOnce = 8

/**
 * Installs the roles that the playbook's requirements.yml pins into `roles/galaxy`, unless they are there. They are fetched by git at
 * the same time, and kept in the runner's tool cache. `ansible-galaxy` does it one after the other, and only where a role is not
 * from git.
 *
 * @param bin The folder with Ansible's programs, which may still be being installed.
 * @returns a line for the log; undefined where nothing had to be fetched.
 * @throws ToolkitError of reason `fetch-failed`, `tool-missing` or `checkout-unsupported`.
 */
export async function installRoles(
  playbook: string,
  bin: () => Promise<string>,
  environment: Environment,
): Promise<string | undefined> {
  const file = join(playbook, 'requirements.yml')
  const requirements = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const listed: unknown = parseDocument(requirements).toJS()
  if (!Array.isArray(listed) || listed.length === 0) return undefined
  const galaxy = join(playbook, 'roles/galaxy')
  requireFolders(playbook, galaxy, 'A role')
  const mark = join(galaxy, '.matrix-auth-actions')
  const digest = createHash('sha256').update(requirements).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return undefined
  const env = { ...environment, LC_ALL: 'C.UTF-8', GIT_TERMINAL_PROMPT: '0' }
  const roles = listed.map(roleOf)
  const line = roles.every(role => role !== undefined)
    ? await installFromGit(roles, galaxy, join(toolFolder(environment), `roles-${digest}`), env)
    : await installByGalaxy(playbook, await bin(), env)
  // The playbook can come from a pull request, with a link here.
  rmSync(mark, { force: true })
  writeFileSync(mark, digest, { flag: 'wx' })
  return line
}

/** A role in git; undefined for all other kinds. The names become folders and words of git's command line. */
function roleOf(entry: unknown): Role | undefined {
  const { src, version, name } = isRecord(entry) ? entry : {}
  const url = typeof src === 'string' ? /^git\+((?:https|file):\/\/\S+)$/.exec(src)?.[1] : undefined
  const isPlain = (text: unknown): text is string => typeof text === 'string' && /^\w[\w.+/-]*$/.test(text)
  if (url === undefined || !isPlain(version) || !isPlain(name) || name.includes('/')) return undefined
  return { name, url, version }
}

async function installFromGit(
  roles: readonly Role[],
  galaxy: string,
  cache: string,
  env: Environment,
): Promise<string | undefined> {
  const isCached = existsSync(cache)
  if (!isCached) await fetchInto(cache, roles, env)
  for (const { name } of roles) {
    rmSync(join(galaxy, name), { recursive: true, force: true })
    cpSync(join(cache, name), join(galaxy, name), { recursive: true, verbatimSymlinks: true })
  }
  return isCached ? undefined : `${roles.length} roles were installed.`
}

/** The folder appears at once, when it is complete: another job may share it. */
async function fetchInto(cache: string, roles: readonly Role[], env: Environment): Promise<void> {
  cacheFolder(dirname(cache))
  const folder = mkdtempSync(`${cache}-`)
  try {
    const waiting = [...roles]
    const work = async () => {
      for (let role = waiting.shift(); role; role = waiting.shift()) await fetchRole(folder, role, env)
    }
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, work))
    for (const each of ended) if (each.status === 'rejected') throw each.reason
    if (!existsSync(cache)) renameSync(folder, cache)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fetchRole(parent: string, { name, url, version }: Role, env: Environment): Promise<void> {
  const folder = join(parent, name)
  mkdirSync(folder)
  const git = (...argv: readonly string[]) => exec(['git', '-C', folder, ...argv], { env })
  await git('init', '--quiet')
  const fetched = await git('fetch', '--quiet', '--depth=1', url, version)
  const { code, stderr } = fetched.code === 0 ? await git('checkout', '--quiet', 'FETCH_HEAD') : fetched
  if (code !== 0) {
    throw new ToolkitError({
      reason: 'fetch-failed',
      what: `The role ${name} of the playbook cannot be fetched in version ${version}.`,
      where: `${url}: ${failureLine(stderr)}`,
      remedy:
        'Try again. If it fails again, check that requirements.yml of the playbook names a version that exists.',
    })
  }
  rmSync(join(folder, '.git'), { recursive: true })
}

async function installByGalaxy(playbook: string, bin: string, env: Environment): Promise<string> {
  const argv = [
    join(bin, 'ansible-galaxy'),
    'install',
    '-r',
    'requirements.yml',
    '-p',
    'roles/galaxy/',
    '--force',
  ]
  await must(argv, env, 'install the roles of the playbook', playbook)
  mkdirSync(join(playbook, 'roles/galaxy'), { recursive: true })
  return 'The roles were installed.'
}
