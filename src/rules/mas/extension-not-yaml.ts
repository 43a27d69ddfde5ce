import { embeddedYaml, extension, extensionVariable as name } from '../facts/extensions.ts'
import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const extensionNotYaml = defineRule({
  id: 'mas/extension-not-yaml',
  severity: 'error',
  why: 'The playbook parses the text as YAML and merges it into the configuration of MAS. It stops if the text is not valid YAML, and silently ignores anything that is not a mapping.',
  remedy: 'Write a YAML mapping, as in `config.yaml` of MAS, indented under `|`.',
  examples: {
    wrong: [
      live + extension(name, 'branding:', '  service_name: "Example'),
      live + extension(name, 'branding: a: b'),
      live + extension(name, '- branding'),
      `${live}${name}: some text`,
      `${live}${name}:\n  branding:\n    service_name: Example`,
    ],
    right: [
      live,
      live + extension(name, 'branding:', '  service_name: Example'),
      live + extension(name, '# nothing yet'),
      `${live}${name}: ''`,
      live + extension(name, 'branding: "{{ x }}"'),
    ],
  },
  check: ({ host, repository }) => {
    const { value } = host.variable(name)
    if (value?.kind === 'map' || value?.kind === 'list') {
      return [
        {
          message: `\`${name}\` must be a string that contains YAML: write \`|\` after the colon`,
          place: value.place,
        },
      ]
    }
    const yaml = embeddedYaml(host, name, repository.files)
    if (!yaml) return []
    if ('broken' in yaml) return [{ message: `\`${name}\` is not valid YAML`, place: yaml.broken }]
    const { document, placeOf } = yaml
    if (!document || ['map', 'null', 'unknown', 'vault'].includes(document.kind)) return []
    return [
      { message: `\`${name}\` is not a mapping, so the playbook ignores it`, place: placeOf(document.place) },
    ]
  },
})
