import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Operator, operatorOf } from '../migration/lab-operator.ts'
import { cellId } from './cells.ts'
import { settings } from './results.ts'
import { FaultyServer } from './server.ts'

const minutes = 60_000
const { dialect, cells, until, results, isElsewhere } = settings()

describe(`a homeserver in the dialect ${dialect}`, () => {
  let operator: Operator
  let server: FaultyServer | undefined
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it.for(cells.map(cell => [cellId(cell), cell] as const))(
    'survives %s',
    { timeout: 15 * minutes },
    async ([id, cell], { skip }) => {
      if (Date.now() > until) skip('there is no time left')
      if (isElsewhere(id)) skip('a run beside this one has it')
      server ??= await FaultyServer.prepare(operator)
      try {
        results.add({ id, ...(await server.carryOut(cell)) })
      } catch (error) {
        server = undefined // The next cell begins with a server that is whole.
        results.add({ id, failure: error instanceof Error ? error.message : String(error) })
        throw error
      }
    },
  )
})
