import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import type { Host } from '../../src/inventory/inventory.ts'
import {
  circumstancesOf,
  readReceipts,
  receiptOf,
  storeReceipt,
} from '../../src/migration/rehearsal/receipt.ts'
import { rehearse } from '../../src/migration/rehearsal/rehearse.ts'
import { doesNotPass, rehearsalDeps } from '../../src/migration/run/rehearsal-deps.ts'
import type { ToolkitError } from '../../src/support/errors.ts'
import { serverFacts } from './facts.ts'
import { RehearsalServer, sideOf } from './rehearsal-server.ts'

const counted =
  '2026-01-02T03:04:05.000006Z  INFO syn2mas::migration:330 10 users migrated (0 skipped) in 0.1s\n'

/** A host without variables. */
const host: Host = {
  name: 'matrix.example.test',
  place: { file: 'inventory/hosts', line: 1, column: 1 },
  groups: [],
  variable: name => ({ name, state: 'absent', overridden: [], hiddenIn: [] }),
  layers: [],
  variableNames: () => new Set(),
}

async function reviewed(evaluated: RehearsalServer['evaluated'] = {}) {
  const server = new RehearsalServer('mas-cli')
  server.evaluated = evaluated
  server.says(0, counted)
  const side = sideOf(server)
  const rehearsal = await rehearse(side)
  const circumstances = await circumstancesOf(side.window, serverFacts(), side.playbook, host)
  await storeReceipt(server, receiptOf(rehearsal, circumstances))
  const settings = { host, receiptMaxAgeHours: 24 }
  return { server, side, deps: rehearsalDeps(side, settings) }
}

test('passes on the reviewed command', async () => {
  const { deps } = await reviewed()
  await deps.checkReceipt(serverFacts())
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:1')
})

test('refuses a syn2mas command that differs from the reviewed one', async () => {
  const { server, deps } = await reviewed()
  await deps.checkReceipt(serverFacts())
  server.syn2masImage = 'image:2'
  await expect(deps.rehearse('r')).rejects.toMatchObject({ reason: 'receipt-differs' })
})

test('without a required receipt, runs the rehearsed command', async () => {
  const { server, deps } = await reviewed()
  server.syn2masImage = 'image:2'
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:2')
})

test('passes after the rehearsal of another change, but on no other command', async () => {
  const { server, deps } = await reviewed()
  const [receipt] = await readReceipts(server)
  if (!receipt) throw new Error('no receipt')
  await storeReceipt(server, { ...receipt, commandDigest: 'f'.repeat(64) })
  await storeReceipt(server, { ...receipt, playbook: { digest: 'f'.repeat(64) } })
  await deps.checkReceipt(serverFacts())
  expect((await deps.rehearse('r')).command.join(' ')).toContain('image:1')
  server.syn2masImage = 'image:2'
  await expect(deps.rehearse('r')).rejects.toMatchObject({ reason: 'receipt-differs' })
})

test('the error of a rehearsal that does not pass says what to do about what stops it, not about what is accepted', async () => {
  const server = new RehearsalServer('mas-cli')
  server.says(0, counted)
  const error: Finding = {
    id: 'mas/a',
    severity: 'error',
    message: 'A is wrong.',
    why: 'x',
    remedy: 'Fix A.',
  }
  const accepted = { reason: 'x', place: host.place }
  const rehearsal = await rehearse({
    ...sideOf(server),
    decided: async () => [
      { ...error, id: 'mas/b', message: 'B is wrong.', remedy: 'Fix B.', accepted },
      error,
    ],
  })
  expect(rehearsal.passes).toBe(false)
  const { message, remedy } = doesNotPass(rehearsal)
  expect([message.includes('A is wrong.'), message.includes('B is wrong.'), remedy]).toEqual([
    true,
    false,
    'Fix A.',
  ])
})

test('refuses a missing receipt, and one with other images', async () => {
  const { server, deps } = await reviewed()
  await expect(
    deps.checkReceipt(serverFacts({ synapse: { image: 'localhost/other:1' } })),
  ).rejects.toMatchObject({
    reason: 'receipt-differs',
  })
  server.files.clear()
  await expect(deps.checkReceipt(serverFacts())).rejects.toMatchObject({ reason: 'receipt-missing' })
})

test('a rehearsal that does not pass stops the migration', async () => {
  const { server, deps } = await reviewed()
  server.says(1, 'Error: could not connect to the database\n')
  const { failure, lastLines } = await deps.rehearse('r')
  expect(failure).toMatchObject({ reason: 'syn2mas-failed' })
  expect(lastLines).toEqual(['Error: could not connect to the database'])
})

describe('a change of the vars after the review', () => {
  const pepper = 'matrix_synapse_password_config_pepper'
  const providers = 'matrix_authentication_service_config_upstream_oauth2_providers'
  const base = {
    matrix_domain: 'example.test',
    [pepper]: 'invented',
    matrix_authentication_service_config_passwords_enabled: true,
    [providers]: [{ id: '01J', human_name: 'Keycloak', scope: 'openid' }],
    matrix_synapse_configuration_extension: { enable_set_displayname: true },
    matrix_synapse_version: 'v1.150.0',
    matrix_synapse_container_image_final: undefined,
  }
  const answerAfter = async (change: Readonly<Record<string, unknown>>) => {
    const { server, deps } = await reviewed(base)
    server.evaluated = { ...base, ...change }
    return deps.checkReceipt(serverFacts()).then(
      () => 'valid',
      ({ reason, message }: ToolkitError) => `${reason}: ${message.split('\n')[0]}`,
    )
  }
  const changed = (name: string) =>
    `receipt-differs: The receipt of the rehearsal is not valid for this migration: the variable ${name} has changed.`

  test.each([
    ['a secret that differs in the vault', pepper, 'rotated'],
    ['a name that Jinja takes from another variable', 'matrix_domain', 'other.example.test'],
    ['passwords that are off', 'matrix_authentication_service_config_passwords_enabled', false],
    ['a text for a boolean', 'matrix_authentication_service_config_passwords_enabled', 'true'],
    ['a provider with another scope', providers, [{ id: '01J', human_name: 'Keycloak', scope: 'email' }]],
    ['a provider that is gone', providers, []],
    ['an extension', 'matrix_synapse_configuration_extension', { enable_set_displayname: false }],
    ['a version that a group pins', 'matrix_synapse_version', 'v1.142.0'],
    ['a variable that was not set', 'matrix_authentication_service_config_clients', [{ client_id: 'a' }]],
    ['a value that Ansible can evaluate now', 'matrix_synapse_container_image_final', 'image:1'],
  ])('is refused: %s', async (_, name, value) => {
    expect(await answerAfter({ [name]: value })).toBe(changed(name))
  })

  test.each([
    ['nothing', {}],
    ['a variable that syn2mas and the switch-over do not read', { matrix_synapse_max_upload_size_mb: 500 }],
    ['the order of keys', { [providers]: [{ scope: 'openid', id: '01J', human_name: 'Keycloak' }] }],
    ['a bridge', { matrix_mautrix_signal_enabled: true }],
  ])('keeps the receipt valid: %s', async (_, change) => {
    expect(await answerAfter(change)).toBe('valid')
  })

  test('keeps the receipt valid if the same values move to a vault', async () => {
    const { matrix_synapse_container_image_final: _, ...known } = base
    const { side } = await reviewed(known)
    const place = { file: 'vault.yml', line: 1, column: 1 }
    const inVault: Host = {
      ...host,
      variable: name => {
        const value = { kind: 'vault' as const, place }
        const definition = { name, namePlace: place, value, source: 'host_vars' as const }
        return { name, state: 'known', value, definition, overridden: [], hiddenIn: [] }
      },
    }
    const deps = rehearsalDeps(side, { host: inVault, receiptMaxAgeHours: 24 })
    expect(await deps.checkReceipt(serverFacts())).toEqual([])
  })

  test('leaves no secret in the receipt, and no two variables with the same HMAC', async () => {
    const { server } = await reviewed({ ...base, matrix_homeserver_generic_secret_key: 'invented' })
    const [receipt] = await readReceipts(server)
    expect(JSON.stringify(receipt)).not.toContain('invented')
    const hmacs = Object.values(receipt?.variables ?? {})
    expect(new Set(hmacs).size).toBe(hmacs.length)
  })

  test('is not decided by half of the values: Ansible that was ended is an error', async () => {
    const { server, deps } = await reviewed(base)
    server.evaluationEnds = false
    await expect(deps.checkReceipt(serverFacts())).rejects.toMatchObject({ reason: 'playbook-failed' })
  })
})
