import { beforeAll, describe, expect, it } from 'vitest'
import type { Lab } from '../lab.ts'
import { playbook } from './runs.ts'
import { labForTests } from './test-lab.ts'
import { bothUnits, server, unit } from './units.ts'

const worker = 'matrix-synapse-worker-generic-0'

let lab: Lab
beforeAll(async () => {
  lab = await labForTests('mas-cli')
})

const dependencies = async (name: string, property: string) =>
  (await server(lab, `systemctl show ${name} --property=${property} --value`)).trim().split(' ')

describe('the units of a prepared server', () => {
  beforeAll(async () => {
    await lab.reset('installed')
    await lab.settle()
  })

  it('depend on each other as on a real one', async () => {
    expect(await dependencies('matrix-authentication-service', 'Requires')).toContain(
      'matrix-postgres.service',
    )
    expect(await dependencies('matrix-authentication-service', 'Wants')).toContain('matrix-synapse.service')
    expect(await dependencies('matrix-synapse', 'Requires')).not.toContain(
      'matrix-authentication-service.service',
    )
    expect(await dependencies('matrix-synapse', 'Wants')).toContain(`${worker}.service`)
    expect(await dependencies(worker, 'Requires')).toContain('matrix-synapse.service')
    expect(await dependencies(worker, 'After')).toContain('matrix-synapse.service')
  })

  it('restarts Synapse by the tag start though nothing changed, leaves MAS alone', async () => {
    const before = await Promise.all([
      unit(lab, 'matrix-synapse'),
      unit(lab, 'matrix-authentication-service'),
    ])
    const run = await playbook(lab, ['--tags=start'])
    expect(run.failures).toEqual([])
    const after = await Promise.all([unit(lab, 'matrix-synapse'), unit(lab, 'matrix-authentication-service')])
    expect(after[0].since).not.toBe(before[0].since)
    expect(after[1]).toEqual(before[1])
  })

  it('holds a unit by a condition through start, and the tag start fails on it', async () => {
    const units = ['matrix-synapse', worker]
    await server(
      lab,
      `touch /matrix/hold-test
       for unit in ${units.join(' ')}; do
         install -d /etc/systemd/system/$unit.service.d
         printf '[Unit]\\nConditionPathExists=!/matrix/hold-test\\n' >/etc/systemd/system/$unit.service.d/hold.conf
       done
       systemctl daemon-reload
       systemctl stop matrix-synapse
       systemctl start matrix-synapse`,
    )
    expect((await unit(lab, 'matrix-synapse')).active).toBe('inactive')
    const run = await playbook(lab, ['--tags=start'])
    expect(run.code).toBe(2)
    expect(run.failures.join()).toContain('matrix-synapse.service was not detected to be running')
    expect((await unit(lab, worker)).active).toBe('inactive')
    await server(
      lab,
      `rm /matrix/hold-test /etc/systemd/system/*/hold.conf; systemctl daemon-reload; systemctl start matrix-synapse ${worker}`,
    )
    expect((await unit(lab, worker)).active).toBe('active')
  })
})

describe('the units of a live server', () => {
  beforeAll(async () => {
    await lab.reset('live')
    await lab.settle()
  })

  const status = async (method: 'GET' | 'POST', path: string) =>
    (await fetch(`${lab.synapseUrl}${path}`, { method, headers: { authorization: 'Bearer nobodys-token' } }))
      .status

  it('keep Synapse up, answering 503, while MAS is killed', async () => {
    expect(await status('GET', '/_matrix/client/v3/account/whoami')).toBe(401)
    await server(lab, 'docker kill matrix-authentication-service >/dev/null')
    const during = await fetch(`${lab.synapseUrl}/_matrix/client/v3/account/whoami`, {
      headers: { authorization: 'Bearer another-token' },
    })
    expect(during.status).toBe(503)
    expect((await unit(lab, 'matrix-synapse')).active).toBe('active')
    await server(lab, 'systemctl restart matrix-authentication-service')
  })

  it('stop Synapse with MAS', async () => {
    await lab.reset('live')
    await lab.settle()
    await server(lab, 'systemctl stop matrix-authentication-service')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
    expect((await unit(lab, worker)).active).toBe('inactive')
  })

  it('bring logins to MAS by the labels of the container that runs', async () => {
    await lab.reset('live')
    const flows = await (await fetch(`${lab.synapseUrl}/_matrix/client/v3/login`)).text()
    expect(flows).toContain('m.login.password')
    const direct = await server(
      lab,
      'docker exec matrix-synapse curl -sS -o /dev/null -w %{http_code} http://localhost:8008/_matrix/client/v3/login',
    )
    expect(direct).toBe('404')
  })
})
