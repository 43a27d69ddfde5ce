import type { FileReader } from '../support/files/files.ts'
import { type Replacement, replacementsIn } from './replacements.ts'
import { RoleFiles } from './role-files.ts'

/** The source text of a variable's default. It is never evaluated. */
export interface Default {
  /** The text after the colon without a comment: a scalar, `[…]`, `{…}` or a block indicator. */
  readonly text: string
  /** The kind of block on the following lines, if `text` is empty. */
  readonly block: 'list' | 'map' | undefined
}

const definition = /^([A-Za-z_][A-Za-z0-9_]*):(?:[ \t](.*))?\r?$/gm
const defaultsFolders = ['defaults', 'vars'] as const
const readFolders = ['tasks', 'templates', 'handlers', 'meta', 'defaults', 'vars'] as const
const migrationRole = 'roles/custom/matrix_playbook_migration/defaults/main.yml'

/**
 * The variables of a playbook checkout: those that its roles (`roles/*∕*∕{defaults,vars}`) and `group_vars` set, and those that
 * `tasks/validate_config.yml` rejects. Files are read as text on first use.
 */
export class PlaybookVariables {
  private readonly files: RoleFiles
  private found: { readonly defaults: Map<string, Default[]>; readonly roles: readonly string[] } | undefined
  private rejected: readonly Replacement[] | undefined
  private readonly replaced = new Map<string, Replacement | undefined>()

  constructor(files: FileReader) {
    this.files = new RoleFiles(files)
  }

  /** The definitions of a variable in the roles and `group_vars`. */
  defaultsOf(name: string): readonly Default[] {
    return this.definitions().defaults.get(name) ?? []
  }

  names(): Iterable<string> {
    return this.definitions().defaults.keys()
  }

  /** Folder names of the roles, such as `matrix-synapse`. Roles of `requirements.yml` may be missing. */
  roles(): readonly string[] {
    return this.definitions().roles.map(path => path.slice(path.lastIndexOf('/') + 1))
  }

  /** The given names that occur in any file of the roles or the playbook. */
  mentioned(names: Iterable<string>): ReadonlySet<string> {
    const left = new Set(names)
    const found = new Set<string>()
    const folders = this.definitions().roles.flatMap(role => readFolders.map(folder => `${role}/${folder}`))
    for (const folder of ['group_vars', 'examples', 'setup.yml', 'jitsi_jvb.yml', ...folders]) {
      for (const path of this.files.below(folder)) {
        if (left.size === 0) return found
        const text = this.files.text(path)
        for (const name of left) {
          if (!holdsWord(text, name)) continue
          found.add(name)
          left.delete(name)
        }
      }
    }
    return found
  }

  /** Whether parts of the checkout exceeded the limits and were not read. */
  get incomplete(): boolean {
    return this.files.incomplete
  }

  /** The first rule of the playbook that rejects a name. */
  replacement(name: string): Replacement | undefined {
    if (!this.replaced.has(name)) {
      this.replaced.set(
        name,
        this.replacements().find(({ matches }) => matches(name)),
      )
    }
    return this.replaced.get(name)
  }

  /** What `matrix_playbook_migration_validated_version` must be; `undefined` if the playbook does not check it, as in 2024. */
  migrationVersion(): string | undefined {
    const pattern = /^matrix_playbook_migration_expected_version:\s*["']?([\w.-]+)["']?\s*$/m
    return pattern.exec(this.files.text(migrationRole))?.[1]
  }

  private definitions() {
    if (this.found) return this.found
    const roles = this.files.roles()
    const defaults = new Map<string, Default[]>()
    const folders = roles.flatMap(role => defaultsFolders.map(folder => `${role}/${folder}`))
    for (const folder of ['group_vars', ...folders]) {
      for (const path of this.files.below(folder)) addDefinitions(this.files.text(path), defaults)
    }
    this.found = { defaults, roles }
    return this.found
  }

  private replacements(): readonly Replacement[] {
    this.rejected ??= this.definitions().roles.flatMap(role =>
      replacementsIn(this.files.text(`${role}/tasks/validate_config.yml`)),
    )
    return this.rejected
  }
}

function addDefinitions(text: string, defaults: Map<string, Default[]>): void {
  for (const match of text.matchAll(definition)) {
    const [whole, name = '', rest = ''] = match
    const written = rest.replace(/(?:^|\s)#[^'"]*$/, '').trim()
    const block = written === '' ? blockAfter(text, match.index + whole.length) : undefined
    const known = defaults.get(name)
    if (known) known.push({ text: written, block })
    else defaults.set(name, [{ text: written, block }])
  }
}

/** The kind of block that the next non-empty line starts. */
function blockAfter(text: string, index: number): Default['block'] {
  const following = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)(\S.*)/.exec(
    text.slice(index, index + 2000).replace(/^\r?\n/, ''),
  )
  const [, indentation = '', line = ''] = following ?? []
  if (/^-(?:\s|$)/.test(line)) return 'list'
  return indentation !== '' && /^[^\s#][^#]*:(?:\s|$)/.test(line) ? 'map' : undefined
}

function holdsWord(text: string, word: string): boolean {
  for (let index = text.indexOf(word); index !== -1; index = text.indexOf(word, index + 1)) {
    const around = (text[index - 1] ?? ' ') + (text[index + word.length] ?? ' ')
    if (!/\w/.test(around)) return true
  }
  return false
}
