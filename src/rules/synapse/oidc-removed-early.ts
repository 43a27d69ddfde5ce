import { live, off, prepared } from '../facts/stages.ts'
import { missing, switchAt } from '../facts/values.ts'
import { oidcEnabledVariable as name, exampleProvider as provider } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

const on = `${name}: true\n${provider}`

export const oidcRemovedEarly = defineRule({
  id: 'synapse/oidc-removed-early',
  severity: 'error',
  stages: ['prepared'],
  needs: 'base',
  why: 'Until the migration, users log in with the provider of Synapse. syn2mas reads it from the configuration of Synapse, and refuses accounts of a missing provider.',
  remedy: 'Keep it for now, and remove it in the change that migrates.',
  examples: {
    wrong: [
      { base: off + on, vars: prepared },
      { base: prepared + on, vars: `${prepared}${name}: false\n${provider}` },
      {
        base: prepared + on,
        vars: prepared,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
    right: [
      { base: prepared + on, vars: prepared + on },
      { base: prepared + on, vars: live },
      { base: off, vars: prepared },
      { base: prepared + on, vars: `${prepared}${name}: "{{ x }}"` },
    ],
  },
  check: ({ host, base }) => {
    if (!base?.host || switchAt(base.host, name).state !== 'on') return []
    const { state, place } = switchAt(host, name)
    if (state !== 'off' && !(state === 'absent' && missing(host, name))) return []
    return [{ message: "this change removes Synapse's OpenID Connect before accounts are migrated", place }]
  },
})
