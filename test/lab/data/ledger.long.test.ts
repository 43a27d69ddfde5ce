import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../../src/domain/stage.ts'
import type { Lab } from '../lab.ts'
import { labForTests } from '../playbook/test-lab.ts'
import type { Ledger } from './ledger.ts'
import { countLost } from './lost.ts'
import { type VerifiedRow, verifyLedger, verifyMas, verifyUntouched, verifyUsers } from './verify.ts'
import { wait } from './world.ts'
import { startWriter } from './writer.ts'

const wrong = (rows: readonly VerifiedRow[]): VerifiedRow[] => rows.filter(row => !row.ok)

async function ledgerOf(lab: Lab): Promise<Ledger> {
  return JSON.parse(await readFile(lab.ledgerFile, 'utf8')) as Ledger
}

async function registrationSecretOf(lab: Lab): Promise<string> {
  const { stdout } = await lab.root('cat /matrix/synapse/config/homeserver.yaml')
  const secret = /^registration_shared_secret: *"?([^"\n]+?)"? *$/m.exec(stdout)?.[1]
  if (secret === undefined) throw new Error('homeserver.yaml has no registration_shared_secret')
  return secret
}

describe.each(dialects)('the ledger of a real homeserver, dialect %s', dialect => {
  // The stage `live` is made by the playbook's own tag.
  const locks = dialect === 'syn2mas-tool' ? 'forgotten' : 'kept'
  let lab: Lab
  let ledger: Ledger
  beforeAll(async () => {
    lab = await labForTests(dialect)
    ledger = await ledgerOf(lab)
  })

  it('holds before a migration for all that users have', async () => {
    await lab.reset('installed')
    expect(wrong(await verifyUntouched(ledger, lab.data))).toEqual([])
    const rows = await verifyUsers(ledger, lab.data, { migrated: false, logins: 50, refusals: 5 })
    expect(wrong(rows)).toEqual([])
  })

  it('counts nothing lost for a writer who sees a plain restart', async () => {
    await lab.reset('absent')
    const writer = await startWriter(lab.data, { registrationSecret: await registrationSecretOf(lab) })
    await wait(8_000)
    await lab.root('systemctl restart --no-block matrix-synapse')
    await wait(25_000)
    const report = await writer.stop()
    const losses = await countLost(report, lab.data, { passwordsOf: 'synapse' })
    expect(losses).toMatchObject({
      oldSession: true,
      unclear: 0,
      sessions: { lost: 0 },
      messages: { lost: 0 },
      passwords: { lost: 0 },
    })
    expect(losses.messages.done).toBeGreaterThan(3)
    expect(losses.window.down).toBeGreaterThan(1)
    expect(losses.window.total).toBeUndefined()
  })

  it('holds after a migration, in MAS, in Synapse and for users', async () => {
    await lab.reset('live')
    expect(wrong(await verifyLedger(ledger, lab.data, { locks }))).toEqual([])
  })

  it('names what is missing in MAS and what was touched in Synapse', async () => {
    await lab.reset('live')
    const [sample] = ledger.tokens
    await lab.sql(
      'matrix_authentication_service',
      `UPDATE users SET can_request_admin = false; DELETE FROM compat_access_tokens WHERE access_token = '${sample?.token}';\n`,
    )
    await lab.sql('synapse', `UPDATE users SET password_hash = 'x' WHERE name = '${sample?.userId}';\n`)
    const names = wrong([
      ...(await verifyMas(ledger, lab.data, { locks })),
      ...(await verifyUntouched(ledger, lab.data)),
    ]).map(row => `${row.name}: ${row.actual}`)
    expect(names).toEqual([
      'in MAS: admins: 0',
      expect.stringMatching(/^in MAS: tokens: /),
      "Synapse's other tables: changed: users",
    ])
    await lab.reset('live')
  })
})
