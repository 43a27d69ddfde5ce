import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActualStage, actualStages, type Dialect, dialects } from '../../src/domain/stage.ts'
import { fieldOf } from './data/world.ts'
import { type Lab, labUp } from './lab.ts'
import { findWorld, worldDown, worldPurge } from './world.ts'

/** What a probe must be able to tell the stages apart by. */
interface Seen {
  readonly masUnit: boolean
  readonly masUsers: 'no database' | 'renamed' | 'none' | 'fewer' | 'all' | 'others'
  readonly delegating: boolean
}

const expected: Readonly<Record<ActualStage, Readonly<Record<Dialect, Seen>>>> = {
  absent: same({ masUnit: false, masUsers: 'no database', delegating: false }),
  installed: same({ masUnit: true, masUsers: 'none', delegating: false }),
  partial: {
    'mas-cli': { masUnit: true, masUsers: 'renamed', delegating: false },
    'syn2mas-tool': { masUnit: true, masUsers: 'fewer', delegating: false },
  },
  copied: same({ masUnit: true, masUsers: 'all', delegating: false }),
  live: same({ masUnit: true, masUsers: 'all', delegating: true }),
  inconsistent: same({ masUnit: true, masUsers: 'others', delegating: false }),
}

function same(seen: Seen): Readonly<Record<Dialect, Seen>> {
  return { 'mas-cli': seen, 'syn2mas-tool': seen }
}

async function look(lab: Lab): Promise<Seen> {
  const unit = await lab.root('systemctl is-active matrix-authentication-service')
  const configuration = (await lab.root('cat /matrix/synapse/config/homeserver.yaml')).stdout
  return {
    masUnit: unit.stdout.trim() === 'active',
    masUsers: await masUsers(lab),
    delegating: /^matrix_authentication_service:|^ +msc3861:/m.test(configuration),
  }
}

async function masUsers(lab: Lab): Promise<Seen['masUsers']> {
  const databases = await lab.sql('synapse', 'SELECT datname FROM pg_database')
  if (!databases.flat().includes('matrix_authentication_service')) return 'no database'
  const mas = (query: string) => lab.sql('matrix_authentication_service', query)
  if ((await mas("SELECT to_regclass('syn2mas__users') IS NOT NULL")).flat()[0] === 't') return 'renamed'
  const names = (await mas('SELECT username FROM users')).flat()
  const query = "SELECT split_part(ltrim(name, '@'), ':', 1) FROM users WHERE appservice_id IS NULL"
  const known = new Set((await lab.sql('synapse', query)).flat())
  if (names.length === 0) return 'none'
  if (names.some(name => !known.has(name))) return 'others'
  return names.length < known.size ? 'fewer' : 'all'
}

/** As many as the other tests have: the stages are then made once for all. */
const users = 200

/** `LAB_DIALECTS`: run these only, where time is short. */
const wanted = dialects.filter(dialect => (process.env.LAB_DIALECTS ?? dialect).split(',').includes(dialect))

describe.each(wanted)('a lab of %s', dialect => {
  const name = `lab-test-${dialect}`
  let lab: Lab
  beforeAll(async () => {
    lab = await labUp({ name, dialect, users })
  }, 900_000)
  afterAll(async () => {
    const world = await findWorld(name)
    if (world) await worldPurge(world)
  })

  it.each(actualStages)(
    'reaches stage %s by what makes it, and is put back to it from its snapshot',
    async stage => {
      await lab.reset(stage)
      expect(await look(lab)).toEqual(expected[stage][dialect])
      await lab.root('echo tampered >>/matrix/synapse/config/homeserver.yaml; systemctl stop matrix-synapse')
      await lab.root('touch /etc/systemd/system/matrix-left-behind.timer')
      const start = performance.now()
      await lab.reset(stage)
      const seconds = (performance.now() - start) / 1000
      expect(await look(lab)).toEqual(expected[stage][dialect])
      expect((await lab.root('cat /matrix/synapse/config/homeserver.yaml')).stdout).not.toContain('tampered')
      expect((await lab.root('ls /etc/systemd/system')).stdout).not.toContain('left-behind')
      // Promised are 10 s on an idle machine; a test may share it.
      expect(seconds).toBeLessThan(60)
      console.log(`reset to ${stage} (${dialect}): ${seconds.toFixed(1)} s`)
    },
    900_000,
  )

  it('has accounts whose old tokens work against Synapse and its worker, live and with the built-in login', async () => {
    for (const stage of ['installed', 'live'] as const) {
      await lab.reset(stage)
      const ledger: unknown = JSON.parse(await readFile(lab.ledgerFile, 'utf8'))
      const tokens = fieldOf(ledger, 'tokens')
      const first: unknown = Array.isArray(tokens) ? tokens[0] : undefined
      const token = String(fieldOf(first, 'token'))
      for (const to of ['client', 'synapse', 'worker'] as const) {
        const answer = await lab.data.http({
          to,
          method: 'GET',
          path: '/_matrix/client/v3/account/whoami',
          token,
        })
        expect([stage, to, answer.status, fieldOf(answer.body, 'user_id')]).toEqual([
          stage,
          to,
          200,
          fieldOf(first, 'userId'),
        ])
      }
    }
  }, 900_000)

  it('starts again after it was ended, with all units active and no job left', async () => {
    const world = await findWorld(name)
    if (world === undefined) throw new Error('the lab is gone')
    await worldDown(world)
    lab = await labUp({ name, dialect, users })
    await lab.settle()
    expect((await lab.root('systemctl is-system-running')).stdout.trim()).toBe('running')
  }, 300_000)
})
