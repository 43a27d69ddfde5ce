import { entryOf, type MapEntry, truthOf, type Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'
import { embeddedText, embeddedYaml } from './embedded-yaml.ts'
import { type Switch, switchAt } from './switches.ts'

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
