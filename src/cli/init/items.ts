import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { pinnedCommit } from '../../actions/playbook.ts'
import { Repository } from '../../actions/repository.ts'
import { lockFile, usualClone } from '../../domain/lock-file.ts'
import type { Connection } from '../../inventory/connection.ts'
import { fingerprintOf, pinnedKeys, removalOf } from '../../server/known-hosts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { exec } from '../../support/exec.ts'
import { isBelow } from '../../support/files/folders.ts'
import { reading } from '../../support/files/reading.ts'
import { unwritable, writing } from '../../support/files/writing.ts'
import { git } from '../../support/git.ts'
import { failureLine } from '../../support/lines.ts'
import { writeBelow } from '../../support/report-file.ts'
import type { Setting } from './setting.ts'
import { workflowFiles } from './workflow-files.ts'
import { workflowPath, workflows } from './workflow-templates.ts'

export type State = 'there' | 'missing' | 'differs'

/** Something that the repository needs. */
export interface Item {
  readonly name: string
  /** What it is for. */
  readonly purpose: string
  /** What a person does where it is missing and cannot be made, or where it differs. */
  readonly how: string
  /** Where it is in the repository, relative to its root. */
  readonly file?: string
  /** Whether --force keeps it where it differs, because a person must look at it first. */
  readonly ignoresForce?: true
  /** Whether `make` removes it. */
  readonly isSurplus?: true
  readonly state: () => Promise<State>
  /** Makes it. It stays missing where this throws. */
  readonly make: () => Promise<void>
}

/**
 * Everything in the repository and on this machine, in the order in which it is made.
 * @param init The command that makes it.
 */
export function itemsOf(setting: Setting, init: string): readonly Item[] {
  const { sshKey, playbookPath, containsPlaybook } = setting
  const { root } = setting.repository
  return [
    // First, because it is a bad option where it cannot be written: then nothing is.
    ...(sshKey?.isOurs ? [keyItem(sshKey.file)] : []),
    ...workflowItems(setting, init),
    ...surplusItems(setting),
    ...setting.connections.map(connection => hostKeyItem(setting, connection, init)),
    ...(containsPlaybook ? surplusPin(root) : [pinItem(setting, init)]),
    ...(!containsPlaybook && isBelow(root, resolve(root, playbookPath)) ? [ignoreItem(setting)] : []),
  ]
}

function workflowItems(setting: Setting, init: string): readonly Item[] {
  const { root } = setting.repository
  return workflowFiles(setting).map(({ name, text, purpose }) => {
    const path = workflowPath(name)
    const file = resolve(root, path)
    return {
      name: path,
      purpose,
      how: `${init}   # add --force to overwrite a file that differs`,
      file: path,
      state: async () => {
        const present = textOf(file)
        return present === undefined ? 'missing' : present === text ? 'there' : 'differs'
      },
      make: async () => write(root, file, text),
    }
  })
}

/** They were written for another plan. */
function surplusItems({ repository: { root }, github: { hasEnvironments } }: Setting): readonly Item[] {
  return workflows.flatMap(({ path, needsKey }) => {
    if (hasEnvironments || !needsKey) return []
    return surplusItem(root, path, 'is not for this GitHub plan, which gives it no SSH key')
  })
}

/** It would pin another commit than the one that is in the repository. */
function surplusPin(root: string): readonly Item[] {
  return surplusItem(root, lockFile, 'is not needed: the repository itself contains the playbook')
}

function surplusItem(root: string, path: string, purpose: string): readonly Item[] {
  const file = resolve(root, path)
  if (!existsSync(file)) return []
  return [
    {
      name: path,
      purpose,
      how: `rm ${path}`,
      file: path,
      isSurplus: true,
      state: async () => (existsSync(file) ? 'differs' : 'there'),
      make: async () => rmSync(file),
    },
  ]
}

function hostKeyItem(setting: Setting, { address, port, inventoryName }: Connection, init: string): Item {
  const { knownHosts, fingerprints = [] } = setting
  const file = resolve(setting.repository.root, knownHosts)
  const pinnedOf = (host: Pick<Connection, 'address' | 'port'>) =>
    pinnedKeys(textOf(file) ?? '', host.address, host.port).keys.map(fingerprintOf)
  const pinned = () => pinnedOf({ address, port })
  // A fingerprint that is pinned for another host says nothing about this one.
  const differs = () => {
    const all = setting.connections.flatMap(pinnedOf)
    const isOfNobody = fingerprints.some(each => !all.includes(each))
    return isOfNobody && pinned().length > 0 && !pinned().some(each => fingerprints.includes(each))
  }
  return {
    name: `${knownHosts}: ${inventoryName}`,
    purpose: 'pins the host key of the server, so that no other server can impersonate it',
    file: knownHosts,
    how: differs()
      ? `${removalOf(address, port, knownHosts)} && ${init}   # if the pinned key is not the server's own`
      : `${init}   # shows the fingerprint, to compare it with the server's`,
    ignoresForce: true,
    state: async () => (differs() ? 'differs' : pinned().length > 0 ? 'there' : 'missing'),
    make: async () => {
      const line = await scannedKey(address, port)
      await setting.requireAgreement(line, inventoryName)
      addLine(setting.repository.root, file, line)
    },
  }
}

const keyTypes = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa']

/** The strongest host key that the server itself presents, as a line of known_hosts. */
async function scannedKey(address: string, port: number): Promise<string> {
  const { stdout } = await exec(['ssh-keyscan', '-T', '10', '-p', String(port), '--', address])
  const lines = stdout.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const line = keyTypes.flatMap(type => lines.find(each => each.split(' ')[1] === type) ?? [])[0]
  if (line !== undefined) return line
  throw new ToolkitError({
    reason: 'server-unreachable',
    what: 'The server presented no host key.',
    where: `${address}, port ${port}`,
    remedy:
      'Check ansible_host and ansible_port in the inventory, and that this machine can reach the server.',
  })
}

function pinItem(setting: Setting, init: string): Item {
  const { repository, playbookPath, playbookRepository } = setting
  return {
    name: lockFile,
    purpose: 'pins the commit of the playbook that is deployed',
    file: lockFile,
    how: `${init}   # pins the commit that ${usualClone} has checked out, or else the newest`,
    // A `Repository` reads each file once, and this one may just have been written.
    state: async () =>
      (await pinnedCommit(new Repository(repository.root), playbookPath)) === undefined ? 'missing' : 'there',
    make: async () => {
      const commit =
        setting.playbookCommit ?? (await commitInUse(repository.root, playbookPath, playbookRepository))
      write(repository.root, resolve(repository.root, lockFile), `${commit}\n`)
    },
  }
}

/** Of the clone at this path or beside the repository, which a person deploys from; without one, the newest. */
async function commitInUse(root: string, path: string, url: string): Promise<string> {
  const clones = [path, usualClone].map(each => resolve(root, each))
  for (const clone of clones.filter(each => existsSync(resolve(each, '.git')))) {
    const commit = commitIn((await git(clone, ['rev-parse', 'HEAD'])).stdout)
    if (commit !== undefined) return commit
  }
  const newest = commitIn((await git(root, ['ls-remote', url, 'HEAD'])).stdout)
  if (newest !== undefined) return newest
  throw new ToolkitError({
    reason: 'fetch-failed',
    what: 'The newest commit of the playbook cannot be read.',
    where: url,
    remedy: 'Give the commit that you use: --playbook-commit COMMIT',
  })
}

const commitIn = (text: string) => /^[0-9a-f]{40}/.exec(text)?.[0]

function ignoreItem({ repository: { root }, playbookPath }: Setting): Item {
  const file = resolve(root, '.gitignore')
  const line = `/${relative(root, resolve(root, playbookPath))}/`
  return {
    name: `.gitignore: ${line}`,
    purpose: 'keeps the fetched playbook out of your commits',
    file: '.gitignore',
    how: `echo ${line} >> .gitignore`,
    state: async () => {
      const { code } = await git(root, ['check-ignore', '-q', `${playbookPath}/x`])
      return code === 0 ? 'there' : 'missing'
    },
    make: async () => addLine(root, file, line),
  }
}

function keyItem(file: string): Item {
  return {
    name: file,
    purpose: 'the SSH key with which the jobs log in to the servers',
    how: `ssh-keygen -t ed25519 -N '' -f ${file}`,
    state: async () => (existsSync(file) ? 'there' : 'missing'),
    make: async () => {
      const remedy = 'Set --create-ssh-key to a file in a folder that you can write to.'
      writing(dirname(file), remedy, () => mkdirSync(dirname(file), { recursive: true }))
      const argv = ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'matrix-auth-actions', '-f', file]
      const { code, stderr } = await exec(argv)
      if (code !== 0) throw unwritable(file, failureLine(stderr), remedy)
    },
  }
}

/** Undefined where it does not exist. */
function textOf(file: string): string | undefined {
  return existsSync(file) ? reading(file, () => readFileSync(file, 'utf8')) : undefined
}

function addLine(root: string, file: string, line: string): void {
  const before = textOf(file) ?? ''
  write(root, file, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`)
}

function write(root: string, file: string, text: string): void {
  writeBelow(root, file, text, 'A file of the setup')
}
