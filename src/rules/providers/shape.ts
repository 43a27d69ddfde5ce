import { partAt } from '../../inventory/value.ts'
import {
  client,
  id,
  issuer,
  providersVariable as name,
  providerList,
  providersOf,
  whole,
} from '../facts/providers.ts'
import { isEmptyPart, isIdForm, isUnknownKey, schemaErrors, sentence } from '../facts/schema-errors.ts'
import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const providerShape = defineRule({
  id: 'providers/shape',
  severity: 'error',
  why: 'MAS does not start with an invalid provider, and the playbook does not check the list.',
  remedy:
    'Correct it as described in the configuration reference of MAS (upstream_oauth2.providers). The schema `upstream-provider.schema.json` of this toolkit can also check it in an editor.',
  examples: {
    wrong: [
      `${live}${name}: https://idp.example.test/`,
      `${live}${name}:\n  id: x`,
      `${live}${name}:\n  - just a text`,
      providerList(issuer, ...client),
      providerList(
        id,
        issuer,
        'client_id: mas',
        'client_secret: invented',
        'token_endpoint_auth_method: basic',
      ),
      providerList(id, issuer, 'client_id: 12345', 'token_endpoint_auth_method: none'),
      providerList(...whole, 'discovery_mode: off'),
      providerList(...whole, 'scope: [openid, email]'),
      providerList(...whole, 'fetch_userinfo: sometimes'),
      providerList(...whole, 'claims_imports:', '  localpart:', '    action: always'),
    ],
    right: [
      providerList(...whole),
      providerList(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: none', 'synapse_idp_id: null'),
      providerList('id: "{{ provider_id }}"', issuer, ...client),
      providerList(
        id,
        issuer,
        'client_id: mas',
        'client_secret: "{{ s }}"',
        'token_endpoint_auth_method: client_secret_post',
      ),
      providerList(id, issuer, 'client_id: mas', 'token_endpoint_auth_method: "{{ method }}"'),
      providerList(
        ...whole,
        'claims_imports:',
        '  localpart:',
        '    template: "{% raw %}{{ user.name }}{% endraw %}"',
      ),
      providerList(
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
    const value = providersOf(context)
    if (!value) return []
    return schemaErrors(value)
      .filter(error => !isUnknownKey(error) && !isIdForm(error) && !isEmptyPart(error, value))
      .map(error => ({ message: sentence(name, error), place: partAt(value, error.instancePath).place }))
  },
})
