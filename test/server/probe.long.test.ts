import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actualStages, dialects } from '../../src/domain/stage.ts'
import { actualStage } from '../../src/migration/plan/actual-stage.ts'
import { serverSecrets } from '../../src/server/names.ts'
import { probeServer } from '../../src/server/probe.ts'
import type { ServerSession } from '../../src/server/session.ts'
import { openSession } from '../../src/server/ssh-session.ts'
import type { Lab } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { type LabAgent, labAgent } from './lab-agent.ts'

describe.each(dialects)('the probe of a server in the dialect %s', dialect => {
  let lab: Lab
  let agent: LabAgent
  let session: ServerSession

  beforeAll(async () => {
    lab = await labForTests(dialect)
    agent = await labAgent(lab)
    session = await openSession(agent.address, agent)
  })
  afterAll(async () => {
    await session?.close()
    agent?.stop()
  })

  it.each(actualStages)('recognizes the stage %s', async stage => {
    await lab.reset(stage)
    await lab.settle()
    const facts = await probeServer(session, dialect)
    const verdict = actualStage(facts)
    expect(verdict, verdict.why).toMatchObject({ stage })
    expect(facts.synapse).toMatchObject({ exists: true, active: 'active', container: true, enabled: true })
    expect(facts.synapse.accounts).toBe(
      Number((await lab.sql('synapse', 'SELECT count(*) FROM users'))[0]?.[0]),
    )
    expect(facts.synapse.workers.length).toBeGreaterThan(0)
    expect(facts.postgres).toMatchObject({ exists: true, active: 'active', container: true })
    expect(facts.mas.installed).toBe(stage !== 'absent')
  })

  it('changes nothing, in the databases or under /matrix', async () => {
    await lab.reset('installed')
    await lab.settle()
    const state = () =>
      lab.root(
        'find /matrix -path /matrix/postgres/data -prune -o -type f -newermt "@$(cat)" -print | grep -v -e /synapse/storage/ -e media-store',
        String(Math.floor(Date.now() / 1000) - 1),
      )
    const rows = () =>
      lab.sql(
        'synapse',
        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname = 'users'",
      )
    const before = await rows()
    await probeServer(session, dialect)
    expect((await state()).stdout).toBe('')
    expect(await rows()).toEqual(before)
  })

  it('finds the secrets of both configuration files', async () => {
    const secrets = await serverSecrets(session)
    const mas = (await session.readFile('/matrix/matrix-authentication-service/config/config.yaml')) ?? ''
    const encryption = /encryption: *["']?([0-9a-f]{64})/.exec(mas)?.[1]
    expect(encryption).toBeDefined()
    expect(secrets).toContain(encryption)
    expect(secrets.length).toBeGreaterThan(4)
  })
})
