import type { Place } from '../../domain/finding.ts'
import { synapseExtension, synapsePasswordsVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { ReadingProblem } from '../../inventory/read/problem.ts'
import { parseYaml } from '../../inventory/read/yaml-file.ts'
import { entryOf, type MapEntry, truthOf, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { onceLately, oncePer } from '../kit/once-per.ts'
import type { HostContext } from '../kit/rule.ts'
import { sourceAt } from './source.ts'
import { isOfPlaybook, type Switch, switchAt } from './values.ts'
import { captchaVariable, registrationVariable } from './variables.ts'

/** A YAML document in the text of a variable. */
export interface Embedded {
  /** `undefined` if the text is empty or has only comments. */
  readonly document: Value | undefined
  /** Maps a place in the document to the file: its line in a literal block, otherwise the whole text. */
  readonly placeOf: (place: Place) => Place
}

type Reading = Embedded | { readonly broken: Place } | undefined

/**
 * Parses the YAML text of a variable; `broken` if it is not valid YAML. Jinja values in it are unknown;
 * `undefined` if the variable is not a string, or if Jinja may change more than values.
 */
export function embeddedYaml(host: Host, name: string, files: FileReader): Reading {
  const { definition } = host.variable(name)
  return definition && !isOfPlaybook(definition) ? embeddedIn(definition, files) : undefined
}

/** The same for one definition, even if it is overridden. */
export function embeddedIn(definition: Definition, files: FileReader): Reading {
  return readingsOf(files)(definition)
}

/** Cached, because several rules need it and hosts share definitions of groups. */
const readingsOf = oncePer((files: FileReader) =>
  onceLately((definition: Definition) => readDefinition(definition, files)),
)

function readDefinition(definition: Definition, files: FileReader): Reading {
  const { value, name } = definition
  const text = embeddedText(definition)
  if (text === undefined) return undefined
  const placeOf = (place: Place) => linesOf(value.place, sourceAt(files, value.place) ?? '')(place)
  try {
    return { document: parseYaml(name, text).value, placeOf }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return value.kind === 'string' ? { broken: placeOf(error.finding.place ?? value.place) } : undefined
  }
}

/** The YAML text: plain, or with Jinja that produces values only, no lines. */
export function embeddedText({ value }: Definition): string | undefined {
  if (value.kind === 'string') return value.value
  const source = value.kind === 'unknown' ? value.source : undefined
  return source === undefined || /\{[%#]|^#jinja2:/.test(source) ? undefined : source
}

/** Lines of a literal block (`|`) match lines of the document. */
function linesOf(whole: Place, source: string): (place: Place) => Place {
  if (!/^\|[-+]?\s*(?:#.*)?\r?\n/.test(source)) return () => whole
  const lines = source.split('\n')
  return ({ line }) => {
    const text = lines[line]
    if (text === undefined) return whole
    const column = text.length - text.trimStart().length + 1
    const at = whole.line + line
    return { file: whole.file, line: at, column, endLine: at, endColumn: text.trimEnd().length + 1 }
  }
}

/** A setting that has a variable, and that the YAML of an extension can override. */
export interface Setting {
  readonly variable: string
  /** The variable with the extension, which is merged last. */
  readonly extension: string
  /** The path of the setting in the extension. */
  readonly path: readonly string[]
}

type Asked = Pick<HostContext, 'host' | 'repository'>

/** The value at a path of an extension, with the place of its key. */
export interface Extended {
  readonly value: Value
  readonly place: Value['place']
}

/** The value at a path of an extension; `undefined` also if the extension is unknown. */
export function extendedAt(
  { host, repository }: Asked,
  extension: string,
  path: readonly string[],
): Extended | undefined {
  const { definition } = host.variable(extension)
  const [key = ''] = path
  // Skip parsing if the extension does not mention the key.
  if (!definition || !embeddedText(definition)?.includes(key)) return undefined
  const yaml = embeddedYaml(host, extension, repository.files)
  if (!yaml || 'broken' in yaml || !yaml.document) return undefined
  const entry = entryAt(yaml.document, path)
  return entry && { value: entry.value, place: yaml.placeOf(entry.keyPlace) }
}

function entryAt(document: Value, [key = '', ...rest]: readonly string[]): MapEntry | undefined {
  const entry = entryOf(document, key)
  return entry && rest.length > 0 ? entryAt(entry.value, rest) : entry
}

/** A boolean setting, with the name of the variable or key that decides it. */
export function settingAt(context: Asked, setting: Setting): Switch & { readonly subject: string } {
  const { variable, extension, path } = setting
  const extended = extendedAt(context, extension, path)
  if (!extended) return { ...switchAt(context.host, variable), subject: `\`${variable}\`` }
  const truth = truthOf(extended.value)
  return {
    state: truth === true ? 'on' : truth === false ? 'off' : 'unclear',
    place: extended.place,
    subject: `\`${path.join('.')}\` in \`${extension}\``,
  }
}

/** The variable with YAML that is merged into `config.yaml` of MAS. */
export const extensionVariable = 'matrix_authentication_service_configuration_extension_yaml'

/** Examples: a variable with a literal block of these lines. */
export const extension = (name: string, ...lines: readonly string[]) =>
  `${name}: |\n${lines.map(line => `  ${line}\n`).join('')}`
export const inMas = (...lines: readonly string[]) => extension(extensionVariable, ...lines)
export const inSynapse = (...lines: readonly string[]) => extension(synapseExtension, ...lines)

const setting = (variable: string, ...path: readonly string[]): Setting => ({
  variable,
  path,
  extension: synapseExtension,
})

/** Settings of `homeserver.yaml` that affect accounts (`templates/synapse/homeserver.yaml.j2` of the playbook's role). */
export const homeserver = {
  passwords: setting(synapsePasswordsVariable, 'password_config', 'enabled'),
  localPasswords: setting(
    'matrix_synapse_password_config_localdb_enabled',
    'password_config',
    'localdb_enabled',
  ),
  registration: setting(registrationVariable, 'enable_registration'),
  registrationToken: setting('matrix_synapse_registration_requires_token', 'registration_requires_token'),
  captcha: setting(captchaVariable, 'enable_registration_captcha'),
}

/**
 * The host with the vars of Synapse before the migration: its own vars while prepared, and the vars of the base in the
 * change that migrates. `undefined` in any other case.
 */
export function beforeMigration({ host, stage, base }: HostContext): HostContext['host'] | undefined {
  if (stage.stage === 'prepared') return host
  return stage.stage === 'live' && base?.stage.stage === 'prepared' ? base.host : undefined
}
