import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { dialects } from '../../src/domain/stage.ts'
import { parseReceipts } from '../../src/migration/rehearsal/receipt.ts'
import { withMasRestarted } from '../../src/migration/rehearsal/restart-mas.ts'
import { withScratch } from '../../src/migration/rehearsal/scratch.ts'
import { masUnit } from '../../src/server/names.ts'
import { serverOver } from '../../src/server/server.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from '../migration/lab-operator.ts'
import { type Look, leftOfOurs, lookAtServer } from '../migration/look-at-server.ts'
import { labSession } from '../server/lab-session.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)

describe.each(dialects)('a rehearsal in the dialect %s', dialect => {
  // Its tool's dry run wants MAS stopped: it is started again, and is the only thing that may have been.
  const restarts = dialect === 'syn2mas-tool' ? 'matrix-authentication-service' : undefined
  let operator: Operator
  let ledger: Ledger
  let before: Look
  beforeAll(async () => {
    operator = await operatorOf(dialect)
    ledger = await operator.begin('installed', 'live')
    before = await lookAtServer(operator.lab, restarts)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  async function expectNoTrace(): Promise<void> {
    const { lab } = operator
    expect(await lookAtServer(lab, restarts)).toEqual(before)
    expect((await lab.root('systemctl is-active matrix-authentication-service')).stdout.trim()).toBe('active')
    expect(await leftOfOurs(lab)).toBe('')
    expect(await operator.ownLogin()).toBe(200)
    expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
    const users = await verifyUsers(ledger, lab.data, { migrated: false, logins: 1, refusals: 0 })
    expect(notOk(users)).toEqual([])
  }
  const newestReceipt = async () =>
    parseReceipts((await operator.lab.root('cat /var/lib/matrix-auth-actions/receipt.json')).stdout)[0]

  it(
    'predicts the migration, and leaves only a receipt that root alone can read',
    async () => {
      const { hosts, receipts, error } = await operator.rehearse()
      expect(error).toBeUndefined()
      const [receipt] = receipts
      const count = (name: string) => ledger.categories.find(category => category.name === name)?.count
      expect(receipt).toMatchObject({
        host: 'matrix.example.test',
        dialect,
        passes: true,
        counts: {
          users: (count('accounts') ?? 0) + ledger.guests,
          passwords: count('passwords'),
          links: count('links'),
        },
      })
      expect(receipt?.findings.filter(finding => finding.severity === 'error')).toEqual([])
      expect(receipt?.expectedWindowSeconds).toBeGreaterThan(4)
      expect(receipt?.command.join(' ')).not.toMatch(/dry-?run/i)
      expect(hosts).toMatchObject([
        {
          host: 'matrix.example.test',
          expectedWindowSeconds: receipt?.expectedWindowSeconds,
          counts: receipt?.counts,
        },
      ])
      expect(hosts[0]?.verdict).toMatch(/^(clean|findings)$/)
      expect(await newestReceipt()).toEqual(receipt)
      expect(
        (await operator.lab.root('stat -c %a:%U /var/lib/matrix-auth-actions/receipt.json')).stdout.trim(),
      ).toBe('600:root')
      await expectNoTrace()
    },
    10 * minutes,
  )

  it(
    'of which the runner was killed is cleaned up by the server itself',
    async () => {
      const { lab } = operator
      const server = serverOver(labSession(lab), dialect)
      const { names } = await server.names(await server.probe())
      const ports = { ...server, clock: systemClock }
      const interrupt = async () => {
        const begun = Promise.withResolvers<string>()
        const interrupted = async (unit: string) => {
          begun.resolve(unit)
          return Promise.withResolvers<never>().promise
        }
        if (dialect === 'mas-cli') void withScratch(ports, names, folder => interrupted(basename(folder)))
        else
          void withMasRestarted(ports, names, async () => {
            await lab.root(`systemctl stop ${masUnit}`)
            return interrupted('matrix-auth-actions-start-mas')
          })
        return begun.promise
      }
      const unit = await interrupt()
      expect(await leftOfOurs(lab)).toContain(`${unit}.timer`)
      // As the timer does it an hour later.
      await lab.root(`systemctl start ${unit}.service; systemctl stop ${unit}.timer
      while systemctl --quiet is-active ${unit}.service; do sleep 0.1; done`)
      await operator.lab.settle()
      await expectNoTrace()
    },
    10 * minutes,
  )

  it(
    'refuses where an account belongs to an unmapped provider, says what to do, and leaves no trace',
    async () => {
      const { lab } = operator
      const link = "('oidc-forgotten', 'somebody', (SELECT min(name) FROM users WHERE password_hash <> ''))"
      await lab.sql(
        'synapse',
        `INSERT INTO user_external_ids (auth_provider, external_id, user_id) VALUES ${link}`,
      )
      try {
        const { hosts, receipts, error } = await operator.rehearse()
        expect(error).toMatchObject({
          reason: 'syn2mas-failed',
          where: 'matrix.example.test',
          message: expect.stringContaining('oidc-forgotten'),
          remedy: expect.stringMatching(/provider/),
        })
        expect(hosts).toMatchObject([{ verdict: 'would-fail' }])
        expect(hosts[0]?.findings).toContainEqual(
          expect.objectContaining({
            severity: 'error',
            host: 'matrix.example.test',
            message: expect.stringContaining('oidc-forgotten'),
          }),
        )
        expect(receipts).toMatchObject([{ passes: false }])
        expect(await newestReceipt()).toMatchObject({ passes: false })
      } finally {
        await lab.sql('synapse', "DELETE FROM user_external_ids WHERE auth_provider = 'oidc-forgotten'")
      }
      await expectNoTrace()
    },
    10 * minutes,
  )
})
