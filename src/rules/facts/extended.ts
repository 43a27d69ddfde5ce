import { entryOf, type MapEntry, truthOf, type Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'
import { embeddedText, embeddedYaml } from './embedded-yaml.ts'
import { type Switch, switchAt } from './switches.ts'

/** A setting that has a variable, and that the YAML in an extension may set past the variable. */
export interface Setting {
  readonly variable: string
  /** The variable that holds the extension, merged over all else. */
  readonly extension: string
  /** Where the setting is in the extension. */
  readonly path: readonly string[]
}

type Asked = Pick<HostContext, 'host' | 'repository'>

/** What an extension says at a path, with where its key stands. */
export interface Extended {
  readonly value: Value
  readonly place: Value['place']
}

/** What an extension says at a path; `undefined` also where the extension cannot be told. */
export function extendedAt(
  { host, repository }: Asked,
  extension: string,
  path: readonly string[],
): Extended | undefined {
  const { definition } = host.variable(extension)
  const [key = ''] = path
  // Most extensions are about something else, and need not be parsed.
  if (!definition || !embeddedText(definition)?.includes(key)) return undefined
  const found = embeddedYaml(host, extension, repository.files)
  if (!found || 'broken' in found || !found.document) return undefined
  const entry = entryAt(found.document, path)
  return entry && { value: entry.value, place: found.placeOf(entry.keyPlace) }
}

function entryAt(document: Value, [key = '', ...rest]: readonly string[]): MapEntry | undefined {
  const entry = entryOf(document, key)
  return entry && rest.length > 0 ? entryAt(entry.value, rest) : entry
}

/** A yes-or-no setting, with how to name what decides over it. */
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
