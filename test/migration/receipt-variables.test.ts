import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import type { Host } from '../../src/inventory/inventory.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { boundValues, receiptVariables } from '../../src/migration/rehearsal/receipt-variables.ts'
import { masPaths } from '../../src/rules/facts/doors.ts'
import { checkouts, namesInCheckout } from './names-in-checkout.ts'

/** Not bound by themselves. */
const notBound = [
  // The rehearsal sets them, and the migration runs the same command without them.
  /^matrix_authentication_service_syn2mas_(migrate_)?dry_run$/,
  // Parts of lists that are bound.
  /^matrix_authentication_service_config_(clients|http_listener_web_resources)_custom$/,
  // Synapse's own pool of connections.
  /^matrix_synapse_database_(cp_min|cp_max|txn_limit|keepalives_\w+)$/,
]
const missingIn = (names: Iterable<string>) =>
  [...names].filter(name => !receiptVariables.includes(name) && !notBound.some(pattern => pattern.test(name)))

describe('the list of bound variables', () => {
  test.each(checkouts())('has all that syn2mas and the switch-over read in %s', checkout => {
    const names = namesInCheckout(checkout)
    expect(missingIn(names)).toEqual([])
    expect([...names]).toEqual(
      expect.arrayContaining([
        'matrix_domain',
        'matrix_synapse_version',
        'matrix_synapse_configuration_extension_yaml',
        'matrix_synapse_oidc_providers',
        'matrix_synapse_password_config_pepper',
        'matrix_authentication_service_version',
        'matrix_authentication_service_configuration_extension_yaml',
        'matrix_authentication_service_config_passwords_enabled',
        'matrix_authentication_service_config_passwords_schemes',
        'matrix_authentication_service_config_upstream_oauth2_providers',
      ]),
    )
  })

  test("has every setting of MAS's configuration that the rules know", () => {
    expect(missingIn(masPaths.keys())).toEqual([])
  })

  test('has no name twice', () => {
    expect(new Set(receiptVariables).size).toBe(receiptVariables.length)
  })

  /** What the list lacks for a checkout whose roles have only these files. */
  function missingWith(files: Readonly<Record<string, string>>): readonly string[] {
    const checkout = mkdtempSync(join(tmpdir(), 'receipt-'))
    const roles = ['matrix-authentication-service/defaults/main.yml', 'matrix-synapse/defaults/main.yml']
    try {
      for (const [path, text] of Object.entries({
        ...Object.fromEntries(roles.map(role => [role, ''])),
        ...files,
      })) {
        const file = join(checkout, 'roles/custom', path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
      return missingIn(namesInCheckout(checkout))
    } finally {
      rmSync(checkout, { recursive: true })
    }
  }

  test.each([
    [
      'a setting of MAS',
      'matrix-authentication-service/templates/config.yaml.j2',
      'passwords:\n  hasher: {{ matrix_authentication_service_config_passwords_hasher | to_json }}\n',
      'matrix_authentication_service_config_passwords_hasher',
    ],
    [
      'a condition around providers of Synapse',
      'matrix-synapse/templates/synapse/homeserver.yaml.j2',
      '{% if matrix_synapse_oidc_allowed %}\noidc_providers: []\n{% endif %}\n',
      'matrix_synapse_oidc_allowed',
    ],
    [
      'an option of syn2mas',
      'matrix-authentication-service/defaults/main.yml',
      'matrix_authentication_service_syn2mas_max_users: 5\n',
      'matrix_authentication_service_syn2mas_max_users',
    ],
    [
      'an image',
      'matrix-authentication-service/defaults/main.yml',
      'matrix_authentication_service_container_image_digest: sha256:0\n',
      'matrix_authentication_service_container_image_digest',
    ],
  ])('lacks %s that a later playbook adds, and the derivation finds it', (_, path, text, name) => {
    expect(missingWith({ [path]: text })).toEqual([name])
  })

  test('needs no setting of Synapse that concerns neither accounts nor logins', () => {
    const template = `{% if matrix_synapse_presence_allowed %}
presence:
  enabled: {{ matrix_synapse_presence_new | to_json }}
{% endif %}
allow_guest_access: {{ matrix_synapse_allow_guest_access | to_json }}
max_upload_size: {{ matrix_synapse_max_upload_size_mb }}M
`
    expect(missingWith({ 'matrix-synapse/templates/synapse/homeserver.yaml.j2': template })).toEqual([])
  })
})

const schemes = 'matrix_authentication_service_config_passwords_schemes'
const name = 'matrix.example.test'

function hostWith(vars: string, others: Readonly<Record<string, string>> = {}): Host {
  const files = memoryFiles({
    'inventory/hosts': `[matrix_servers]\n${name}\n`,
    [`inventory/host_vars/${name}/vars.yml`]: vars,
    ...others,
  })
  const host = readInventory('inventory/hosts', files).host(name)
  if (!host) throw new Error('no host')
  return host
}
const empty = hostWith('')
const boundTo = (value: unknown) => boundValues(empty, new Map([[schemes, value]]))[schemes]

describe('the text of a variable', () => {
  test('is the same however Ansible comes to the value', () => {
    const vault = `${schemes}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n`
    const evaluated = new Map<string, unknown>([[schemes, [{ version: 1 }]]])
    expect(boundValues(hostWith(vault), evaluated)).toEqual(
      boundValues(hostWith(`${schemes}: '{{ other }}'`), evaluated),
    )
  })

  test('is the same for keys in another order, at every depth', () => {
    expect(boundTo([{ a: { c: 1, b: 2 }, d: 3 }])).toBe(boundTo([{ d: 3, a: { b: 2, c: 1 } }]))
  })

  test.each<[unknown, unknown]>([
    [true, 'true'],
    [1, '1'],
    [1, true],
    [null, undefined],
    [undefined, ''],
    [[], {}],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [[{ version: 1, algorithm: 'bcrypt' }], [{ version: 1, algorithm: 'argon2id' }]],
    [[{ version: 1 }], [{ version: 1, secret: 'pepper' }]],
    ['(not defined)', undefined],
  ])('differs for %j and %j', (one, other) => {
    expect(boundTo(one)).not.toBe(boundTo(other))
  })

  test('is equal only for equal values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
        expect(boundTo(one) === boundTo(other)).toBe(isSame)
      }),
    )
  })

  test('differs between variables with the same value', () => {
    const values = boundValues(empty, new Map(receiptVariables.map(name => [name, 'same'])))
    expect(new Set(Object.values(values)).size).toBe(receiptVariables.length)
  })

  test('is the text of the inventory where Ansible cannot evaluate it, and never that of a value', () => {
    const written = (source: string) => boundValues(hostWith(`${schemes}: '${source}'`), new Map())[schemes]
    expect(written('{{ a }}')).toBe(written('{{ a }}'))
    expect(written('{{ a }}')).not.toBe(written('{{ b }}'))
    expect(written('{{ a }}')).not.toBe(boundTo('{{ a }}'))
  })

  test('does not change where Ansible cannot evaluate a default and the inventory gets its first encrypted file', () => {
    const vault = { [`inventory/host_vars/${name}/vault.yml`]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }
    expect(boundValues(hostWith('', vault), new Map())).toEqual(boundValues(empty, new Map()))
  })
})

/** Independent of the code under test: lists of pairs in place of objects. */
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return ['list', ...json.map(sorted)]
  if (typeof json !== 'object' || json === null) return Object.is(json, -0) ? 0 : json
  const pairs = Object.entries(json).map(([key, value]) => [key, sorted(value)])
  return ['map', ...pairs.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))]
}
