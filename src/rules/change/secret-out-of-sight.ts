import { changeOf, wasLive } from '../facts/change-compare.ts'
import { pepperVariable } from '../facts/password-schemes.ts'
import { live, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'
import { encryptionVariable } from './encryption-secret.ts'
import { genericSecretVariable } from './generic-secret.ts'
import { serverNameVariable } from './server-name.ts'

const watched = [encryptionVariable, genericSecretVariable, serverNameVariable, pepperVariable]
const old = `${live}${encryptionVariable}: ${'ab'.repeat(32)}\n`
const hidden = `${live}${encryptionVariable}: "{{ vault_mas_encryption }}"\n`

export const secretOutOfSight = defineRule({
  id: 'change/secret-out-of-sight',
  severity: 'notice',
  stages: ['prepared', 'live'],
  needs: 'base',
  why: 'Moving it into a vault is good, and must keep the value: another one pulls the rug from under a live MAS. This check cannot see whether it is the same.',
  remedy: 'Compare the two by hand before merging.',
  examples: {
    wrong: [
      { base: old, vars: hidden },
      { base: hidden, vars: old },
      { base: hidden, vars: hidden.replace('vault_mas', 'vault_new_mas') },
      {
        base: `${live}${pepperVariable}: invented\n`,
        vars: `${live}${pepperVariable}: "{{ vault_pepper }}"\n`,
      },
      { base: old, vars: `${live}${encryptionVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n` },
    ],
    right: [
      { base: old, vars: old },
      { base: hidden, vars: hidden },
      { base: old.replace(live, prepared), vars: hidden.replace(live, prepared) },
    ],
  },
  check: context => {
    if (!wasLive(context)) return []
    const { host, base } = context
    return watched.flatMap(name => {
      const wasPlain = base?.host?.variable(name).state === 'known'
      const isPlain = host.variable(name).state === 'known'
      const change = changeOf(base?.host, host, name)
      if (change !== 'rewritten' && (change !== 'hidden' || wasPlain === isPlain)) return []
      const { place } = host.variable(name)
      const way = wasPlain === isPlain ? 'comes from other' : isPlain ? 'comes out of' : 'goes into'
      return [{ message: `\`${name}\` ${way} Jinja or a vault on a live host`, ...(place && { place }) }]
    })
  },
})
