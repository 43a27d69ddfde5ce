import { synapseExtension } from '../../domain/variables.ts'
import type { MapEntry, Value } from '../../inventory/value.ts'
import { masPaths } from '../facts/doors.ts'
import {
  elementExtension,
  embeddedYaml,
  entryAt,
  extension,
  inMas,
  inSynapse,
  extensionVariable as name,
  wellKnownExtension,
} from '../facts/extensions.ts'
import { defineRule, type HostContext, live, type Violation } from '../kit/rule.ts'

/** The extensions that `doors.ts` reads. */
const extensions = [name, synapseExtension, elementExtension, wellKnownExtension]

export const extensionNotYaml = defineRule({
  id: 'mas/extension-not-yaml',
  severity: 'error',
  why: 'The playbook parses the extension of a role as YAML or JSON, and merges it into the configuration. It stops if the text is not valid, and silently ignores anything that is not a mapping.',
  remedy: 'Write a mapping, as in the configuration file of the service, indented under `|`.',
  examples: {
    wrong: [
      live + inMas('branding:', '  service_name: "Example'),
      live + inMas('branding: a: b'),
      live + inMas('- branding'),
      `${live}${name}: some text`,
      `${live}${name}:\n  branding:\n    service_name: Example`,
      live + inSynapse('modules: ['),
      live + extension(elementExtension, "{'disable_guests': true}"),
      live + extension(elementExtension, '{"disable_guests": true,}'),
      live + extension(wellKnownExtension, 'm.tile_server: {}'),
    ],
    right: [
      live,
      live + inMas('branding:', '  service_name: Example'),
      live + inMas('# nothing yet'),
      `${live}${name}: ''`,
      live + inMas('branding: "{{ x }}"'),
      live + inSynapse('a: 1'),
      live + extension(elementExtension, '{"disable_guests": true}'),
      live + extension(elementExtension, '{"disable_guests": {{ x }}}'),
      `${live}${elementExtension}: "{{ x }}"`,
    ],
  },
  check: context => extensions.flatMap(each => malformed(context, each)),
})

function malformed({ host, repository }: HostContext, name: string): readonly Violation[] {
  const { value } = host.variable(name)
  const format = name.endsWith('_json') ? 'JSON' : 'YAML'
  if (value?.kind === 'map' || value?.kind === 'list') {
    const message = `\`${name}\` must be a string that contains ${format}: write \`|\` after the colon`
    return [{ message, place: value.place }]
  }
  const yaml = embeddedYaml(host, name, repository.files)
  if (!yaml) return []
  const broken = `\`${name}\` is not valid ${format}`
  if ('broken' in yaml) return [{ message: broken, place: yaml.broken }]
  if (format === 'JSON' && value?.kind === 'string' && !isJson(value.value))
    return [{ message: broken, place: value.place }]
  const { document, placeOf } = yaml
  if (!document || ['map', 'null', 'unknown', 'vault'].includes(document.kind)) return []
  const message = `\`${name}\` is not a mapping, so the playbook ignores it`
  return [{ message, place: placeOf(document.place) }]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const extensionOverrides = defineRule({
  id: 'mas/extension-overrides',
  severity: 'notice',
  why: `\`${name}\` contains a setting that has its own variable in the playbook. The playbook's own checks and containers use that variable and do not see the extension. A list in the extension replaces the list of the variable; the two are not merged.`,
  remedy: `Set the variable, and remove the key from \`${name}\`.`,
  examples: {
    wrong: [
      live + inMas('upstream_oauth2:', '  providers: []'),
      live +
        inMas(
          'branding:',
          '  service_name: Example',
          'email:',
          '  transport: smtp',
          '  hostname: mail.example.test',
        ),
      live + inMas('secrets:', '  encryption: invented'),
      live + inMas('clients: []'),
    ],
    right: [
      live + inMas('branding:', '  service_name: Example'),
      live + inMas('secrets: {}', 'policy:', '  data: {}'),
      live + inMas('matrix:', '  kind: synapse'),
      live + inMas('email: "{{ x }}"'),
      inMas('clients: []'),
    ],
  },
  check: ({ host, repository }) => {
    const yaml = embeddedYaml(host, name, repository.files)
    if (!yaml || 'broken' in yaml || !yaml.document) return []
    return entriesIn(yaml.document).map(({ path, variable, entry }) => ({
      message: `\`${path}\` has its own variable: \`${variable}\``,
      place: yaml.placeOf(entry.keyPlace),
    }))
  },
})

function entriesIn(document: Value): readonly { path: string; variable: string; entry: MapEntry }[] {
  return [...masPaths].flatMap(([variable, path]) => {
    const entry = entryAt(document, path)
    return entry ? [{ path: path.join('.'), variable, entry }] : []
  })
}
