import { entryOf, type MapEntry, type Value } from '../../inventory/value.ts'
import { embeddedYaml, inMas, extensionVariable as name } from '../facts/extensions.ts'
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

const config = (variable: string) => `matrix_authentication_service_config_${variable}`

/** Paths of MAS's `config.yaml` that have their own variable (`templates/config.yaml.j2` of the playbook's role). */
export const owners: Readonly<Record<string, string>> = {
  ...owned('email', 'from', 'reply_to', 'transport', 'mode', 'hostname', 'port', 'username', 'password'),
  ...owned('secrets', 'encryption', 'keys'),
  ...owned('passwords', 'enabled', 'schemes', 'minimum_complexity'),
  ...owned('matrix', 'homeserver', 'secret', 'endpoint'),
  ...owned(
    'account',
    'email_change_allowed',
    'displayname_change_allowed',
    'password_registration_enabled',
    'password_registration_email_required',
    'password_change_allowed',
    'password_recovery_enabled',
    'account_deactivation_allowed',
    'login_with_email_allowed',
    'registration_token_required',
  ),
  ...owned('captcha', 'service', 'site_key', 'secret_key'),
  ...owned(
    'database',
    'host',
    'port',
    'username',
    'password',
    'database',
    'ssl_mode',
    'max_connections',
    'min_connections',
    'connect_timeout',
    'idle_timeout',
    'max_lifetime',
  ),
  'http.public_base': config('http_public_base'),
  'http.issuer': config('http_issuer'),
  'http.trusted_proxies': config('http_trusted_proxies'),
  'http.listeners': config('http_listener_web_resources_custom'),
  'upstream_oauth2.providers': config('upstream_oauth2_providers'),
  clients: config('clients_custom'),
}

function owned(section: string, ...keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map(key => [`${section}.${key}`, config(`${section}_${key}`)]))
}

export const extensionOverrides = defineRule({
  id: 'mas/extension-overrides',
  severity: 'warning',
  why: `\`${name}\` contains a setting that has its own variable in the playbook. The playbook's checks, its containers and syn2mas use that variable and do not see the extension. A list in the extension replaces the list of the variable; the two are not merged.`,
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
  return Object.entries(owners).flatMap(([path, variable]) => {
    const [section = '', key] = path.split('.')
    const outer = entryOf(document, section)
    const entry = key === undefined ? outer : outer && entryOf(outer.value, key)
    return entry ? [{ path, variable, entry }] : []
  })
}
