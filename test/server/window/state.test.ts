import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, vi } from 'vitest'
import { type Sandbox, test } from './sandbox.ts'

/** As a person starts it. */
const tool = (box: Sandbox, ...args: string[]) => box.execute([`${box.state}/matrix-auth-actions`, ...args])

describe.concurrent('the folder of a run', () => {
  test.for<[string, (run: string) => void]>([
    ['the manifest is missing', run => unlinkSync(`${run}/manifest.json`)],
    ['the manifest is torn', run => writeFileSync(`${run}/manifest.json`, '{"plan')],
    ['a link was added', run => symlinkSync('/etc/passwd', `${run}/after/9`)],
    ['a file was changed', run => writeFileSync(`${run}/after/0`, 'other\n')],
    ['a file was added', run => writeFileSync(`${run}/before/9`, 'more\n')],
  ])('does not start a run where %s', async ([, spoil], { box }) => {
    await box.prepare()
    spoil(`${box.state}/runs/${box.run}`)
    await expect(box.window.commit(box.run)).rejects.toMatchObject({
      message: expect.stringContaining('is incomplete, or was changed'),
    })
    expect([box.journalText(), box.settled]).toEqual(['', 'built-in'])
  })

  test('of which the unit failed is no longer listed by systemd after the next run', async ({ box }) => {
    await box.whole()
    box.world.failed.push('matrix-auth-actions@r1')
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect(box.leftovers).toEqual([])
  })

  test('is not written where a file is another one than was rendered, or is a link', async ({ box }) => {
    const plan = box.plan()
    await box.window.lock('owner', box.run, 120)
    writeFileSync(box.labels, 'changed since\n')
    await expect(box.window.prepare(box.run, plan)).rejects.toThrow(
      'changed since its new content was prepared',
    )
    rmSync(box.labels)
    mkdirSync(box.labels)
    const files = plan.files.map(file => ({ ...file, beforeSha256: null })).slice(1)
    await expect(box.window.prepare(box.run, { ...plan, files })).rejects.toThrow('or a folder')
    rmSync(box.labels, { recursive: true })
    symlinkSync('/etc/passwd', box.labels)
    await expect(box.window.prepare(box.run, plan)).rejects.toThrow('is a symbolic link')
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain('live')
  })

  test('may be readable for others, and not writable', async ({ box }) => {
    await box.prepare()
    for (const folder of [box.state, `${box.state}/backup`]) chmodSync(folder, 0o755)
    await box.whole()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
    chmodSync(box.state, 0o775)
    await expect(box.window.lock('owner', 'r2', 60)).rejects.toThrow(
      `run \`chown root:root ${box.state}; chmod go-w ${box.state}\``,
    )
  })

  test('can be discarded before the commit, and not after it', async ({ box }) => {
    await box.prepare()
    await box.window.discard(box.run)
    expect([existsSync(`${box.state}/runs/${box.run}`), box.leftovers]).toEqual([false, []])
    await box.whole()
    await expect(box.window.discard(box.run)).rejects.toThrow('was committed')
  })

  test('is removed by the next run where the runner died before the commit', async ({ box }) => {
    await box.prepare()
    await box.window.unlock(box.run)
    await box.prepare({}, 'r2')
    expect(existsSync(`${box.state}/runs/${box.run}`)).toBe(false)
    await box.window.commit('r2')
    await box.unit('r2')
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('is not discarded by a runner that woke up after another run took the lock', async ({ box }) => {
    await box.prepare()
    await box.window.unlock(box.run)
    await box.prepare({}, 'r2')
    const left = box.leftovers
    await expect(box.window.discard(box.run)).rejects.toThrow('has taken the lock over')
    expect(box.leftovers).toEqual(left)
  })

  test('is not written while an earlier run has not ended', async ({ box }) => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, 10).join('\n')}\n`)
    await expect(box.prepare({}, 'r2')).rejects.toThrow('the run r1 is unfinished')
  })

  test('leaves nothing where it could not be written to the end', async ({ box }) => {
    for (const call of [1, 2]) {
      await box.window.lock('owner', box.run, 120)
      box.fault({ calls: [{ call: box.world.calls + call, kind: 'fail' }] })
      await box.window.prepare(box.run, box.plan()).catch(() => box.window.discard(box.run))
      expect([call, box.leftovers]).toEqual([call, []])
    }
  })

  test('is removed with what a killed runner was writing', async ({ box }) => {
    await box.prepare()
    const reserve = `${box.folder}/.matrix-auth-actions-${box.run}`
    const dropIn = `${box.systemd}/worker-a.service.d/90-matrix-auth-actions-hold.conf`
    for (const path of [reserve, dropIn]) writeFileSync(`${path}.auth-actions`, 'half')
    await box.window.discard(box.run)
    expect(box.leftovers).toEqual([])
  })

  test('is not written into by another run', async ({ box }) => {
    await box.prepare()
    await expect(box.window.prepare('r2', box.plan())).rejects.toMatchObject({ reason: 'lock-held' })
  })
})

describe.concurrent('the state folder', () => {
  test('belongs to root alone, and is no link', async ({ box }) => {
    symlinkSync('/tmp', box.state)
    await expect(box.window.lock('a', 'r1', 60)).rejects.toThrow('not a folder that only root can change')
  })

  test('is not made by a look at the server', async ({ box }) => {
    expect(await box.window.facts()).toMatchObject({ hold: false, window: false, backups: [] })
    expect(existsSync(box.state)).toBe(false)
  })
})

describe.concurrent('the lock', () => {
  test('goes to one of several runs at once', async ({ box }) => {
    const takes = ['a', 'b', 'c', 'd'].map(run => box.window.lock('owner', run, 60).then(() => run))
    const taken = await Promise.allSettled(takes)
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(taken.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'lock-held' },
    })
  })

  test('waits for the program of a run that has ended', async ({ box }) => {
    await box.whole()
    await box.window.unlock(box.run)
    const program = box.start(['flock', '--no-fork', `${box.state}/window`, 'sleep', '600'])
    await vi.waitFor(async () => expect((await box.window.facts()).window).toBe(true), 30_000)
    setTimeout(() => program.kill(), 1000)
    await box.window.lock('owner', 'r2', 60)
    expect((await box.window.facts()).window).toBe(false)
  })

  test('expires by the time since boot, not by the clock, and with the boot', async ({ box }) => {
    await box.window.lock('a', 'r1', 60)
    const lock = JSON.parse(readFileSync(`${box.state}/lock.json`, 'utf8')) as { until: number }
    expect(lock.until).toBeLessThan(Date.now() / 1000)
    for (const stale of [
      { ...lock, until: 1 },
      { ...lock, boot: 'an earlier one' },
    ]) {
      writeFileSync(`${box.state}/lock.json`, JSON.stringify(stale))
      await box.window.lock('b', 'r2', 60)
      await expect(box.window.renew('r1', 60)).rejects.toMatchObject({ reason: 'lock-held' })
      await box.window.unlock('r2')
    }
  })

  test('is told as facts', async ({ box }) => {
    await box.window.lock('owner', 'r1', 60)
    const { lock } = await box.window.facts()
    expect(lock).toEqual({ owner: 'owner', run: 'r1', seconds: expect.any(Number) })
    expect(lock?.seconds).toBeGreaterThan(0)
    expect(lock?.seconds).toBeLessThanOrEqual(60)
    await box.window.unlock('r1')
    expect((await box.window.facts()).lock).toBeUndefined()
  })
})

describe.concurrent('root', () => {
  test('sees on one page what is true', async ({ box }) => {
    await box.whole()
    const { stdout } = await tool(box, 'status')
    expect(stdout).toContain('last run  r1: migrated')
    expect(stdout).toContain('no run is changing this server')
  })

  test('sees why a run cannot end yet, and ends it by removing the cause', async ({ box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare({ maxDowntime: 5 })
    const running = box.unit()
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    box.fault({ clientAway: true })
    await vi.waitFor(() => expect(box.journalText()).toContain('"retry"'), 60_000)
    const { stdout } = await tool(box, 'status')
    expect(stdout).toContain('retry    http://client/_matrix/client/versions had no answer')
    box.fault({})
    await running
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('sees why the cleanup after a run fails', async ({ box }) => {
    box.fault({ syn2mas: 'fails', fails: 'DELETE FROM user_external_ids' })
    await box.prepare()
    const running = box.unit()
    await vi.waitFor(() => expect(box.journalText()).toContain('"retry"'), 60_000)
    const before = box.world.calls
    await vi.waitFor(() => expect(box.world.calls).toBeGreaterThan(before + 1), 60_000)
    // The same reason is told once, so that a runner stops following, and the journal does not grow.
    expect(box.journal().filter(({ event }) => event === 'retry')).toHaveLength(1)
    expect((await tool(box, 'status')).stdout).toMatch(/end .*\n(.*\n)?.*retry .*disk full/)
    box.fault({})
    await running
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('sees the newest run, also where the clock was set back', async ({ box }) => {
    await box.whole()
    utimesSync(`${box.state}/journal/r1`, new Date('2099-01-01'), new Date('2099-01-01'))
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect((await box.window.facts()).last).toMatchObject({ run: 'r2', outcome: 'rolled-back' })
  })

  test('holds Synapse, and lets it go again', async ({ box }) => {
    await box.whole()
    expect((await tool(box, 'hold')).code).toBe(0)
    expect(existsSync(`${box.state}/hold`)).toBe(true)
    expect((await tool(box, 'uninstall')).code).toBe(0)
    expect(box.leftovers).toEqual([])
  })

  test.for(['hold', 'uninstall'])('does not %s while a runner prepares a run', async (command, { box }) => {
    await box.prepare()
    expect(await tool(box, command)).toMatchObject({
      code: 76,
      stderr: expect.stringContaining('owner prepares the run r1. Wait for it, or use force-unlock r1.'),
    })
    expect((await tool(box, 'force-unlock', box.run)).code).toBe(0)
    expect((await tool(box, command)).code).toBe(0)
    await expect(box.window.commit(box.run)).rejects.toMatchObject({ reason: 'lock-held' })
  })

  test('takes an empty journal without a folder of its run for no run', async ({ box }) => {
    await box.whole()
    writeFileSync(`${box.state}/journal/r0`, '', { mode: 0o600 })
    expect((await box.window.facts()).open).toBeUndefined()
    expect((await tool(box, 'restore')).stdout).toContain('no run is open')
    await box.prepare({}, 'r2')
  })

  test('uninstalls a run that was never committed', async ({ box }) => {
    await box.prepare()
    await box.window.unlock(box.run)
    expect((await tool(box, 'uninstall')).code).toBe(0)
    expect([readdirSync(`${box.state}/runs`), box.leftovers]).toEqual([[], []])
  })

  test.for(['matrix-synapse', 'mine'])('keeps a drop-in folder that is a link: %s', async (unit, { box }) => {
    mkdirSync(`${box.folder}/elsewhere`)
    symlinkSync(`${box.folder}/elsewhere`, `${box.systemd}/${unit}.service.d`)
    mkdirSync(`${box.systemd}/empty.service.d`)
    await box.whole()
    expect([box.outcome(), box.journal().at(-1)?.event]).toEqual(['migrated', 'closed'])
    expect((await tool(box, 'uninstall')).code).toBe(0)
    expect(box.leftovers.sort()).toEqual(['empty.service.d', `${unit}.service.d`])
  })

  test.for<[string, (folder: string) => void]>([
    ['whose folder was removed', folder => rmSync(folder, { recursive: true })],
    ['with a plan that is torn', folder => writeFileSync(`${folder}/plan.json`, '{')],
    ['with a plan of another version', folder => writeFileSync(`${folder}/plan.json`, '{"units":null}')],
    ['without an old file', folder => rmSync(`${folder}/before/0`)],
    ['without its program', folder => rmSync(`${folder}/window.py`)],
  ])('can give up an open run %s', async ([, spoil], { box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    child.kill('SIGKILL')
    await new Promise(resolve => child.on('exit', resolve))
    await box.window.unlock(box.run)
    spoil(`${box.state}/runs/r1`)
    await box.window.lock('owner', 'r2', 60)
    await expect(box.window.prepare('r2', box.plan())).rejects.toMatchObject({ reason: 'lock-held' })
    expect((await tool(box, 'status')).stdout).toContain('To give it up: ')
    expect(await tool(box, 'uninstall')).toMatchObject({
      code: 76,
      stderr: expect.stringContaining('force-unlock r2'),
    })
    await box.window.unlock('r2')
    expect(await tool(box, 'restore')).toMatchObject({
      code: 76,
      stderr: expect.stringContaining('uninstall'),
    })
    expect(await tool(box, 'uninstall')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /The run r1 was given up.*Deactivate its test accounts: auth-actions-r1, /s,
      ),
    })
    expect(readFileSync(`${box.state}/given-up/r1/journal`, 'utf8')).toContain('"syn2mas"')
    expect(readdirSync(`${box.state}/reserve`)).toEqual([])
    expect(existsSync(`${box.state}/hold`)).toBe(false)
    expect((await box.window.facts()).open).toBeUndefined()
    await box.prepare({}, 'r2')
  })

  test.for([
    ['whose cleanup fails', { fails: 'DROP DATABASE' }, () => undefined, 'fails, and is repeated: '],
    [
      'that lost what it restores',
      {},
      (run: string) => rmSync(`${run}/before/0`),
      'is damaged. To give it up: ',
    ],
  ] as const)('can give up a run at work %s', async ([, fault, spoil, told], { box }) => {
    box.fault({ syn2mas: 'slow' })
    await box.prepare()
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    box.fault({ syn2mas: 'fails', ...fault })
    spoil(`${box.state}/runs/r1`)
    process.kill(child.pid ?? 0, 'SIGUSR1')
    await vi.waitFor(() => expect(box.journalText()).toContain('"retry"'), 60_000)
    await box.window.unlock(box.run)
    expect((await tool(box, 'status')).stdout).toContain(told)
    const uninstalling = tool(box, 'uninstall')
    await vi.waitFor(
      () => expect(box.world.log.join('\n')).toContain('systemctl kill --signal=SIGKILL'),
      30_000,
    )
    child.kill('SIGKILL')
    expect(await uninstalling).toMatchObject({ code: 0, stdout: expect.stringContaining('was given up') })
    expect((await box.window.facts()).open).toBeUndefined()
    await box.prepare({}, 'r2')
  })

  test('keeps a hold of its own while a run that was never committed is removed, and during a repair', async ({
    box,
  }) => {
    await box.prepare()
    expect((await tool(box, 'force-unlock', 'r1')).code).toBe(0)
    expect((await tool(box, 'hold')).code).toBe(0)
    await box.window.lock('owner', 'r2', 60)
    await box.window.prepare('r2', box.plan({ kind: 'repair', files: [], syn2mas: null }))
    await box.window.commit('r2')
    await box.unit('r2')
    expect([box.outcome('r2'), existsSync(`${box.state}/hold`)]).toEqual(['rolled-back', true])
    await box.window.unlock('r2')
    expect((await tool(box, 'uninstall')).code).toBe(0)
    expect(box.leftovers).toEqual([])
  })

  test('uninstalls a run that was never committed, whose plan cannot be read', async ({ box }) => {
    await box.prepare()
    await box.window.unlock(box.run)
    writeFileSync(`${box.state}/runs/r1/plan.json`, '')
    expect((await tool(box, 'uninstall')).code).toBe(0)
    expect(readdirSync(`${box.state}/runs`)).toEqual([])
    expect(readdirSync(box.systemd)).toEqual(['multi-user.target.wants'])
  })

  test('cannot uninstall while a run is open, but can restore it', async ({ box }) => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, 10).join('\n')}\n`)
    expect(await tool(box, 'uninstall')).toMatchObject({
      code: 76,
      stderr: expect.stringContaining('restore'),
    })
    expect(await tool(box, 'restore')).toMatchObject({ stdout: expect.stringContaining('restores') })
  })

  test('starts no second program beside one that is at work', async ({ box }) => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, 10).join('\n')}\n`)
    box.world.units['matrix-auth-actions@r1'] = true
    await box.window.resume(box.run)
    expect(box.leftovers).toEqual([])
  })

  test('does not restore a run that has ended', async ({ box }) => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, -2).join('\n')}\n`)
    expect((await tool(box, 'restore')).stdout).toContain('ended as migrated')
  })
})
