import type { MapEntry, Value } from '../../inventory/value.ts'
import { masPaths } from '../facts/doors.ts'
import { embeddedYaml, entryAt, inMas, extensionVariable as name } from '../facts/extensions.ts'
import { defineRule, live } from '../kit/rule.ts'

export const extensionNotYaml = defineRule({
  id: 'mas/extension-not-yaml',
  severity: 'error',
  why: `The playbook parses \`${name}\` as YAML and merges it into the configuration of MAS. It stops if the text is not valid YAML, and silently ignores anything that is not a mapping.`,
  remedy: 'Write a YAML mapping, as in `config.yaml` of MAS, indented under `|`.',
  examples: {
    wrong: [
      live + inMas('branding:', '  service_name: "Example'),
      live + inMas('branding: a: b'),
      live + inMas('- branding'),
      `${live}${name}: some text`,
      `${live}${name}:\n  branding:\n    service_name: Example`,
    ],
    right: [
      live,
      live + inMas('branding:', '  service_name: Example'),
      live + inMas('# nothing yet'),
      `${live}${name}: ''`,
      live + inMas('branding: "{{ x }}"'),
    ],
  },
  check: ({ host, repository }) => {
    const { value } = host.variable(name)
    if (value?.kind === 'map' || value?.kind === 'list') {
      const message = `\`${name}\` must be a string that contains YAML: write \`|\` after the colon`
      return [{ message, place: value.place }]
    }
    const yaml = embeddedYaml(host, name, repository.files)
    if (!yaml) return []
    if ('broken' in yaml) return [{ message: `\`${name}\` is not valid YAML`, place: yaml.broken }]
    const { document, placeOf } = yaml
    if (!document || ['map', 'null', 'unknown', 'vault'].includes(document.kind)) return []
    const message = `\`${name}\` is not a mapping, so the playbook ignores it`
    return [{ message, place: placeOf(document.place) }]
  },
})

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
