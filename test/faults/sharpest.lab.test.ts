import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Dialect } from '../../src/domain/stage.ts'
import { type Operator, operatorOf } from '../migration/lab-operator.ts'
import { allCells, cellId } from './cells.ts'
import { FaultyServer } from './server.ts'

const minutes = 60_000

/** A dozen of the cells of `npm run faults`. */
const chosen: Readonly<Record<Dialect, readonly string[]>> = {
  'mas-cli': [
    'migrate/syn2mas/middle/rebooted',
    'migrate/syn2mas/middle/docker-fails',
    'migrate/syn2mas/middle/syn2mas-dies',
    'migrate/syn2mas/middle/file-by-hand',
    'migrate/start/begin/front-bad-gateway',
    'migrate/syn2mas/middle/state-moved',
    'rollback/files/begin/program-killed',
    'rollback/files/begin/postgres-stopped',
  ],
  'syn2mas-tool': [
    'migrate/syn2mas/middle/syn2mas-outlives',
    'migrate/syn2mas/middle/disk-full',
    'migrate/start/begin/front-no-mas',
    'rollback/files/begin/writes-fail',
  ],
}

describe.each(Object.entries(chosen) as [Dialect, readonly string[]][])(
  'a homeserver in the dialect %s',
  (dialect, ids) => {
    let operator: Operator
    let server: FaultyServer
    beforeAll(async () => {
      operator = await operatorOf(dialect)
      server = await FaultyServer.prepare(operator)
    }, 25 * minutes)
    afterAll(() => operator?.leave())

    it.each(ids)(
      'survives %s',
      async id => {
        const cell = allCells().find(each => cellId(each) === id)
        if (!cell) throw new Error(`there is no cell ${id}`)
        await server.carryOut(cell)
      },
      10 * minutes,
    )
  },
)
