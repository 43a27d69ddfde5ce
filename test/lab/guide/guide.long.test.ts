import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../../src/domain/stage.ts'
import type { Ledger } from '../data/ledger.ts'
import { probeTokensOf, startProber, windowOf } from '../data/prober.ts'
import { verifyMas } from '../data/verify.ts'
import type { Lab } from '../lab.ts'
import { labForTests } from '../playbook/test-lab.ts'
import { runGuide } from './run.ts'

describe.each(dialects)('the guide by hand, with the %s playbook', dialect => {
  let lab: Lab
  beforeAll(async () => {
    lab = await labForTests(dialect)
    await lab.reset('installed')
  })

  it('migrates, and leaves Synapse with its built-in login for a long time', async () => {
    const ledger = JSON.parse(await readFile(lab.ledgerFile, 'utf8')) as Ledger
    const [first, ...rest] = probeTokensOf(ledger)
    if (first === undefined) throw new Error('a ledger without tokens')

    const prober = startProber(lab.data, [first, ...rest], 500)
    const { steps, failed } = await runGuide(lab, undefined, { from: 'backup' })
    const probes = await prober.stop()

    const last = steps.at(-1)
    expect(failed, `${last?.stdout.slice(-3000)}${last?.stderr}`).toBeUndefined()
    const migration = steps.find(({ name }) => name === 'migrate')
    const window = windowOf(probes, migration?.startedAt)
    expect(window.total).toBeGreaterThan(5)
    expect(window.ownLogin).toBeGreaterThan(window.down / 2)

    const rows = await verifyMas(ledger, lab.data, { locks: 'forgotten' })
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })
})
