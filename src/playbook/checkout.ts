import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { Dialect } from '../domain/stage.ts'
import {
  delegationVariable,
  elementVariable,
  enabledVariable,
  inProgressVariable,
  wellKnownVariable,
} from '../domain/variables.ts'
import { ToolkitError } from '../support/errors.ts'
import { exec } from '../support/exec.ts'
import { isRecord, type JsonRecord } from '../support/json.ts'

/** A checkout of the playbook. Everything is read from its files, never derived from a version or a date. */
export interface Checkout {
  readonly path: string
  /** The checked-out commit; absent if the folder is not the root of a git repository. */
  readonly commit?: string
  /** sha256 of the files read here: the same digest means the same behaviour. */
  readonly digest: string
  readonly dialect: Dialect
  readonly capabilities: Capabilities
  /** The roles of `setup.yml` in their order, as it names them. */
  readonly roles: readonly string[]
}

/** Behaviours that changed at different times in the playbook's history, each detected in the checkout. */
export interface Capabilities {
  readonly syn2masTag: string
  readonly doctorTag: string | undefined
  /** The variable that makes syn2mas a dry run. */
  readonly dryRunVariable: string
  /** Delegation follows `…_enabled` and ignores `migration_in_progress`, so the prepare stage must set three variables. */
  readonly delegatesWhilePrepared: boolean
  /** The variables that stop the well-known file and Element from advertising MAS as soon as it is enabled. */
  readonly advertisingVariables: readonly string[]
  /** The required value of `matrix_playbook_migration_validated_version`; absent if the playbook does not check it. */
  readonly validatedVersion: string | undefined
  /** The variable that makes `start` restart only what changed in the same run; absent where `start` restarts all services. */
  readonly restartVariable?: string
}

/** The largest file that is read here has some 400,000 bytes. */
const maxBytes = 4 * 1024 * 1024
const masRole = 'roles/custom/matrix-authentication-service'
const dryRunVariables: Readonly<Record<Dialect, string>> = {
  'syn2mas-tool': 'matrix_authentication_service_syn2mas_dry_run',
  'mas-cli': 'matrix_authentication_service_syn2mas_migrate_dry_run',
}
const conditionalRestart = /^((?:devture_)?systemd_service_manager_conditional_restart_enabled):/m
const advertising = [wellKnownVariable, elementVariable]

/** Files that decide only whether two checkouts behave the same. */
const filesOfDigest = [
  `${masRole}/defaults/main.yml`,
  'roles/custom/matrix-synapse/defaults/main.yml',
  'roles/custom/matrix-synapse/templates/synapse/homeserver.yaml.j2',
  'requirements.yml',
]

/**
 * @throws ToolkitError `checkout-unsupported` if this is not a checkout of the playbook, or has no tag that runs syn2mas.
 */
export async function readCheckout(path: string): Promise<Checkout> {
  const files = new Map<string, string>()
  const text = async (name: string): Promise<string> => {
    const content = await readPlain(join(path, name))
    files.set(name, content)
    return content
  }
  const [setup, main, group = '', migration = ''] = await Promise.all(
    [
      'setup.yml',
      `${masRole}/tasks/main.yml`,
      'group_vars/matrix_servers',
      'roles/custom/matrix_playbook_migration/defaults/main.yml',
      ...filesOfDigest,
    ].map(text),
  )
  if (!setup || !main)
    throw unsupported(path, 'setup.yml or the role matrix-authentication-service is missing')
  const found = findSyn2mas(main)
  if (!found) throw unsupported(path, 'its role matrix-authentication-service has no tag that runs syn2mas')
  await text(`${masRole}/tasks/${found.file}`)
  const commit = await commitOf(path)
  const restartVariable = conditionalRestart.exec(group)?.[1]
  return {
    path,
    ...(commit === undefined ? {} : { commit }),
    dialect: found.dialect,
    roles: rolesIn(setup),
    capabilities: {
      dryRunVariable: dryRunVariables[found.dialect],
      syn2masTag: found.tag,
      doctorTag: allTags(main).find(tag => tag === 'matrix-authentication-service-mas-cli-doctor'),
      delegatesWhilePrepared: followsEnabledAlone(group, delegationVariable),
      advertisingVariables: advertising.filter(name => followsEnabledAlone(group, name)),
      validatedVersion: valueSet(migration, 'matrix_playbook_migration_expected_version'),
      ...(restartVariable !== undefined && { restartVariable }),
    },
    digest: digestOf(files),
  }
}

function findSyn2mas(main: string): { dialect: Dialect; tag: string; file: string } | undefined {
  const tags: readonly (readonly [Dialect, string])[] = [
    ['mas-cli', 'matrix-authentication-service-mas-cli-syn2mas'],
    ['syn2mas-tool', 'matrix-authentication-service-syn2mas'],
  ]
  const tasks = tasksIn(main)
  for (const [dialect, tag] of tags) {
    for (const task of tasks) {
      const file = includedFile(task)
      if (task.tags.includes(tag) && file?.includes('syn2mas')) return { dialect, tag, file }
    }
  }
  return undefined
}

function includedFile(task: Task): string | undefined {
  const value = task.fields['ansible.builtin.include_tasks'] ?? task.fields.include_tasks
  return typeof value === 'string' ? value.split('/').at(-1) : undefined
}

function allTags(main: string): string[] {
  return tasksIn(main).flatMap(task => task.tags)
}

function followsEnabledAlone(group: string, name: string): boolean {
  const value = valueSet(group, name) ?? ''
  return value.includes(enabledVariable) && !value.includes(inProgressVariable)
}

/** The text after `name:` at the start of a line, without quotes. A YAML parser would be too slow for these large files. */
function valueSet(variables: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:(.*)$`, 'm').exec(variables)?.[1]
  return value?.trim().replace(/^(["'])(.*)\1$/, '$2')
}

function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${content.length}\0${content}`)
  }
  return hash.digest('hex')
}

async function commitOf(path: string): Promise<string | undefined> {
  const answer = await exec(['git', '-C', path, 'rev-parse', '--show-toplevel', 'HEAD']).catch(
    () => undefined,
  )
  const [top, commit] = answer?.code === 0 ? answer.stdout.trim().split('\n') : []
  return top !== undefined && top === (await realpath(path).catch(() => path)) ? commit : undefined
}

/** Reads a plain file and follows links. Returns an empty text if there is none or if it is too large. */
async function readPlain(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile() || found.size > maxBytes) return ''
  return readFile(file, 'utf8').catch(() => '')
}

interface Task {
  readonly fields: JsonRecord
  /** The tags of the task and its blocks. */
  readonly tags: readonly string[]
}

/** The tasks of a parsed task file, with blocks resolved. Returns none for other content. */
function flattenTasks(tasks: unknown, outer: readonly string[] = []): Task[] {
  if (!Array.isArray(tasks)) return []
  return tasks.filter(isRecord).flatMap(fields => {
    const tags = [...outer, ...[fields.tags ?? []].flat().map(String)]
    return Array.isArray(fields.block) ? flattenTasks(fields.block, tags) : [{ fields, tags }]
  })
}

function tasksIn(text: string): readonly Task[] {
  return itemsIn(text, tasks => flattenTasks(tasks))
}

function rolesIn(setup: string): readonly string[] {
  return itemsIn(setup, plays =>
    plays
      .filter(isRecord)
      .flatMap(({ roles }) => (Array.isArray(roles) ? roles : []))
      .map((role: unknown) => (isRecord(role) ? role.role : role))
      .filter(role => typeof role === 'string'),
  )
}

/** What a YAML list has, or nothing if reading it fails: a checkout may be hostile, with nested aliases for example. */
function itemsIn<Item>(text: string, read: (list: readonly unknown[]) => readonly Item[]): readonly Item[] {
  try {
    // The library compares each key with all others to find equal ones, of which Ansible takes the last.
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false })
    const list: unknown = document.errors.length > 0 ? undefined : document.toJS()
    return Array.isArray(list) ? read(list) : []
  } catch {
    return []
  }
}

function unsupported(path: string, why: string): ToolkitError {
  return new ToolkitError({
    reason: 'checkout-unsupported',
    what: `The folder is not a supported playbook checkout: ${why}.`,
    where: path,
    remedy:
      'Write the commit of matrix-docker-ansible-deploy that you use to `playbook.lock`, or set `playbook-path` to a checkout of it. Versions before October 2024 have no MAS.',
  })
}
