import { enabledVariable } from '../../inventory/desired-stage.ts'
import type { Value } from '../../inventory/value.ts'
import { entryOf, partAt, toJson } from '../../inventory/value.ts'
import { defineRule, type Offence, type RuleContext } from '../rule.ts'
import { isUnknownKey, schemaErrors, sentence } from './schema-errors.ts'

const name = 'matrix_authentication_service_config_upstream_oauth2_providers'
const live = `${enabledVariable}: true\n`

function list(...lines: readonly string[]): string {
  return `${live}${name}:\n  - ${lines.join('\n    ')}\n`
}

const id = 'id: 01HFVBY12TMNTYTBV8W921M5FA'
const issuer = 'issuer: https://idp.example.test/'
const client = [
  'client_id: mas',
  'client_secret: invented',
  'token_endpoint_auth_method: client_secret_basic',
]
const whole = [id, issuer, ...client]

function providers({ host }: RuleContext): Value | undefined {
  const { value } = host.variable(name)
  return value === undefined || value.kind === 'unknown' || value.kind === 'vault' || value.kind === 'null'
    ? undefined
    : value
}

export const providerShape = defineRule({
  id: 'providers/shape',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS does not start with a provider that it cannot read, and the playbook passes the list on unseen.',
  remedy:
    'Correct it as the configuration reference of MAS has it (upstream_oauth2.providers). The schema `upstream-provider.schema.json` of this toolkit checks it in an editor, too.',
  examples: {
    wrong: [
      `${live}${name}: https://idp.example.test/`,
      `${live}${name}:\n  id: x`,
      `${live}${name}:\n  - just a text`,
      list(issuer, ...client),
      list('id: not-a-ulid', issuer, ...client),
      list('id: 81HFVBY12TMNTYTBV8W921M5FA', issuer, ...client),
      list(id, ...client),
      list(id, issuer, 'client_id: mas', 'client_secret: invented', 'token_endpoint_auth_method: basic'),
      list(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: client_secret_post'),
      list(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: private_key_jwt'),
      list(id, issuer, 'client_id: 12345', 'token_endpoint_auth_method: none'),
      list(...whole, 'discovery_mode: off'),
      list(id, ...client, 'discovery_mode: disabled', 'token_endpoint: https://idp.example.test/token'),
      list(...whole, 'scope: [openid, email]'),
      list(...whole, 'fetch_userinfo: sometimes'),
      list(...whole, 'claims_imports:', '  localpart:', '    action: always'),
    ],
    right: [
      list(...whole),
      list(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: none', 'synapse_idp_id: null'),
      list('id: "{{ provider_id }}"', issuer, ...client),
      list(
        id,
        issuer,
        'client_id: mas',
        'client_secret: "{{ s }}"',
        'token_endpoint_auth_method: client_secret_post',
      ),
      list(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: "{{ method }}"'),
      list(
        ...whole,
        'claims_imports:',
        '  localpart:',
        '    template: "{% raw %}{{ user.name }}{% endraw %}"',
      ),
      list(
        id,
        ...client,
        'discovery_mode: disabled',
        'authorization_endpoint: https://idp.example.test/a',
        'token_endpoint: https://idp.example.test/t',
        'jwks_uri: https://idp.example.test/j',
      ),
      `${live}${name}: []`,
      `${live}${name}: "{{ my_providers }}"`,
      `${name}: MAS is not enabled`,
    ],
  },
  check: context => {
    const value = providers(context)
    if (!value) return []
    const { json, opaque } = toJson(value)
    return schemaErrors(json, opaque)
      .filter(error => !isUnknownKey(error))
      .map(error => ({ message: sentence(name, error), place: partAt(value, error.instancePath).place }))
  },
})

export const providerUnknownKey = defineRule({
  id: 'providers/unknown-key',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'MAS ignores a key that it does not know, without a word: a setting that is spelt wrong has no effect.',
  remedy: 'Correct its spelling, or remove it.',
  examples: {
    wrong: [
      list(...whole, 'pkce_mode: always'),
      list(...whole, 'claims_imports:', '  display_name:', '    action: force'),
      list(...whole, 'name: Example'),
    ],
    right: [list(...whole), list(...whole, 'pkce_method: always', 'human_name: Example')],
  },
  check: context => {
    const value = providers(context)
    if (!value) return []
    const { json, opaque } = toJson(value)
    return schemaErrors(json, opaque)
      .filter(isUnknownKey)
      .map((error): Offence => {
        const key = error.params.additionalProperty
        const owner = partAt(value, error.instancePath)
        const place = entryOf(owner, key)?.keyPlace ?? owner.place
        return { message: `MAS knows no key \`${key}\` in ${name}`, place }
      })
  },
})
