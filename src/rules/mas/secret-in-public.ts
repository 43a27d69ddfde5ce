import { entryOf, type Value } from '../../inventory/value.ts'
import { defineRule, type InventoryContext, type Offence } from '../rule.ts'
import { live } from '../stages.ts'
import { written } from '../written.ts'
import { encryptionSecretVariable, inventedSecret } from './encryption-secret.ts'

const secretName =
  /(?:_password|_secret|_token|_secret_key|_pepper|_private_key|_passphrase|_access_key|_api_key|_secrets_encryption)$/
const keyNames = new Set(['client_secret', 'secret', 'password', 'private_key', 'secret_key'])
const vars = `${live}${encryptionSecretVariable}: ${inventedSecret}\n`

export const secretInPublic = defineRule({
  id: 'mas/secret-in-public',
  severity: 'error',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'The repository is public, and so is everything that was ever committed to it: programs that look for secrets find one within minutes.',
  remedy:
    'Take it for known: make a new one, and put that into an Ansible Vault or a private repository. Removing the line does not remove it from the history.',
  examples: {
    wrong: [
      { vars, visibility: 'public' },
      { vars: 'matrix_homeserver_generic_secret_key: invented', visibility: 'public' },
      {
        vars: 'matrix_synapse_ext_password_provider_shared_secret_auth_shared_secret: invented',
        visibility: 'public',
      },
      {
        vars: 'matrix_synapse_oidc_providers:\n  - idp_id: a\n    client_secret: invented',
        visibility: 'public',
      },
    ],
    right: [
      vars,
      { vars, visibility: 'private' },
      { vars: `${live}${encryptionSecretVariable}: "{{ vault_mas }}"`, visibility: 'public' },
      { vars: 'matrix_bot_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162', visibility: 'public' },
      {
        vars: "matrix_bot_password: ''\nmatrix_synapse_registration_requires_token: true",
        visibility: 'public',
      },
    ],
  },
  checkAll: ({ repository, visibility }: InventoryContext) =>
    visibility === 'public'
      ? [...written(repository.inventory.hosts.map(host => ({ host })))].flatMap(
          ({ definition: { name, value }, about }): Offence[] => [
            ...(secretName.test(name) && isText(value)
              ? [{ message: `\`${name}\` stands in a public repository`, place: value.place, ...about }]
              : []),
            ...within(value).map(({ key, place }) => ({
              message: `\`${key}\` in \`${name}\` stands in a public repository`,
              place,
              ...about,
            })),
          ],
        )
      : [],
})

function isText(value: Value): boolean {
  return (value.kind === 'string' && value.value.trim() !== '') || value.kind === 'integer'
}

function within(value: Value, depth = 0): { key: string; place: Value['place'] }[] {
  if (depth > 5) return []
  if (value.kind === 'list') return value.items.flatMap(item => within(item, depth + 1))
  if (value.kind !== 'map') return []
  const own = [...keyNames].flatMap(key => {
    const entry = entryOf(value, key)
    return entry && isText(entry.value) ? [{ key, place: entry.value.place }] : []
  })
  return [...own, ...value.entries.flatMap(entry => within(entry.value, depth + 1))]
}
