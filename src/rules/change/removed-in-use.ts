import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { referencesTo } from '../facts/references.ts'
import { missing } from '../facts/values.ts'
import { ownNames } from '../facts/written.ts'
import { defineRule, type HostContext, live, prepared, type Violation, vault } from '../kit/rule.ts'

const secret = 'my_secret: invented\n'
const use = 'matrix_synapse_enable_registration: "{{ my_secret }}"\n'

export const removedInUse = defineRule({
  id: 'change/removed-in-use',
  severity: 'error',
  stages: ['off', 'prepared', 'live', 'unknown'],
  needs: 'base',
  why: 'The change removes a variable that another variable still uses. Nothing else sets it. Ansible stops in the middle of the run when it needs the value.',
  remedy: 'Restore the variable, or replace the reference with its value.',
  examples: {
    wrong: [
      { base: prepared + secret + use, vars: live + use, checkout },
      {
        base: prepared + secret,
        vars: `${prepared}matrix_synapse_oidc_providers:\n  - client_secret: "{{ my_secret | trim }}"\n`,
        checkout,
      },
      { base: live + secret + use, vars: live + use, files: vault, checkout },
    ],
    right: [
      { base: prepared + secret + use, vars: live + secret + use, checkout },
      { base: prepared + secret + use, vars: live, checkout },
      { base: live + use, vars: live + use, checkout },
      {
        base: live + secret + use,
        vars: live + use.replace('my_secret', "my_secret | default('')"),
        checkout,
      },
      {
        base: `${live}matrix_synapse_enabled: true\nmatrix_domain: "{{ matrix_synapse_enabled }}"\n`,
        vars: `${live}matrix_domain: "{{ matrix_synapse_enabled }}"\n`,
        checkout,
      },
      { base: prepared + secret + use, vars: live + use },
    ],
  },
  check: context => {
    const removed = removedNames(context)
    if (removed.size === 0) return []
    const { host } = context
    return [...ownNames(host)].flatMap((variable): Violation[] => {
      const { value } = host.variable(variable)
      if (!value) return []
      return referencesTo(removed, value).map(({ name, part }) => ({
        message: `\`${variable}\` uses \`${name}\`, which this change removes`,
        place: part.place,
        ...missing(host, name),
      }))
    })
  },
})

/** Variables that the base sets, and that neither the change nor the playbook sets. */
function removedNames({ host, base, checkout }: HostContext): ReadonlySet<string> {
  const playbook = checkout?.variables
  if (!playbook || !base?.host) return new Set()
  const candidates = [...ownNames(base.host)].filter(
    name => missing(host, name) && playbook.defaultsOf(name).length === 0,
  )
  if (candidates.length === 0) return new Set()
  const mentioned = playbook.mentioned(candidates)
  return playbook.incomplete ? new Set() : new Set(candidates.filter(name => !mentioned.has(name)))
}
