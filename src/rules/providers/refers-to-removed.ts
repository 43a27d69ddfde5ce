import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { defineRule } from '../rule.ts'
import { prepared } from '../stages.ts'
import { oidcProvidersVariable } from '../synapse/oidc.ts'
import { eachProvider, id, issuer, providerList, providersVariable } from './providers.ts'

const reference = (name: string) =>
  providerList(
    id,
    issuer,
    'client_id: mas',
    `client_secret: "{{ ${name}[0].client_secret }}"`,
    'token_endpoint_auth_method: client_secret_basic',
  )
const synapseHas = `${oidcProvidersVariable}: [{idp_id: sso, client_secret: invented}]\n`
const otherHas = 'my_providers: [{client_secret: invented}]\n'

export const refersToRemoved = defineRule({
  id: 'providers/refers-to-removed',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'Ansible stops at a variable that is not there, in the middle of the deployment or the migration that this change asks for.',
  remedy: `Put what the variable held into \`${providersVariable}\` itself (a secret: into a vault), or leave the variable where it was.`,
  examples: {
    wrong: [
      reference(oidcProvidersVariable),
      {
        base: `${prepared}${synapseHas}${reference(oidcProvidersVariable)}`,
        vars: reference(oidcProvidersVariable),
      },
      { base: `${otherHas}${reference('my_providers')}`, vars: reference('my_providers') },
    ],
    right: [
      `${synapseHas}${reference(oidcProvidersVariable)}`,
      `${otherHas}${reference('my_providers')}`,
      reference('from_who_knows_where'),
      providerList(
        id,
        issuer,
        'client_id: mas',
        `human_name: "{% raw %}{{ ${oidcProvidersVariable} }}{% endraw %}"`,
      ),
    ],
  },
  check: ({ host, base }) =>
    eachProvider(host).flatMap(({ name, value }) =>
      partsOf(value).flatMap(part => {
        const source = part.kind === 'unknown' ? (part.source ?? '') : ''
        if (!base && !source.includes(oidcProvidersVariable)) return []
        const gone = namesIn(source).find(
          each =>
            host.variable(each).state === 'absent' &&
            (each === oidcProvidersVariable || base?.host?.variable(each).definition !== undefined),
        )
        if (gone === undefined) return []
        return [{ message: `${name} refers to \`${gone}\`, which is not set any more`, place: part.place }]
      }),
    ),
})

/** The values of a provider that Ansible evaluates, those of its mappings too. */
function partsOf(value: Value): Value[] {
  if (value.kind === 'map') return value.entries.flatMap(entry => partsOf(entry.value))
  if (value.kind === 'list') return value.items.flatMap(partsOf)
  return value.kind === 'unknown' && value.source !== undefined ? [value] : []
}

/** Words in what Jinja would evaluate, outside of its texts: names of variables among them. */
function namesIn(source: string): string[] {
  return expressionsIn(source).flatMap(expression =>
    expression.split(/'[^']*'|"[^"]*"/).flatMap(text => text.match(/(?<![\w.])[a-zA-Z_]\w*/g) ?? []),
  )
}
