import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import type { WindowFile } from '../../../src/server/window/plan.ts'
import corpus from '../../domain/journal-corpus.json' with { type: 'json' }
import { test, window } from './sandbox.ts'

function replaceByFolder(path: string): void {
  unlinkSync(path)
  mkdirSync(path)
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const readCorpus = `
import json, runpy, sys
program = runpy.run_path(sys.argv[1])
def read(case):
    entries = program["parse_journal"](case["text"])
    return {"name": case["name"], "seqs": [e["seq"] for e in entries], "outcome": program["outcome_of"](entries)}
print(json.dumps([read(case) for case in json.load(sys.stdin)]))
`

const interruptedAtSync = `
import os, runpy, signal, sys
program = runpy.run_path(sys.argv[1])
signal.signal(signal.SIGUSR1, program["interrupt"])
os.mkdir(program["STATE"])
os.mkdir(program["STATE"] + "/journal")
journal = program["Journal"]("r1")
sync = os.fsync
def interrupting(descriptor):
    sync(descriptor)
    os.kill(os.getpid(), signal.SIGUSR1)
os.fsync = interrupting
try:
    journal.add("end", outcome="migrated")
except program["Interrupted"]:
    print(journal.outcome)
`

describe.concurrent('the program', () => {
  test('may be killed at any line of its journal', async ({ box }) => {
    await box.whole()
    const lines = box.journalText().split('\n').filter(Boolean)
    for (let kept = 1; kept < lines.length; kept += 1) {
      const torn = kept % 2 ? '' : (lines[kept] ?? '').slice(0, 20)
      // The state of the server is that of the end, which is the hardest for a restore.
      await box.window.lock('owner', box.run, 120)
      writeFileSync(box.homeserver, 'live\n')
      writeFileSync(box.labels, 'live\n')
      box.world.masUsers = 10
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

  test('restores when root asks for it', async ({ box }) => {
    box.fault({ syn2mas: 'hangs' })
    await box.prepare()
    await box.window.commit(box.run)
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.journalText()).toContain('"syn2mas"'), 30_000)
    child.kill('SIGUSR1')
    await new Promise(resolve => child.on('exit', resolve))
    expect(box.journal().find(({ event }) => event === 'failed')?.data?.reason).toContain('root ran')
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
  })

  test.for([700, 1400, 2600])(
    'restores users with a disk that is full after %i bytes of journal, and ends when there is space',
    async (bytes, { box }) => {
      await box.prepare()
      await box.window.commit(box.run)
      const child = box.start(['prlimit', `--fsize=${bytes}:`, ...box.program()])
      const errors: Buffer[] = []
      child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk))
      await vi.waitFor(
        () => expect(Buffer.concat(errors).toString()).toContain('This attempt failed, and is repeated'),
        30_000,
      )
      await vi.waitFor(() => expect(box.served).toBe('built-in'), 30_000)
      child.kill('SIGKILL')
      await new Promise(resolve => child.on('exit', resolve))
      await box.unit()
      expect(box.outcome()).toMatch(/^(restored|abandoned)$/)
      expect([box.settled, box.leftovers]).toEqual(['built-in', []])
    },
  )

  test.for<[string, string, (path: string) => void]>([
    ['the folder of a new file was removed', '', path => rmSync(dirname(path), { recursive: true })],
    ['the folder of an old file was removed', 'old\n', path => rmSync(dirname(path), { recursive: true })],
    // As docker makes one for a container that needs the file.
    ['a folder took the place of a new file', '', path => mkdirSync(path)],
    ['a folder took the place of an old file', 'old\n', replaceByFolder],
  ])('restores where %s meanwhile', async ([, before, spoil], { box }) => {
    const path = join(box.folder, 'mas', 'config', 'file')
    mkdirSync(dirname(path), { recursive: true })
    chmodSync(dirname(path), 0o750)
    if (before) writeFileSync(path, before, { mode: 0o640 })
    const file = {
      ...(box.plan().files[0] as WindowFile),
      path,
      beforeSha256: before ? sha256(before) : null,
    }
    box.fault({ syn2mas: 'hangs' })
    await box.prepare({ files: [...box.plan().files, file] })
    const child = box.start(box.program())
    await vi.waitFor(() => expect(box.world.container).toBe(true), 30_000)
    spoil(path)
    child.kill('SIGUSR1')
    await new Promise(resolve => child.on('exit', resolve))
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['restored', 'built-in', []])
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(before)
    if (before)
      expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o640, 0o750])
  })

  test.for(['clock-back', 'clock-forth'] as const)(
    'migrates where the clock jumps by an hour (%s)',
    async (kind, { box }) => {
      await box.prepare()
      await box.window.commit(box.run)
      await box.unit(box.run, [{ write: 30, kind }])
      const times = box.journal().map(({ at }) => Date.parse(at))
      expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(3_500_000)
      expect([box.outcome(), box.settled, box.leftovers]).toEqual(['migrated', 'live', []])
    },
  )

  test('does not start a window where the server was restarted since the preparation', async ({ box }) => {
    await box.prepare()
    const lock = JSON.parse(readFileSync(`${box.state}/lock.json`, 'utf8')) as object
    writeFileSync(`${box.state}/lock.json`, JSON.stringify({ ...lock, boot: 'an earlier one' }))
    await box.unit()
    expect([box.outcome(), box.settled, box.leftovers]).toEqual(['abandoned', 'built-in', []])
  })
})

const failingRemoval = `
import errno, os, runpy, sys
program = runpy.run_path(sys.argv[1])
os.makedirs(program["STATE"])
os.makedirs(program["SYSTEMD"] + "/matrix-synapse.service.d")
def rmdir(path):
    raise OSError(errno.EIO, "input or output error")
os.rmdir = rmdir
try:
    program["remove_hold"](["matrix-synapse"])
except OSError as error:
    print(error.strerror)
`

test('the program sees where a folder of its own could not be removed', async ({ box }) => {
  const { stdout } = await box.execute(['python3', '-I', '-c', failingRemoval, window])
  expect(stdout.trim()).toBe('input or output error')
})

test('the program reads journals as the runner does', async ({ box }) => {
  const { stdout } = await box.execute(['python3', '-I', '-c', readCorpus, window], JSON.stringify(corpus))
  expect(JSON.parse(stdout)).toEqual(corpus.map(({ name, seqs, outcome }) => ({ name, seqs, outcome })))
})

test('the program knows what is in its journal, also where a signal comes while it writes', async ({
  box,
}) => {
  const { stdout } = await box.execute(['python3', '-I', '-c', interruptedAtSync, window])
  expect([stdout.trim(), box.outcome()]).toEqual(['migrated', 'migrated'])
})
