import { closest, distance } from 'fastest-levenshtein'
import schema from '../../../schemas/upstream-provider.schema.json' with { type: 'json' }
import { validate } from '../../generated/upstream-provider.ts'
import { entryOf, partAt, toJson, type Value, valueAt } from '../../inventory/value.ts'
import {
  client,
  eachProvider,
  id,
  issuer,
  providerList,
  providersOf,
  providersVariable,
  publicClient,
  whole,
  withMethod,
  withoutDiscovery,
} from '../facts/providers.ts'
import { replacePart } from '../kit/fix.ts'
import { oncePer } from '../kit/once-per.ts'
import { defineRule, type HostContext, live, type Violation, withEach } from '../kit/rule.ts'

const rawTemplate = '"{% raw %}{{ user.name }}{% endraw %}"'

export const providerShape = defineRule({
  id: 'providers/shape',
  severity: 'error',
  why: 'MAS does not start with an invalid provider, and the playbook does not check the list.',
  remedy:
    'Fix it as described in the configuration reference of MAS (upstream_oauth2.providers). The schema `upstream-provider.schema.json` of this toolkit can also check it in an editor.',
  examples: {
    wrong: [
      `${live}${providersVariable}: https://idp.example.test/`,
      `${live}${providersVariable}:\n  id: x`,
      `${live}${providersVariable}:\n  - just a text`,
      providerList(issuer, ...client),
      providerList(...withMethod('basic', 'client_secret: invented')),
      providerList(id, issuer, 'client_id: 12345', 'token_endpoint_auth_method: none'),
      providerList(...whole, 'discovery_mode: off'),
      providerList(...whole, 'scope: [openid, email]'),
      providerList(...whole, 'fetch_userinfo: sometimes'),
      providerList(...whole, 'claims_imports:', '  localpart:', '    action: always'),
    ],
    right: [
      providerList(...whole),
      providerList(...publicClient, 'synapse_idp_id: null'),
      providerList('id: "{{ provider_id }}"', issuer, ...client),
      providerList(...withMethod('client_secret_post', 'client_secret: "{{ s }}"')),
      providerList(...withMethod('"{{ method }}"')),
      providerList(...whole, 'claims_imports:', '  localpart:', `    template: ${rawTemplate}`),
      providerList(id, ...client, ...withoutDiscovery),
      ...withEach(live, providersVariable, '[]', '"{{ my_providers }}"'),
      `${providersVariable}: MAS is not enabled`,
    ],
  },
  check: context =>
    errorsIn(context)
      .filter(error => !isUnknownKey(error) && !isIdForm(error) && !isEmptyPart(error))
      .map(error => ({ message: sentence(error), place: error.part.place })),
})

/** A key that MAS removed before it added `mas-cli syn2mas`. */
const removedKey = 'set_email_verification'
const email = providerList(...whole, 'claims_imports:', '  email:', `    ${removedKey}: always`)

export const providerUnknownKey = defineRule({
  id: 'providers/unknown-key',
  severity: 'warning',
  why: 'MAS silently ignores unknown keys, so a misspelled setting has no effect.',
  remedy: 'Fix its spelling, or remove it.',
  examples: {
    wrong: [
      providerList(...whole, 'pkce_mode: always'),
      providerList(...whole, 'claims_imports:', '  display_name:', '    action: force'),
      providerList(...whole, 'name: Example'),
      { vars: email, checkout: { dialect: 'mas-cli' } },
    ],
    right: [
      providerList(...whole),
      providerList(...whole, 'pkce_method: always', 'human_name: Example'),
      email,
      { vars: email, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => [...errorsIn(context).filter(isUnknownKey).map(violation), ...removedKeys(context)],
})

function violation({ instancePath, params, part }: SchemaError): Violation {
  const key = String(params.additionalProperty)
  const place = entryOf(part, key)?.keyPlace ?? part.place
  const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key
  const hint = nearest(key, keysAt(instancePath))
  return { message: `\`${shown}\` is not a known key in \`${providersVariable}\`${hint}`, place }
}

function nearest(key: string, keys: readonly string[]): string {
  if (keys.length === 0 || key.length > 100) return ''
  const nearestKey = closest(key, keys)
  return distance(key, nearestKey) <= 4 ? `; the closest known key is \`${nearestKey}\`` : ''
}

function removedKeys({ host, checkout }: HostContext): readonly Violation[] {
  if (checkout?.dialect !== 'mas-cli') return []
  const message = `\`${removedKey}\` in \`${providersVariable}\` is a key that MAS no longer supports`
  return eachProvider(host).flatMap(({ value }) => {
    const claim = valueAt(value, 'claims_imports', 'email')
    const entry = claim && entryOf(claim, removedKey)
    return entry ? [{ message, place: entry.keyPlace }] : []
  })
}

export const providerEmptyPart = defineRule({
  id: 'providers/empty-part',
  severity: 'error',
  why: 'In YAML, a key without a value is null. MAS does not start with a null here. This happens when all lines below a key are commented out, as in the example of the guide.',
  remedy: 'Remove the key, or set a value: `{}` for a mapping.',
  examples: {
    wrong: [
      providerList(...whole, 'claims_imports:', '  subject:', '    # template: x'),
      providerList(...whole, 'claims_imports:', '  localpart:', '    action:', '  email: ~'),
      providerList(...whole, 'scope:'),
      providerList(...whole, 'discovery_mode: null'),
    ],
    right: [
      providerList(...whole, 'claims_imports: {}'),
      providerList(...whole, 'claims_imports:', '  subject:', '    template:'),
      providerList(...whole, 'human_name:', 'synapse_idp_id: null', 'token_endpoint: ~'),
      providerList(...whole, 'scope: "{{ scope }}"'),
    ],
  },
  check: context => {
    const { definition } = context.host.variable(providersVariable)
    if (!definition) return []
    return errorsIn(context)
      .filter(isEmptyPart)
      .map(({ instancePath, params, part }) => {
        const [index = '', ...keys] = instancePath.split('/').slice(1)
        const message = `\`${keys.join('.')}\` of provider ${Number(index) + 1} has no value`
        const suggestion = params.type === 'object' ? replacePart(definition, part, '{}') : undefined
        return { message, place: part.place, suggestion }
      })
  },
})

export const providerIdForm = defineRule({
  id: 'providers/id-form',
  severity: 'error',
  why: 'MAS identifies a provider by a ULID, and does not start with any other id.',
  remedy:
    'Generate a ULID: 26 digits and capital letters, without I, L, O and U. The first character is a digit from 0 to 7. Never change it afterwards: accounts are linked to it.',
  examples: {
    wrong: [
      providerList('id: keycloak', issuer, ...client),
      providerList('id: 81HFVBY12TMNTYTBV8W921M5FA', issuer, ...client),
      providerList('id: 01HFVBY12TMNTYTBV8W921M5F', issuer, ...client),
      providerList('id: 01HFVBY12TMNTYTBV8W921M5FU', issuer, ...client),
    ],
    right: [
      providerList(...whole),
      providerList('id: 01hfvby12tmntytbv8w921m5fa', issuer, ...client),
      providerList('id: "{{ provider_id }}"', issuer, ...client),
    ],
  },
  check: context =>
    errorsIn(context)
      .filter(isIdForm)
      .map(({ instancePath, part }) => ({
        message: `the \`id\` of provider ${Number(instancePath.split('/')[1]) + 1} is not a ULID`,
        place: part.place,
      })),
})

/** The parts of an ajv error that are used, and the part of the list that it is about. */
interface SchemaError {
  /** A JSON pointer. */
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly part: Value
}

const compiled: { (data: unknown): boolean; errors?: readonly Omit<SchemaError, 'part'>[] | null } = validate

function errorsIn(context: HostContext): readonly SchemaError[] {
  const providers = providersOf(context)
  return providers ? schemaErrors(providers) : []
}

/** The errors of a list of upstream providers, without those that depend on unknown values. */
const schemaErrors = oncePer((providers: Value): readonly SchemaError[] => {
  const { json, opaque } = toJson(providers)
  if (compiled(json)) return []
  return (compiled.errors ?? [])
    .filter(error => isUnconditional(error.schemaPath) && !opaque.includes(error.instancePath))
    .map(error => ({ ...error, part: partAt(providers, error.instancePath) }))
})

/** Skips conditions between keys: other rules check them, and handle unknown values. */
function isUnconditional(schemaPath: string): boolean {
  return !/^#\/(?:definitions\/provider\/)?allOf\//.test(schemaPath)
}

function isUnknownKey({ keyword }: SchemaError): boolean {
  return keyword === 'additionalProperties'
}

/** An id that is a string, but not a ULID. */
function isIdForm({ instancePath, keyword }: SchemaError): boolean {
  return keyword === 'pattern' && /^\/\d+\/id$/.test(instancePath)
}

/** A key without a value that MAS requires to have a value or to be absent. */
function isEmptyPart({ instancePath, keyword, part }: SchemaError): boolean {
  const isKey = instancePath.split('/').length > 2
  return isKey && (keyword === 'type' || keyword === 'enum') && part.kind === 'null'
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a string (in quotes if it looks like a number, date or boolean)',
  boolean: '`true` or `false`',
}

/** An error as a sentence without values. */
function sentence({ instancePath, keyword, params }: SchemaError): string {
  const [index, ...rest] = instancePath.split('/').slice(1)
  const part = rest.map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
  const owner = index === undefined ? '' : `provider ${Number(index) + 1} of `
  const subject = `${part === '' ? '' : `\`${part}\` of `}${owner}\`${providersVariable}\``
  return `${subject} ${complaint(keyword, params, rest.at(-1) ?? '')}`
}

function complaint(keyword: string, params: Readonly<Record<string, unknown>>, key: string): string {
  switch (keyword) {
    case 'required':
      return `has no \`${String(params.missingProperty)}\``
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues : []
      const names = allowed.filter(value => typeof value === 'string').map(value => `\`${value}\``)
      return `must be one of ${names.join(', ')}`
    }
    case 'type': {
      const wanted = [params.type].flat().filter(type => type !== 'null')
      return `must be ${wanted.map(type => kinds[String(type)] ?? String(type)).join(' or ')}`
    }
    case 'pattern':
      return key === 'client_id' ? 'must not be empty' : 'must be an http or https URL'
    default:
      return 'is not valid'
  }
}

const { properties } = schema.definitions.provider

/** The keys that the schema of upstream providers allows at a place, for suggestions. */
export function keysAt(instancePath: string): readonly string[] {
  const [, ...path] = instancePath.split('/').slice(1)
  if (path.length === 0) return Object.keys(properties)
  if (path[0] !== 'claims_imports') return []
  const claims = properties.claims_imports.properties
  return Object.keys(path.length === 1 ? claims : claims.localpart.properties)
}
