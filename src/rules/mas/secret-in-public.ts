import type { Place } from '../../domain/finding.ts'
import { encryptionSecretVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { embeddedIn, embeddedText, inMas, inSynapse } from '../facts/extensions.ts'
import { inventedSecret } from '../facts/variables.ts'
import { written } from '../facts/written.ts'
import { defineRule, type InventoryContext, live, type Violation } from '../kit/rule.ts'

/** Names of variables and keys that hold a secret, in the playbook's roles, in Ansible and in providers. */
const secretName =
  /(?:^|_)(?:pass|password|passphrase|secret|token|pepper|secrets_encryption|api_hash|(?:secret|private|access|api|encryption|signing)_key|access_key_id)$/
/** A cheap first test: text without one of these words has no such name. */
const secretWord = /pass|secret|token|pepper|_key|api_hash|PRIVATE KEY/
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/
/** Variables whose text is itself YAML or JSON. */
const embeddedName = /_(?:yaml|json)$/
const pem = '-----BEGIN PRIVATE KEY-----'
const vars = `${live}${encryptionSecretVariable}: ${inventedSecret}\n`

export const secretInPublic = defineRule({
  id: 'mas/secret-in-public',
  severity: 'error',
  why: 'The repository is public, and so is everything that was ever committed to it. Scanners find leaked secrets within minutes.',
  remedy:
    'Treat the secret as leaked. Create a new one, and store it in an Ansible Vault or a private repository. On a host that is prepared or live, first read `change/encryption-secret` and `change/generic-secret`. Removing the line does not remove it from the Git history.',
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
      ...[
        'matrix_bridge_mautrix_telegram_api_hash: invented',
        'matrix_user_creator_users_additional:\n  - username: a\n    initial_password: invented',
        `matrix_x_certificate: |\n  ${pem}\n  invented\n`,
        inMas('upstream_oauth2:', '  providers:', '    - client_secret: invented'),
        inSynapse('a: "{{ x }}"', 'turn_shared_secret: invented'),
      ].map(text => ({ vars: text, visibility: 'public' }) as const),
      {
        files: {
          'inventory/hosts':
            '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.7 ansible_ssh_pass=invented\n',
        },
        visibility: 'public',
      },
    ],
    right: [
      vars,
      { vars, visibility: 'private' },
      { vars: `${live}${encryptionSecretVariable}: "{{ vault_mas }}"`, visibility: 'public' },
      { vars: 'matrix_bot_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162', visibility: 'public' },
      {
        vars: inMas('upstream_oauth2:', '  client_secret: "{{ x }}"', '  key: "-----BEGIN PUBLIC KEY-----"'),
        visibility: 'public',
      },
      { vars: 'matrix_x_tokens: 3\nmatrix_x_passport: abc\nmatrix_bypass: abc', visibility: 'public' },
      {
        vars: "matrix_bot_password: ''\nmatrix_synapse_registration_requires_token: true",
        visibility: 'public',
      },
    ],
  },
  checkAll: ({ visibility, repository }: InventoryContext) =>
    visibility === 'public'
      ? written(repository.inventory.hosts.map(host => ({ host })))
          .flatMap(({ definition, about }): Violation[] =>
            secretsOf(definition, repository.files).map(({ what, place }) => ({
              message: `${what} is in plain text in a public repository`,
              place,
              ...about,
            })),
          )
          .toArray()
      : [],
})

interface Secret {
  /** The key or variable, never the value. */
  readonly what: string
  readonly place: Place
}

function secretsOf(definition: Definition, files: FileReader): readonly Secret[] {
  const { name, value } = definition
  if (isSecret(name, value)) return [{ what: `\`${name}\``, place: value.place }]
  return [...within(name, value), ...embedded(definition, files)]
}

function isSecret(name: string, value: Value): boolean {
  if (value.kind === 'string' && privateKey.test(value.value)) return true
  const isText = (value.kind === 'string' && value.value.trim() !== '') || value.kind === 'integer'
  return isText && secretName.test(name)
}

function within(name: string, value: Value, depth = 0): Secret[] {
  if (depth > 5) return []
  if (value.kind === 'list') return value.items.flatMap(item => within(name, item, depth + 1))
  if (value.kind !== 'map') return []
  return value.entries.flatMap(entry =>
    isSecret(entry.key, entry.value)
      ? [{ what: `\`${entry.key}\` in \`${name}\``, place: entry.value.place }]
      : within(name, entry.value, depth + 1),
  )
}

/** Secrets in the text of an extension. */
function embedded(definition: Definition, files: FileReader): readonly Secret[] {
  if (!embeddedName.test(definition.name) || !secretWord.test(embeddedText(definition) ?? '')) return []
  const yaml = embeddedIn(definition, files)
  if (!yaml || 'broken' in yaml || !yaml.document) return []
  return within(definition.name, yaml.document).map(({ what, place }) => ({
    what,
    place: yaml.placeOf(place),
  }))
}
