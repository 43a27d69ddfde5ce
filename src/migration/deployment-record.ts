import { createHash } from 'node:crypto'
import type { DesiredStage } from '../domain/stage.ts'
import { isOfOtherHost } from '../inventory/other-host.ts'
import type { Checkout } from '../playbook/checkout.ts'
import type { PlaybookOutcome } from '../playbook/outcome.ts'
import type { RenderedFile } from '../playbook/render.ts'
import type { Server } from '../server/server.ts'
import { stateFolder } from '../server/window/window.ts'
import type { FileReader } from '../support/files/files.ts'
import { folderOf, joinPath } from '../support/files/files.ts'
import { isRecord, type JsonRecord, number, parseRecord, text } from '../support/json.ts'
import { foldersOfFileSet, isExpectedFile } from './run/fileset.ts'

const recordFile = `${stateFolder}/deployed.json`

/** What the last deployment of all vars left on the server. */
export interface DeploymentRecord {
  /** The stage of the vars. */
  readonly stage: 'prepared' | 'live'
  /** HMAC of the host's vars and the playbook. */
  readonly hostVars: string
  /** sha256 by path, of the files that a migration can change. */
  readonly files: Readonly<Record<string, string>>
  /** About how many tasks the check run of a migration has. */
  readonly tasks: number
}

type Ports = Pick<Server, 'session' | 'window'>

/**
 * Marks the record as incomplete before the playbook runs: a run that stops halfway has written files that the services do not use
 * yet. Returns whether the last deployment was complete: false where it failed, was cancelled or had chosen tags.
 */
export async function beginDeployment({ session }: Pick<Ports, 'session'>): Promise<boolean> {
  const record = await readRecord({ session })
  await session.writeFile(recordFile, `${JSON.stringify({ incomplete: true })}\n`, 0o600)
  return record?.incomplete !== true
}

/** @param digest Of the vars. Without it, or without MAS, later runs have nothing to compare with. */
export async function recordDeployment(
  ports: Ports,
  digest: string | undefined,
  stage: DesiredStage,
  outcome: Pick<PlaybookOutcome, 'results'>,
): Promise<void> {
  const record: DeploymentRecord | undefined =
    digest !== undefined && (stage === 'prepared' || stage === 'live')
      ? {
          stage,
          hostVars: await hmacOf(ports, digest),
          files: await filesOnServer(ports),
          tasks: outcome.results.filter(({ task }) => rolesOfCheckRun.test(task.path)).length,
        }
      : undefined
  await ports.session.writeFile(recordFile, `${JSON.stringify(record ?? {})}\n`, 0o600)
}

/** Undefined where there is none, the deployment is incomplete, or it cannot be read. */
export async function readDeployment(ports: Pick<Ports, 'session'>): Promise<DeploymentRecord | undefined> {
  const { stage, hostVars, files, tasks } = (await readRecord(ports)) ?? {}
  const isStage = stage === 'prepared' || stage === 'live'
  if (!isStage || text(hostVars) === undefined || !isRecord(files) || number(tasks) === undefined)
    return undefined
  return { stage, hostVars, files, tasks } as DeploymentRecord
}

async function readRecord({ session }: Pick<Ports, 'session'>): Promise<JsonRecord | undefined> {
  return parseRecord((await session.readFile(recordFile)) ?? '')
}

/** What differs now from the last deployment. */
export type Difference = { readonly kind: 'vars' } | { readonly kind: 'file'; readonly path: string }

/** @param digest Of the vars now. Undefined where it is not certain; then only files are compared. */
export async function differencesFromRecord(
  ports: Ports,
  record: DeploymentRecord,
  digest: string | undefined,
): Promise<readonly Difference[]> {
  const isOther = digest !== undefined && record.hostVars !== (await hmacOf(ports, digest))
  const now = await filesOnServer(ports)
  const paths = [...new Set([...Object.keys(record.files), ...Object.keys(now)])].sort()
  return [
    ...(isOther ? [{ kind: 'vars' as const }] : []),
    ...paths.filter(path => record.files[path] !== now[path]).map(path => ({ kind: 'file' as const, path })),
  ]
}

/**
 * Whether these vars were deployed last, and `files` are on disk as that deployment left them. Then a check run with these
 * vars would change none of them.
 */
export async function isAsDeployed(
  ports: Ports,
  record: DeploymentRecord | undefined,
  digest: string | undefined,
  files: readonly RenderedFile[],
): Promise<boolean> {
  if (record?.stage !== 'prepared' || digest === undefined) return false
  if (record.hostVars !== (await hmacOf(ports, digest))) return false
  return files.every(
    ({ path, before }) => record.files[path] === (before === undefined ? undefined : sha256(before)),
  )
}

/**
 * A digest of all that decides what a deployment writes to a host: the files of the inventory that are not only about another
 * host, the playbook's commit and the extra variables. Undefined where that is not certain: the checkout has no commit, or the
 * inventory's folder has links that leave the repository, or more files than an inventory.
 */
export function varsDigest(
  repository: FileReader,
  inventory: readonly string[],
  { commit, digest }: Pick<Checkout, 'commit' | 'digest'>,
  extraVars: Readonly<Record<string, unknown>>,
  host: string,
): string | undefined {
  if (commit === undefined) return undefined
  const hash = createHash('sha256')
  hash.update(JSON.stringify([commit, digest, extraVars]))
  let count = 0
  const add = (path: string, name: string): boolean => {
    if (isOfOtherHost(path, host)) return true
    const { kind } = repository.entry(path)
    if (kind === 'directory')
      return repository.list(path).every(each => each === '.git' || add(`${path}/${each}`, `${name}/${each}`))
    count += 1
    if (kind !== 'file' || count > mostFiles) return false
    hash.update(JSON.stringify([name, sha256(repository.read(path))]))
    return true
  }
  return inventory.every(path => addInventory(repository, path, add)) ? hash.digest('hex') : undefined
}

const mostFiles = 1000

/** A file with all that lies beside it, where Ansible finds `host_vars` and `group_vars`. */
function addInventory(
  repository: FileReader,
  path: string,
  add: (path: string, name: string) => boolean,
): boolean {
  const plain = joinPath(path)
  if (plain === undefined) return false
  const isFolder = repository.entry(plain).kind === 'directory'
  return add(isFolder ? plain : folderOf(plain), isFolder ? '' : plain.slice(folderOf(plain).length))
}

async function hmacOf({ window }: Ports, digest: string): Promise<string> {
  return (await window.hmacs({ vars: digest })).vars ?? ''
}

async function filesOnServer({ session }: Pick<Ports, 'session'>): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await session.run([
    'bash',
    '-c',
    'find "$@" -maxdepth 1 -type f -exec sha256sum -- {} + 2>/dev/null',
    'find',
    ...foldersOfFileSet,
  ])
  return Object.fromEntries(
    stdout.split('\n').flatMap((line): [string, string][] => {
      const [, sum = '', path = ''] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
      return isExpectedFile(path) ? [[path, sum]] : []
    }),
  )
}

/** Roles with tasks of the tags of a migration's check run, and those whose tasks always run. */
const rolesOfCheckRun =
  /\/roles\/custom\/(matrix-synapse|matrix-authentication-service|matrix-static-files|matrix-client-element|matrix-base|matrix_playbook_migration)\//

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
