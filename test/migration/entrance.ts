import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { steps } from '../../src/domain/steps.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
const front = readFileSync(join(import.meta.dirname, '../lab/target/front.py'), 'utf8')

/** Migrates behind a front that breaks in the window in each of these ways, and behind one that does not. */
export function proveThroughEntrance(modes: readonly string[]): void {
  describe('the proofs of a migration', () => {
    let operator: Operator
    let ledger: Ledger
    beforeAll(async () => {
      operator = await operatorOf('mas-cli')
    }, 20 * minutes)
    afterAll(async () => {
      await operator?.lab.root('systemctl stop lab-front; rm -f /run/lab-front*')
      operator?.leave()
    })

    const set = (mode: string) => operator.lab.root(`echo ${mode} >/run/lab-front`)

    async function begin(): Promise<void> {
      ledger = await operator.readyToMigrate()
      const { lab } = operator
      await lab.root('cat >/run/front.py', front)
      await set('fine')
      const started = await lab.root(
        'systemctl stop lab-front 2>/dev/null; systemd-run --quiet --unit=lab-front python3 /run/front.py; sleep 1; systemctl is-active lab-front',
      )
      expect(started.stdout.trim()).toBe('active')
    }

    it.each(modes)(
      'see a public address that is broken in the window (%s), though all is well behind it: the server restores',
      async mode => {
        await begin()
        const running = operator.run('migrate', undefined, { maxDowntime: 30 })
        await vi.waitFor(() => expect(operator.lines.join('\n')).toContain(steps.stop), 5 * minutes)
        await set(mode)
        const { report } = await running
        expect(report).toMatchObject({ outcome: 'restored' })
        await operator.lab.settle()
        expect(await operator.ownLogin()).toBe(200)
        expect(await leftOfOurs(operator.lab)).toBe('')
        expect(notOk(await verifyUntouched(ledger, operator.lab.data))).toEqual([])
      },
      15 * minutes,
    )

    it(
      'go through the public address where the server reaches it',
      async () => {
        await begin()
        const { report, error } = await operator.run('migrate')
        expect(error?.describe()).toBeUndefined()
        expect(report?.outcome).toBe('migrated')
        expect(report?.warnings.filter(warning => warning.includes('public address'))).toEqual([])
        const { stdout } = await operator.lab.root('cat /var/lib/matrix-auth-actions/journal/*')
        expect(stdout).toContain('"entrance":true')
        expect(notOk(await verifyLedger(ledger, operator.lab.data))).toEqual([])
      },
      15 * minutes,
    )
  })
}
