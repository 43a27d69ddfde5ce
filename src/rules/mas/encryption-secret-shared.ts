import type { Place } from '../../domain/finding.ts'
import { live } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { inventedSecret, encryptionSecretVariable as name } from '../facts/variables.ts'
import { defineRule, type InventoryContext, type Violation } from '../kit/rule.ts'

const two = '[matrix_servers]\na.example.test\nb.example.test\n'
const files = (a: string, b: string) => ({
  'inventory/hosts': two,
  'inventory/host_vars/a.example.test.yml': `${live}${name}: ${a}\n`,
  'inventory/host_vars/b.example.test.yml': `${live}${name}: ${b}\n`,
})
const other = [...inventedSecret].reverse().join('')

export const encryptionSecretShared = defineRule({
  id: 'mas/encryption-secret-shared',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'If the secret of one host leaks, the other host is affected too. A cookie of one host could also be accepted by the other.',
  remedy:
    'Give each host its own secret in its `host_vars`. Keep the secret of a host that is live: MAS cannot read what it encrypted with another secret.',
  examples: {
    wrong: [
      { files: files(inventedSecret, inventedSecret) },
      {
        files: {
          ...files('"{{ a }}"', '"{{ b }}"'),
          'inventory/host_vars/a.example.test.yml': live,
          'inventory/host_vars/b.example.test.yml': live,
          'inventory/group_vars/matrix_servers.yml': `${name}: ${inventedSecret}\n`,
        },
      },
    ],
    right: [
      { files: files(inventedSecret, other) },
      { files: files(inventedSecret, '"{{ vault_b }}"') },
      `${live}${name}: ${inventedSecret}`,
    ],
  },
  checkAll: violations,
})

function violations({ hosts }: InventoryContext): readonly Violation[] {
  const first = new Map<string, { readonly host: string; readonly place: Place }>()
  return hosts.flatMap(({ host }): Violation[] => {
    const secret = ownText(host, name)
    if (!secret || secret.text === '') return []
    const { place } = secret.value
    const earlier = first.get(secret.text.toLowerCase())
    if (!earlier) {
      first.set(secret.text.toLowerCase(), { host: host.name, place })
      return []
    }
    return [{ message: `\`${name}\` is the same as on host ${earlier.host}`, place, host: host.name }]
  })
}
