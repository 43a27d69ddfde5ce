import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dialects } from '../../../src/domain/stage.ts'
import { readCheckout } from '../../../src/playbook/checkout.ts'

const checkout = (dialect: (typeof dialects)[number]) => readCheckout(join(import.meta.dirname, dialect))

it.each(dialects)('reads as a checkout of the dialect %s', async dialect => {
  expect((await checkout(dialect)).dialect).toBe(dialect)
})

it('has the behaviours of either era where a checkout is asked for them', async () => {
  const [older, newer] = await Promise.all([checkout('syn2mas-tool'), checkout('mas-cli')])
  expect(older.capabilities).toMatchObject({ delegatesWhilePrepared: false })
  expect(newer.capabilities).toMatchObject({
    delegatesWhilePrepared: true,
    validatedVersion: 'v2026.05.18.0',
  })
})
