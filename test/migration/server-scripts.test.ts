import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { journalLine, parseJournal, summarizeJournal } from '../../src/domain/journal.ts'
import { lockFacts, parseLock } from '../../src/domain/lock.ts'
import guardScript from '../../src/server/guard/guard.sh'
import libScript from '../../src/server/guard/lib.sh'
import operationsScript from '../../src/server/guard/operations.sh'

// The scripts run for real in a temporary folder; systemctl and docker are stand-ins that record their arguments, and
// report that nothing is running. The lab's tests run the same scripts on a real server.
vi.setConfig({ testTimeout: 60_000 })
let folder: string
let base: string

const systemctl = `#!/bin/bash
echo "systemctl $*" >>"$CALLS"
case "$*" in
  *"show -p ConditionTimestampMonotonic"*) echo $RANDOM$RANDOM ;;
  *"show -p ConditionResult"*) [ -e "$AUTH_ACTIONS_DIR/hold" ] && echo no || echo yes ;;
  *"show -p ActiveState"*) echo inactive ;;
  is-active*) echo active ;;
  is-enabled*) echo enabled ;;
esac`

const docker = `#!/bin/bash
echo "docker $*" >>"$CALLS"
case "$*" in
  *psql*) sql=$(cat); echo "SQL $sql" >>"$CALLS"; case $sql in *count*) echo 0 ;; *pg_tables*) printf 'users\\nuser_emails\\n' ;; esac ;;
  *curl*) cat >/dev/null; printf '{"flows":[]}\\n%s' "\${HTTP_STATUS:-200}" ;;
esac`

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-'))
  base = join(folder, 'auth-actions')
  for (const name of ['auth-actions/guard', 'bin', 'systemd', 'server'])
    mkdirSync(join(folder, name), { recursive: true })
  write('auth-actions/guard/lib.sh', libScript)
  write('auth-actions/guard/operations.sh', operationsScript)
  write('auth-actions/guard/guard.sh', guardScript)
  write(
    'auth-actions/guard/settings',
    `SYNAPSE_UNIT=matrix-synapse\nWORKER_UNITS='worker-a worker-b'\nMAS_UNIT=mas\nPOSTGRES_CONTAINER=postgres\n` +
      `SYNAPSE_DATABASE=synapse\nSYNAPSE_ROLE=synapse\nMAS_DATABASE=masdb\nMAS_ROLE=mas\nBACKUP=${base}/backup/x\n`,
  )
  for (const kind of ['service', 'timer']) write(`auth-actions/guard/matrix-auth-actions-guard.${kind}`, kind)
  write('bin/systemctl', systemctl)
  write('bin/docker', docker)
  for (const name of ['systemctl', 'docker']) chmodSync(join(folder, 'bin', name), 0o755)
  write('calls', '')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content)
}
function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}
const environment = () => ({
  ...process.env,
  PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
  AUTH_ACTIONS_DIR: base,
  AUTH_ACTIONS_SYSTEMD_DIR: join(folder, 'systemd'),
  CALLS: join(folder, 'calls'),
})

function guard(
  args: readonly string[],
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile(
      'bash',
      [join(base, 'guard/guard.sh'), ...args],
      { env: environment() },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

function entry(seq: number, fence: number, event: 'begin' | 'proven' | 'step-begin' = 'begin'): string {
  return journalLine({ seq, at: '2026-01-01T00:00:00.000Z', run: 'r1', fence, event })
}

function fileSet(before: string, after: string): void {
  write('server/file', before)
  for (const [side, content] of Object.entries({ before, after })) {
    mkdirSync(join(base, side), { recursive: true })
    writeFileSync(join(base, side, '0'), content)
    const owner = `${process.getuid?.()}:${process.getgid?.()}`
    writeFileSync(join(base, side, 'manifest'), `0\tfile\t640\t${owner}\t${join(folder, 'server/file')}\n`)
  }
}

/** The state after an interrupted run: the guard is armed, the lease has expired. */
async function dead(...events: readonly ('step-begin' | 'proven')[]): Promise<void> {
  const fence = Number((await guard(['acquire', 'runner', 'r1', '60'])).stdout)
  await guard(['append', String(fence), '1'], entry(1, fence))
  await guard(['at', String(fence), 'hold_install'])
  await guard(['at', String(fence), 'arm'])
  fileSet('old', 'new')
  await guard(['at', String(fence), 'go_down'])
  await guard(['at', String(fence), 'go_live'])
  for (const [index, event] of events.entries()) {
    await guard(['append', String(fence), String(index + 2)], entry(index + 2, fence, event))
  }
  write(
    'auth-actions/lock.json',
    read('auth-actions/lock.json').replace(/"leaseUntil":\d+/, '"leaseUntil":1'),
  )
  write('calls', '')
}

/** Kills it, and waits for its last child process. */
async function killed(script: ReturnType<typeof spawn>): Promise<void> {
  script.kill('SIGKILL')
  await new Promise(resolve => script.on('exit', resolve))
  await new Promise(resolve => setTimeout(resolve, 1000))
}

describe('the lock on the server', () => {
  test('goes to only one of several simultaneous runs', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map(owner => guard(['acquire', owner, 'r', '60'])))
    expect(results.map(result => result.code).sort()).toEqual([0, 73, 73, 73])
  })

  test('is written in the format that the toolkit reads', async () => {
    await guard(['acquire', 'github:o/r#1', 'r1', '60'])
    expect(parseLock(read('auth-actions/lock.json'))).toMatchObject({
      owner: 'github:o/r#1',
      run: 'r1',
      fence: 1,
    })
    const facts = lockFacts(read('auth-actions/lock.json'), Date.now() / 1000)
    expect(facts?.leaseSeconds).toBeGreaterThan(50)
  })

  test('can be taken over after its lease has expired, and then the previous owner can do nothing', async () => {
    expect((await guard(['acquire', 'a', 'r', '1'])).stdout).toBe('1\n')
    await new Promise(resolve => setTimeout(resolve, 2100))
    expect((await guard(['acquire', 'b', 'r', '60'])).stdout).toBe('2\n')
    for (const args of [
      ['beat', '1', '60'],
      ['release', '1'],
      ['append', '1', '1'],
      ['at', '1', 'hold_install'],
    ]) {
      expect((await guard(args, entry(1, 1))).code).toBe(75)
    }
    expect(existsSync(join(folder, 'systemd/matrix-synapse.service.d'))).toBe(false)
  })

  test('has a higher number after a release', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    await guard(['release', '1'])
    expect(lockFacts(read('auth-actions/lock.json'), 0)).toBeUndefined()
    expect((await guard(['acquire', 'b', 'r', '60'])).stdout).toBe('2\n')
  })

  test('a take-over kills a hanging operation of the previous owner', async () => {
    await guard(['acquire', 'a', 'r', '1'])
    const hanging = spawn('bash', [join(base, 'guard/guard.sh'), 'at', '1', 'run', 'sleep', '300'], {
      env: environment(),
    })
    const ended = new Promise(resolve => hanging.on('exit', resolve))
    await new Promise(resolve => setTimeout(resolve, 2100))
    expect((await guard(['acquire', 'b', 'r', '60'])).code).toBe(0)
    await ended
  })
})

describe('the journal on the server', () => {
  test('accepts lines from the runner and adds its own, and the toolkit reads both', async () => {
    await dead('step-begin')
    await guard(['tick'])
    const journal = parseJournal(read('auth-actions/journal.jsonl'))
    expect(journal.damagedLine).toBeUndefined()
    expect(journal.entries.at(-1)).toMatchObject({ event: 'end', outcome: 'rolled-back' })
  })

  test('removes a line that a crash cut off', async () => {
    await guard(['acquire', 'a', 'r1', '60'])
    await guard(['append', '1', '1'], entry(1, 1))
    write('auth-actions/journal.jsonl', `${read('auth-actions/journal.jsonl')}{"seq":2,"at":"20`)
    expect((await guard(['append', '1', '2'], entry(2, 1))).code).toBe(0)
    expect(parseJournal(read('auth-actions/journal.jsonl')).entries).toHaveLength(2)
  })

  test('refuses a line with the wrong number', async () => {
    await guard(['acquire', 'a', 'r1', '60'])
    expect((await guard(['append', '1', '2'], entry(2, 1))).code).toBe(77)
  })
})

describe('the guard', () => {
  test('does not touch a running migration', async () => {
    await dead('step-begin')
    write(
      'auth-actions/lock.json',
      read('auth-actions/lock.json').replace('"leaseUntil":1', '"leaseUntil":99999999999'),
    )
    await guard(['tick'])
    expect(read('server/file')).toBe('new')
  })

  test('restores the files, empties MAS after Synapse is up, and writes the journal', async () => {
    await dead('step-begin')
    expect((await guard(['tick'])).code).toBe(0)
    expect(read('server/file')).toBe('old')
    const calls = read('calls')
    expect(calls.indexOf('systemctl start --no-block matrix-synapse')).toBeGreaterThan(0)
    expect(calls.indexOf('TRUNCATE users,user_emails CASCADE')).toBeGreaterThan(
      calls.indexOf('systemctl start --no-block matrix-synapse'),
    )
    expect(calls.indexOf("auth_provider = 'oauth-delegated'")).toBeGreaterThan(0)
    expect(existsSync(join(base, 'hold'))).toBe(false)
    expect(existsSync(join(base, 'guard/danger'))).toBe(false)
    expect(summarizeJournal(read('auth-actions/journal.jsonl')).state).toBe('rolled-back')
  })

  test.each([
    ['it has fired', 'step-begin'],
    ['it has found the migration proven', 'proven'],
    ['root has called it', 'step-begin'],
  ] as const)('takes its own units and the hold off once %s', async (how, event) => {
    await dead(event)
    expect(read('systemd/matrix-auth-actions-guard.timer')).toBe('timer')
    expect((await guard([how === 'root has called it' ? 'restore' : 'tick'])).code).toBe(0)
    expect(readdirSync(join(folder, 'systemd'))).toEqual([])
    expect(read('calls')).toContain('systemctl disable --now matrix-auth-actions-guard.timer')
  })

  test('reports rolled back also where the restore completed after its owner was killed', async () => {
    const fence = Number((await guard(['acquire', 'runner', 'r1', '60'])).stdout)
    await guard(['append', String(fence), '1'], entry(1, fence))
    await guard(['at', String(fence), 'arm'])
    fileSet('old', 'new')
    expect((await guard(['at', String(fence), 'go_back'])).code).toBe(0)
    write(
      'auth-actions/lock.json',
      read('auth-actions/lock.json').replace(/"leaseUntil":\d+/, '"leaseUntil":1'),
    )
    await guard(['tick'])
    expect(summarizeJournal(read('auth-actions/journal.jsonl')).state).toBe('rolled-back')
  })

  test('fires once', async () => {
    await dead('step-begin')
    await guard(['tick'])
    write('calls', '')
    await guard(['tick'])
    expect(read('calls')).toBe('')
  })

  test('does not roll back once the migration is proven', async () => {
    await dead('proven')
    await guard(['tick'])
    expect(read('server/file')).toBe('new')
    expect(read('auth-actions/guard/state')).toBe('disarmed\n')
  })

  test('does not stop a Synapse again that is slow to start', async () => {
    await dead('step-begin')
    const slow = { ...environment(), HTTP_STATUS: '000' }
    const first = spawn('bash', [join(base, 'guard/guard.sh'), 'tick'], { env: slow })
    await new Promise(resolve => setTimeout(resolve, 1500))
    await killed(first)
    expect(read('auth-actions/guard/danger')).toBe('started\n')
    // Its lease is long, but its owner is gone, so no run waits for it.
    expect(lockFacts(read('auth-actions/lock.json'), Date.now() / 1000)?.leaseSeconds).toBeGreaterThan(300)
    write('calls', '')
    await guard(['tick'])
    expect(read('calls')).not.toContain('systemctl stop')
    expect(summarizeJournal(read('auth-actions/journal.jsonl')).state).toBe('rolled-back')
  })

  test.each(['tick', 'restore'])('is not waited for once it is dead: %s goes on at once', async command => {
    await dead('step-begin')
    const first = spawn('bash', [join(base, 'guard/guard.sh'), 'tick'], {
      env: { ...environment(), HTTP_STATUS: '000' },
    })
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect((await guard(['restore'])).code).toBe(73)
    await killed(first)
    expect((await guard([command])).code).toBe(0)
    expect(read('server/file')).toBe('old')
    expect(summarizeJournal(read('auth-actions/journal.jsonl')).state).toBe('rolled-back')
  })

  test('restores nothing once a migration is proven, and explains how to roll back', async () => {
    await dead('proven')
    await guard(['tick'])
    const journal = read('auth-actions/journal.jsonl')
    const { code, stderr } = await guard(['restore'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('operation: rollback')])
    expect(read('server/file')).toBe('new')
    expect(read('auth-actions/journal.jsonl')).toBe(journal)
  })

  test('restores once; a second restore has nothing to do', async () => {
    await dead('step-begin')
    await guard(['restore'])
    const journal = read('auth-actions/journal.jsonl')
    expect(await guard(['restore'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing') })
    expect(read('auth-actions/journal.jsonl')).toBe(journal)
  })

  test('holds a running Synapse from its next start, and releases the lock', async () => {
    await dead('step-begin')
    await guard(['restore'])
    write('bin/systemctl', systemctl.replace('echo inactive', 'echo active'))
    const { code, stdout } = await guard(['hold'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('matrix-synapse is running')])
    expect(existsSync(join(base, 'hold'))).toBe(true)
    expect((await guard(['acquire', 'runner', 'r2', '60'])).code).toBe(0)
  })

  test('runs commands of root, but not during a running migration', async () => {
    await dead('step-begin')
    expect((await guard(['restore'])).code).toBe(0)
    expect(read('server/file')).toBe('old')
    await guard(['acquire', 'runner', 'r2', '60'])
    expect((await guard(['hold'])).code).toBe(73)
    expect((await guard(['status'])).stdout).toContain('owner "runner"')
  })
})

describe('the hold', () => {
  test('covers Synapse and every worker, and is proven by systemd itself', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    await guard(['at', '1', 'hold_install'])
    for (const unit of ['matrix-synapse', 'worker-a', 'worker-b']) {
      expect(read(`systemd/${unit}.service.d/90-matrix-auth-actions-hold.conf`)).toContain(
        `ConditionPathExists=!${base}/hold`,
      )
    }
    fileSet('old', 'new')
    expect((await guard(['at', '1', 'go_down'])).code).toBe(0)
    expect(existsSync(join(base, 'hold'))).toBe(true)
  })

  test('stops nothing where a file has changed since it was rendered', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    fileSet('old', 'new')
    write('server/file', 'somebody was here')
    expect((await guard(['at', '1', 'go_down'])).code).toBe(77)
    expect(read('calls')).not.toContain('systemctl stop')
    expect(existsSync(join(base, 'guard/danger'))).toBe(false)
  })

  test('is removed completely', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    await guard(['at', '1', 'hold_install'])
    await guard(['at', '1', 'hold_remove'])
    expect(existsSync(join(folder, 'systemd/matrix-synapse.service.d'))).toBe(false)
  })
})
