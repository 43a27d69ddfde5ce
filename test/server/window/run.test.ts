import { renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, vi } from 'vitest'
import type { Fault } from './programs.ts'
import { Sandbox, test } from './sandbox.ts'

const steps = (box: Sandbox) => box.journal().flatMap(({ event, step }) => (event === 'done' ? [step] : []))

/** The number of the first or the last call with this text in a migration without faults. */
async function callIn(text: string, which: 'first' | 'last' = 'first'): Promise<number> {
  const undisturbed = await Sandbox.create()
  await undisturbed.whole()
  undisturbed.remove()
  const { log } = undisturbed.world
  const calls = log.flatMap((each, index) => (each.includes(text) ? [index + 1] : []))
  return calls.at(which === 'first' ? 0 : -1) ?? 0
}

describe.concurrent('a migration on the server', () => {
  test('runs every step in order, ends as migrated, and leaves nothing', async ({ box }) => {
    await box.whole()
    expect(box.outcome()).toBe('migrated')
    expect(steps(box)).toEqual(['accounts', 'check', 'stop', 'syn2mas', 'files', 'start', 'answer', 'prove'])
    expect(box.settled).toBe('live')
    expect(box.leftovers).toEqual([])
    expect(box.journal().at(-1)?.event).toBe('closed')
  })

  test('tells since when users were on MAS: what they did before the end counts in a rollback', async ({
    box,
  }) => {
    await box.whole()
    const { migration } = await box.window.facts()
    expect(migration?.at).toBe(box.journal().find(({ step }) => step === 'start')?.at)
  })

  test('writes no password, token or secret into its journal', async ({ box }) => {
    await box.whole()
    expect(box.journalText()).not.toMatch(/s3cret|auth-actions-r1\/\d|password"/)
  })

  test('tells the runner what it does while it does it', async ({ box }) => {
    await box.whole()
    const seen: string[] = []
    await box.window.follow(box.run, 3, ({ seq }) => seen.push(String(seq)))
    expect(seen[0]).toBe('4')
    expect(seen).toHaveLength(box.journal().length - 3)
  })

  test.for([
    [
      'mas-cli',
      'INFO progress migrating devices: 42745 (0 skipped) /~50002 (~85.5%)',
      { table: 'devices', rows: 42_745, of: 50_002 },
    ],
    [
      'the Node tool',
      '[INFO] migrate - Migrated user @bob:example.test',
      { table: 'users', rows: 1, of: 10 },
    ],
  ] as const)('tells how far syn2mas is: %s', async ([, line, told], { box }) => {
    await box.whole({ syn2mas: { command: ['bash', '-c', `echo '${line}'; sleep 1.5; docker run`] } })
    expect(box.journal().flatMap(({ data }) => (data?.table ? [data] : []))).toEqual([told])
  })

  test('loses no line of its journal where somebody else wrote half a line between two', async ({ box }) => {
    const half = `printf %s '{"seq":' >> ${box.state}/journal/${box.run}`
    await box.whole({ syn2mas: { command: ['bash', '-c', `${half}; docker run`] } })
    expect(box.journalText()).toContain('\n{"seq":\n{"seq":')
  })

  test('gives up a request that gets no answer soon, and waits longer the next time', async ({ box }) => {
    box.fault({ stuckLive: 3 })
    await box.whole()
    expect(box.stuck).toEqual([0.5, 1, 2])
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test.for([
    ['fails', { syn2mas: 'fails' }, 60, 'syn2mas failed (exit code 1)'],
    ['migrates only a part', { syn2mas: 'half' }, 60, 'users: 3 of 10'],
    ['hangs', { syn2mas: 'hangs' }, 12, 'was over during the step `syn2mas`'],
  ] as const)('restores where syn2mas %s', async ([, fault, maxDowntime, reason], { box }) => {
    box.fault(fault)
    await box.whole({ maxDowntime })
    expect(box.outcome()).toBe('restored')
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(reason)
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test.for([
    ['a worker runs on', { runsOn: 'worker-a' }, 'still running after the stop: worker-a'],
    [
      'systemd would start what is held',
      { holdIgnored: true },
      'the hold does not prevent the start of matrix-synapse, worker-a',
    ],
  ] as const)('restores before syn2mas begins where %s', async ([, fault, reason], { box }) => {
    box.fault(fault)
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.journalText()).toContain('"failed"'), 60_000)
    box.fault({})
    await running
    expect(box.outcome()).toBe('restored')
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toBe(reason)
    expect(box.world.log.filter(each => each.startsWith('docker run'))).toEqual([])
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('restores after the longest allowed downtime, and counts what users lose by that', async ({ box }) => {
    box.fault({ synapseNeverAnswersLive: true })
    // Long enough for a busy machine to start MAS.
    await box.whole({ maxDowntime: 15 })
    expect(box.journal().find(({ event }) => event === 'end')?.data).toMatchObject({
      outcome: 'restored',
      lost: { sessions: 4 },
    })
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('empties MAS only when a syn2mas that outlived the program is gone', async ({ box }) => {
    box.fault({ syn2mas: 'hangs' })
    await box.prepare()
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    child.kill('SIGKILL')
    // From here the calls are: docker rm (fails), the restore, docker rm again before MAS is emptied.
    const { calls } = box.world
    box.fault({ calls: [{ call: calls + 1, kind: 'fail' }] })
    await box.unit()
    expect(box.world.log.slice(calls).filter(each => each.startsWith('docker rm'))).toHaveLength(2)
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('restores after the longest allowed downtime where a call does not return, too', async ({ box }) => {
    await box.prepare({ maxDowntime: 2 })
    box.fault({ hangs: 'pg_stat_activity' })
    await box.unit()
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toBe(
      '`max-downtime` (2 s) was over during the step `stop`',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('waits for a PostgreSQL that cannot start, for as long as it takes', async ({ box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    box.fault({ postgresDown: [0, 1_000_000] })
    await vi.waitFor(() => expect(box.journalText()).toContain('"failed"'), 30_000)
    await new Promise(resolve => setTimeout(resolve, 2000))
    expect(box.outcome()).toBeUndefined()
    box.fault({})
    await running
    expect(box.settled).toBe('built-in')
    expect(box.leftovers).toEqual([])
  })

  test('starts again what failed, and does not wait for systemd to do it', async ({ box }) => {
    const start = await callIn('reset-failed')
    box.fault({ postgresDown: [start, start + 20] })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('starts a PostgreSQL that died, and does not wait for systemd to do it', async ({ box }) => {
    box.fault({ postgresDies: await callIn('reset-failed') })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('reloads the companion also where a look at the workers fails once', async ({ box }) => {
    const look = (await callIn('reload companion', 'last')) - 1
    box.fault({ calls: [{ call: look, kind: 'fail' }] })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('does not stop Synapse where the companion could not be reloaded afterwards', async ({ box }) => {
    await box.prepare()
    box.world.units['worker-a'] = false
    await box.unit()
    const { reason } = box.journal().find(({ event }) => event === 'failed')?.data ?? {}
    expect([box.outcome(), reason]).toEqual(['abandoned', 'companion cannot be reloaded without worker-a'])
  })

  test('starts a companion that ended because it found no worker', async ({ box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    box.world.units.companion = false
    await running
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('keeps its journal where the folder is replaced meanwhile', async ({ box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    renameSync(`${box.state}/journal`, `${box.state}/moved`)
    symlinkSync(`${box.state}/backup`, `${box.state}/journal`)
    await running
    unlinkSync(`${box.state}/journal`)
    renameSync(`${box.state}/moved`, `${box.state}/journal`)
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('does not stop Synapse where a page of MAS cannot be asked for', async ({ box }) => {
    box.fault({ postgresDown: [0, 1_000_000] })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['abandoned', 'built-in', []])
  })

  test('restores where the redirect to a provider is worse than before', async ({ box }) => {
    box.fault({ providerFails: Number.POSITIVE_INFINITY })
    await box.whole()
    const proofs = box.journal().flatMap(({ event, data }) => (event === 'progress' && data?.proofs) || [])
    expect(proofs).toContainEqual(expect.objectContaining({ result: 'fails' }))
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(
      '/upstream/authorize/01HFVBY12TMNTYTBV800000000: HTTP 502 instead of HTTP 303',
    )
    const at = (event: string, step?: string) =>
      box.journal().find(entry => entry.event === event && entry.step === step)?.uptime ?? 0
    // Users had a homeserver while the proofs ran.
    const [whole, served] = [at('end') - at('begin', 'stop'), at('failed') - at('done', 'answer')]
    const { downSeconds } = box.journal().find(({ event }) => event === 'end')?.data ?? {}
    expect(Number(downSeconds)).toBeGreaterThan(whole - served - 0.5)
    expect(Number(downSeconds)).toBeLessThanOrEqual(whole - served + 0.001)
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('asks again where docker does not answer in time', async ({ box }) => {
    box.fault({ dockerSlowLive: true })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('restores where a worker cannot start with the new configuration', async ({ box }) => {
    box.fault({ workerEndsLive: true })
    await box.whole({ maxDowntime: 12 })
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(
      'was over during the step `answer`',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('restores where the unit of a worker was removed meanwhile', async ({ box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    box.fault({ syn2mas: 'fails', removed: 'worker-a' })
    await running
    const { units } = box.world
    expect([box.outcome(), units['matrix-synapse'], units['worker-a']]).toEqual(['restored', true, false])
    expect(box.leftovers).toEqual([])
  })

  test('starts all other services where the unit of MAS was removed meanwhile, and ends', async ({ box }) => {
    box.fault({ syn2mas: 'fails', removed: 'mas' })
    await box.whole()
    expect(box.outcome()).toBe('restored')
    expect(box.served).toBe('built-in')
    expect(box.world.units).toMatchObject({ 'matrix-synapse': true, 'worker-a': true })
    expect(box.leftovers).toEqual([])
  })

  test('starts Synapse at once where a worker could not be stopped, as no file was changed', async ({
    box,
  }) => {
    box.fault({ runsOn: 'worker-a' })
    await box.whole()
    expect(box.outcome()).toBe('restored')
    expect(box.world.log.filter(call => /systemctl stop .*synapse/.test(call))).toHaveLength(1)
    expect(box.leftovers).toEqual([])
  })

  test('is not undone by one failure of a login provider', async ({ box }) => {
    box.fault({ providerFails: 1 })
    await box.whole()
    expect(box.outcome()).toBe('migrated')
  })

  test('restarts the other services once where its end cannot be written', async ({ box }) => {
    await box.prepare({ units: { ...box.plan().units, restart: ['matrix-client-element'] } })
    const child = box.start(['prlimit', '--fsize=2700:', ...box.program()])
    await vi.waitFor(() => expect(box.world.log.join('\n')).toContain('try-restart'), 60_000)
    await sleep(12_000)
    child.kill('SIGKILL')
    expect(box.outcome()).toBeUndefined()
    expect(box.served).toBe('built-in')
    expect(box.world.log.filter(call => call.includes('try-restart'))).toHaveLength(1)
  })

  test('does not stop Synapse where the address that a restore waits for has no answer', async ({ box }) => {
    box.fault({ clientAway: true })
    await box.whole()
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toBe(
      'before anything was changed, http://client/_matrix/client/versions had no answer inside the container network',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['abandoned', 'built-in', []])
  })

  test('proves a new session where MAS takes no passwords', async ({ box }) => {
    box.fault({ noPasswordsMas: true })
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('restores where a worker does not accept an old session', async ({ box }) => {
    box.fault({ workerRejectsLive: true })
    await box.whole()
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(
      'workers respond (http://worker-a/whoami HTTP 401)',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('restores where somebody else changes a file after the start', async ({ box }) => {
    await box.prepare()
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.journalText()).toContain('"answer"'), 30_000)
    writeFileSync(box.labels, 'by hand\n')
    await new Promise(resolve => child.on('exit', resolve))
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(
      'labels changed since this run installed it',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('never touches an account that it did not make', async ({ box }) => {
    await box.whole()
    expect(box.world.accounts['auth-actions-bob']).toEqual({ admin: false, active: true })
  })
})

describe.concurrent('a rollback', () => {
  test('puts back what the migration replaced, proves it, and empties MAS', async ({ box }) => {
    await box.whole()
    const files = await box.window.mirror('r1')
    await box.whole({ kind: 'rollback', files, syn2mas: null }, 'r2')
    expect(box.outcome('r2')).toBe('rolled-back')
    const ends = [...box.journal('r1'), ...box.journal('r2')].filter(({ event }) => event === 'end')
    expect(ends.map(({ data }) => data?.lost)).toEqual([undefined, { sessions: 4 }])
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('is undone if no user can log in with a password afterwards, and then waits for MAS', async ({
    box,
  }) => {
    await box.whole()
    box.fault({ noPasswordsBuiltIn: true, masSilent: 3 })
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect(box.journal('r2').find(({ event }) => event === 'failed')?.data?.reason).toBe(
      'these proofs failed: a new session can write data (no session was created)',
    )
    expect(box.silent).toBe(3)
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['restored', 'live', []])
  })

  test('succeeds if MAS does not answer, so that it is unknown whether MAS took passwords', async ({
    box,
  }) => {
    await box.whole()
    box.fault({ noPasswordsBuiltIn: true, masNeverAnswers: true })
    await box.whole(
      { kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null, maxDowntime: 20 },
      'r2',
    )
    expect(box.outcome('r2')).toBe('rolled-back')
  })

  test.for<[string, Fault, string[]]>([
    ['Synapse does not run', {}, ['matrix-synapse']],
    ['Synapse does not answer', { synapseNeverAnswersLive: true }, []],
  ])('brings users back where %s since the migration', async ([, fault, down], { box }) => {
    await box.whole()
    const files = await box.window.mirror('r1')
    box.fault(fault)
    for (const unit of down) box.world.units[unit] = false
    await box.whole({ kind: 'rollback', files, syn2mas: null }, 'r2')
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['rolled-back', 'built-in', []])
  })

  test('is undone also where Synapse did not answer before it', async ({ box }) => {
    await box.whole()
    const files = await box.window.mirror('r1')
    box.fault({ synapseNeverAnswersLive: true, providerLost: 'oidc-keycloak' })
    await box.whole({ kind: 'rollback', files, syn2mas: null }, 'r2')
    expect([box.outcome('r2'), box.served, box.leftovers]).toEqual(['restored', 'live', []])
  })

  test('is undone where accounts would lose their only login', async ({ box }) => {
    await box.whole()
    box.fault({ providerLost: 'oidc-keycloak' })
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect(box.journal('r2').find(({ event }) => event === 'failed')?.data?.reason).toContain(
      'Synapse does not offer oidc-keycloak (23 accounts)',
    )
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['restored', 'live', []])
  })

  test('waits for a worker that is being started again', async ({ box }) => {
    await box.whole()
    box.fault({ workerAwayBuiltIn: 3 })
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['rolled-back', 'built-in', []])
  })

  test('can be repeated with the same files where the server restored it', async ({ box }) => {
    await box.whole()
    const rollback = async (run: string) => {
      const { migration } = await box.window.facts()
      await box.whole(
        { kind: 'rollback', files: await box.window.mirror(migration?.run ?? ''), syn2mas: null },
        run,
      )
    }
    box.fault({ calls: [{ call: box.world.calls + 14, kind: 'kill-before' }] })
    await rollback('r2')
    expect([box.outcome('r2'), box.settled]).toEqual(['restored', 'live'])
    await rollback('r3')
    expect([box.outcome('r3'), box.settled]).toEqual(['rolled-back', 'built-in'])
    expect((await box.window.facts()).migration).toBeUndefined()
  })

  test('is refused where a file changed since the migration', async ({ box }) => {
    await box.whole()
    writeFileSync(box.labels, 'deployed since\n')
    await expect(box.window.mirror('r1')).rejects.toThrow('changed since the migration')
  })
})
