import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WindowFile } from '../../../src/server/window/plan.ts'
import corpus from '../../domain/journal-corpus.json' with { type: 'json' }
import { Sandbox, window } from './sandbox.ts'

vi.setConfig({ testTimeout: 120_000 })
let box: Sandbox
beforeEach(() => {
  box = new Sandbox()
})
afterEach(() => box.remove())

const readCorpus = `
import json, runpy, sys
program = runpy.run_path(sys.argv[1])
def read(case):
    entries = program["parse_journal"](case["text"])
    return {"name": case["name"], "seqs": [e["seq"] for e in entries], "outcome": program["outcome_of"](entries)}
print(json.dumps([read(case) for case in json.load(sys.stdin)]))
`

const steps = () => box.journal().flatMap(({ event, step }) => (event === 'done' ? [step] : []))

describe('a migration on the server', () => {
  test('runs every step in order, ends as migrated, and leaves nothing', async () => {
    await box.whole()
    expect(box.outcome()).toBe('migrated')
    expect(steps()).toEqual(['accounts', 'check', 'stop', 'syn2mas', 'files', 'start', 'answer', 'prove'])
    expect(box.settled).toBe('live')
    expect(box.leftovers).toEqual([])
    expect(box.journal().at(-1)?.event).toBe('closed')
  })

  test('writes no password, token or secret into its journal', async () => {
    await box.whole()
    expect(box.journalText()).not.toMatch(/s3cret|auth-actions-r1\/\d|password"/)
  })

  test('tells the runner what it does while it does it', async () => {
    await box.whole()
    const seen: string[] = []
    await box.window.follow(box.run, 3, ({ seq }) => seen.push(String(seq)))
    expect(seen[0]).toBe('4')
    expect(seen).toHaveLength(box.journal().length - 3)
  })

  test.each([
    ['fails', { syn2mas: 'fails' }, 60, 'syn2mas failed (exit code 1)'],
    ['migrates only a part', { syn2mas: 'half' }, 60, 'users: 3 of 10'],
    ['hangs', { syn2mas: 'hangs' }, 12, 'syn2mas did not end within'],
  ] as const)('restores where syn2mas %s', async (_, fault, maxDowntime, reason) => {
    box.fault(fault)
    await box.whole({ maxDowntime })
    expect(box.outcome()).toBe('restored')
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain(reason)
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('restores after the longest allowed downtime, and counts what users lose by that', async () => {
    box.fault({ synapseNeverAnswersLive: true })
    // Long enough for a busy machine to start MAS.
    await box.whole({ maxDowntime: 15 })
    expect(box.journal().find(({ event }) => event === 'end')?.data).toMatchObject({
      outcome: 'restored',
      lost: { sessions: 4 },
    })
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('empties MAS only when a syn2mas that outlived the program is gone', async () => {
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

  test('restores after the longest allowed downtime where a call does not return, too', async () => {
    await box.prepare({ maxDowntime: 2 })
    box.fault({ hangs: 'pg_stat_activity' })
    await box.unit()
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toBe(
      'stop did not end within the longest allowed downtime (`max-downtime`, 2 s)',
    )
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('waits for a PostgreSQL that cannot start, for as long as it takes', async () => {
    box.fault({ syn2mas: 'fails' })
    await box.prepare()
    box.fault({ syn2mas: 'fails', postgresDownUntil: 1_000_000 })
    const running = box.unit()
    await vi.waitFor(() => expect(box.journalText()).toContain('"failed"'), 30_000)
    await new Promise(resolve => setTimeout(resolve, 2000))
    expect(box.outcome()).toBeUndefined()
    box.fault({})
    await running
    expect(box.settled).toBe('built-in')
    expect(box.leftovers).toEqual([])
  })

  test('never touches an account that it did not make', async () => {
    await box.whole()
    expect(box.world.accounts['auth-actions-bob']).toEqual({ admin: false, active: true })
  })
})

describe('the program', () => {
  test('may be killed at any line of its journal', async () => {
    await box.whole()
    const lines = box.journalText().split('\n').filter(Boolean)
    for (let kept = 1; kept < lines.length; kept += 1) {
      const torn = kept % 2 ? '' : (lines[kept] ?? '').slice(0, 20)
      // The state of the server is that of the end, which is the hardest for a restore.
      await box.window.lock('owner', box.run, 120)
      writeFileSync(box.homeserver, 'live\n')
      writeFileSync(box.labels, 'live\n')
      box.save({ ...box.world, masUsers: 10 })
      writeFileSync(`${box.state}/journal/${box.run}`, `${lines.slice(0, kept).join('\n')}\n${torn}`)
      await box.unit()
      const begun = lines.slice(0, kept).some(line => line.includes('"step":"stop"'))
      const outcome = box.outcome()
      expect([kept, outcome, box.settled]).toEqual([
        kept,
        begun ? expect.stringMatching(/^(restored|migrated)$/) : 'abandoned',
        outcome === 'restored' ? 'built-in' : 'live',
      ])
      expect(box.journal().at(-1)?.event).toBe('closed')
    }
  }, 300_000)

  test('restores when root asks for it', async () => {
    box.fault({ syn2mas: 'hangs' })
    await box.prepare()
    await box.window.commit(box.run)
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.journalText()).toContain('"syn2mas"'), 30_000)
    child.kill('SIGUSR1')
    await new Promise(resolve => child.on('exit', resolve))
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain('root asked')
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test.each([700, 1400, 2600])(
    'restores users with a disk that is full after %i bytes of journal, and ends when there is space',
    async bytes => {
      await box.prepare()
      await box.window.commit(box.run)
      const child = box.start(['prlimit', `--fsize=${bytes}:`, ...box.program()])
      const errors: Buffer[] = []
      child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk))
      await vi.waitFor(() => expect(Buffer.concat(errors).toString()).toContain('restoring failed'), 30_000)
      await vi.waitFor(() => expect(box.served).toBe('built-in'), 30_000)
      child.kill('SIGKILL')
      await new Promise(resolve => child.on('exit', resolve))
      await box.unit()
      expect(box.outcome()).toMatch(/^(restored|abandoned)$/)
      expect([box.settled, box.leftovers]).toEqual(['built-in', []])
    },
  )

  test('restores where a folder of a new file was removed meanwhile', async () => {
    const folder = join(box.folder, 'new')
    mkdirSync(folder)
    const files = [
      ...box.plan().files,
      { ...(box.plan().files[0] as WindowFile), path: `${folder}/file`, beforeSha256: null },
    ]
    box.fault({ syn2mas: 'hangs' })
    await box.prepare({ files })
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    rmSync(folder, { recursive: true })
    child.kill('SIGUSR1')
    await new Promise(resolve => child.on('exit', resolve))
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test('does not start a window where the server was restarted since the preparation', async () => {
    await box.prepare()
    const lock = JSON.parse(readFileSync(`${box.state}/lock.json`, 'utf8')) as object
    writeFileSync(`${box.state}/lock.json`, JSON.stringify({ ...lock, boot: 'an earlier one' }))
    await box.unit()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['abandoned', 'built-in', []])
  })
})

test('the program reads journals as the runner does', async () => {
  const { stdout } = await box.execute(['python3', '-I', '-c', readCorpus, window], JSON.stringify(corpus))
  expect(JSON.parse(stdout)).toEqual(corpus.map(({ name, seqs, outcome }) => ({ name, seqs, outcome })))
})

describe('the folder of a run', () => {
  test('is complete and unchanged, or the run does not start', async () => {
    for (const spoil of [
      () => unlinkSync(`${box.state}/runs/r1/manifest.json`),
      () => writeFileSync(`${box.state}/runs/r1/manifest.json`, '{"plan'),
      () => symlinkSync('/etc/passwd', `${box.state}/runs/r1/after/9`),
      () => writeFileSync(`${box.state}/runs/r1/after/0`, 'other\n'),
      () => writeFileSync(`${box.state}/runs/r1/before/9`, 'more\n'),
    ]) {
      box.remove()
      box = new Sandbox()
      await box.prepare()
      spoil()
      await expect(box.window.commit(box.run)).rejects.toMatchObject({
        message: expect.stringContaining('is incomplete, or was changed'),
      })
      expect([box.journalText(), box.settled]).toEqual(['', 'built-in'])
    }
  })

  test('is not written where a file is another one than was rendered, or is a link', async () => {
    const plan = box.plan()
    await box.window.lock('owner', box.run, 120)
    writeFileSync(box.labels, 'changed since\n')
    await expect(box.window.prepare(box.run, plan)).rejects.toThrow('is not the file that the playbook saw')
    rmSync(box.labels)
    symlinkSync('/etc/passwd', box.labels)
    await expect(box.window.prepare('r2', plan)).rejects.toThrow()
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain('live')
  })

  test('can be discarded before the commit, and not after it', async () => {
    await box.prepare()
    await box.window.discard(box.run)
    expect([existsSync(`${box.state}/runs/${box.run}`), box.leftovers]).toEqual([false, []])
    await box.whole()
    await expect(box.window.discard(box.run)).rejects.toThrow('was committed')
  })

  test('is removed by the next run where the runner died before the commit', async () => {
    await box.prepare()
    await box.window.unlock(box.run)
    await box.prepare({}, 'r2')
    expect(existsSync(`${box.state}/runs/${box.run}`)).toBe(false)
    await box.window.commit('r2')
    await box.unit('r2')
    expect([box.outcome('r2'), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
  })

  test('is not discarded by a runner that woke up after another run took the lock', async () => {
    await box.prepare()
    await box.window.unlock(box.run)
    await box.prepare({}, 'r2')
    const left = box.leftovers
    await expect(box.window.discard(box.run)).rejects.toThrow('has taken the lock over')
    expect(box.leftovers).toEqual(left)
  })

  test('is not written while an earlier run has not ended', async () => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, 10).join('\n')}\n`)
    await expect(box.prepare({}, 'r2')).rejects.toThrow('the run r1 has not ended')
  })

  test('leaves nothing where it could not be written to the end', async () => {
    for (const call of [1, 2]) {
      await box.window.lock('owner', box.run, 120)
      box.fault({ calls: [{ call: box.world.calls + call, kind: 'fail' }] })
      await box.window.prepare(box.run, box.plan()).catch(() => box.window.discard(box.run))
      expect([call, box.leftovers]).toEqual([call, []])
    }
  })

  test('is not written into by another run', async () => {
    await box.prepare()
    await expect(box.window.prepare('r2', box.plan())).rejects.toMatchObject({ reason: 'lock-held' })
  })
})

describe('the state folder', () => {
  test('belongs to root alone, and is no link', async () => {
    mkdirSync(box.state, { mode: 0o755 })
    await expect(box.window.lock('a', 'r1', 60)).rejects.toThrow('not a folder that only root can open')
    rmSync(box.state, { recursive: true })
    symlinkSync('/tmp', box.state)
    await expect(box.window.lock('a', 'r1', 60)).rejects.toThrow('not a folder that only root can open')
  })

  test('is not made by a look at the server', async () => {
    expect(await box.window.facts()).toMatchObject({ hold: false, window: false, backups: [] })
    expect(existsSync(box.state)).toBe(false)
  })
})

describe('the lock', () => {
  test('goes to one of several runs at once', async () => {
    const takes = ['a', 'b', 'c', 'd'].map(run => box.window.lock('owner', run, 60).then(() => run))
    const taken = await Promise.allSettled(takes)
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(taken.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'lock-held' },
    })
  })

  test('expires by the time since boot, not by the clock, and with the boot', async () => {
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

  test('is told as facts', async () => {
    await box.window.lock('owner', 'r1', 60)
    expect((await box.window.facts()).lock).toEqual({ owner: 'owner', run: 'r1', seconds: 60 })
    await box.window.unlock('r1')
    expect((await box.window.facts()).lock).toBeUndefined()
  })
})

describe('a rollback', () => {
  test('puts back what the migration replaced, proves it, and empties MAS', async () => {
    await box.whole()
    const files = await box.window.mirror('r1')
    await box.whole({ kind: 'rollback', files, syn2mas: null }, 'r2')
    expect(box.outcome('r2')).toBe('rolled-back')
    expect([box.settled, box.leftovers]).toEqual(['built-in', []])
  })

  test('is refused where a file changed since the migration', async () => {
    await box.whole()
    writeFileSync(box.labels, 'deployed since\n')
    await expect(box.window.mirror('r1')).rejects.toThrow('changed since the migration')
  })
})

describe('root', () => {
  const tool = (...args: string[]) => box.execute(['python3', '-I', window, ...args])

  test('sees on one page what is true', async () => {
    await box.whole()
    const { stdout } = await tool('status')
    expect(stdout).toContain('last run  r1: migrated')
    expect(stdout).toContain('nothing runs')
  })

  test('sees the newest run, also where the clock was set back', async () => {
    await box.whole()
    utimesSync(`${box.state}/journal/r1`, new Date('2099-01-01'), new Date('2099-01-01'))
    await box.whole({ kind: 'rollback', files: await box.window.mirror('r1'), syn2mas: null }, 'r2')
    expect((await box.window.facts()).last).toMatchObject({ run: 'r2', outcome: 'rolled-back' })
  })

  test('holds Synapse, and lets it go again', async () => {
    expect((await tool('hold')).code).toBe(0)
    expect(existsSync(`${box.state}/hold`)).toBe(true)
    expect((await tool('uninstall')).code).toBe(0)
    expect(box.leftovers).toEqual([])
  })

  test('cannot uninstall while a run is open, but can restore it', async () => {
    await box.whole()
    const lines = box.journalText().split('\n')
    writeFileSync(`${box.state}/journal/r1`, `${lines.slice(0, 10).join('\n')}\n`)
    expect(await tool('uninstall')).toMatchObject({ code: 76, stderr: expect.stringContaining('restore') })
    expect(await tool('restore')).toMatchObject({ code: 0 })
  })
})
