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

// The scripts run for real in a folder of their own; systemctl and docker are stand-ins that note what they were called with,
// and say that nothing runs. The lab's tests run the same scripts on a real server.
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

/** As it is once somebody has begun and died: the guard is armed, the lease over. */
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

/** Ends it at once, and waits for what it had called last. */
async function killed(script: ReturnType<typeof spawn>): Promise<void> {
  script.kill('SIGKILL')
  await new Promise(resolve => script.on('exit', resolve))
  await new Promise(resolve => setTimeout(resolve, 1000))
}

describe('the lock on the server', () => {
  test('goes to one of several who want it at once', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map(owner => guard(['acquire', owner, 'r', '60'])))
    expect(results.map(result => result.code).sort()).toEqual([0, 73, 73, 73])
  })

  test('is written in the form that is read here', async () => {
    await guard(['acquire', 'github:o/r#1', 'r1', '60'])
    expect(parseLock(read('auth-actions/lock.json'))).toMatchObject({
      owner: 'github:o/r#1',
      run: 'r1',
      fence: 1,
    })
    const facts = lockFacts(read('auth-actions/lock.json'), Date.now() / 1000)
    expect(facts?.leaseSeconds).toBeGreaterThan(50)
  })

  test('can be taken over once its lease is over, and then the former owner can do nothing more', async () => {
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

  test('goes on with a higher number after a release', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    await guard(['release', '1'])
    expect(lockFacts(read('auth-actions/lock.json'), 0)).toBeUndefined()
    expect((await guard(['acquire', 'b', 'r', '60'])).stdout).toBe('2\n')
  })

  test('a take-over ends an operation of the former owner that hangs', async () => {
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
  test('takes lines from here and adds its own, and both are read back here', async () => {
    await dead('step-begin')
    await guard(['tick'])
    const journal = parseJournal(read('auth-actions/journal.jsonl'))
    expect(journal.damagedLine).toBeUndefined()
    expect(journal.entries.at(-1)).toMatchObject({ event: 'end', outcome: 'rolled-back' })
  })

  test('drops a line that a crash cut off before it goes on', async () => {
    await guard(['acquire', 'a', 'r1', '60'])
    await guard(['append', '1', '1'], entry(1, 1))
    write('auth-actions/journal.jsonl', `${read('auth-actions/journal.jsonl')}{"seq":2,"at":"20`)
    expect((await guard(['append', '1', '2'], entry(2, 1))).code).toBe(0)
    expect(parseJournal(read('auth-actions/journal.jsonl')).entries).toHaveLength(2)
  })

  test('refuses a line whose number is not the next', async () => {
    await guard(['acquire', 'a', 'r1', '60'])
    expect((await guard(['append', '1', '2'], entry(2, 1))).code).toBe(77)
  })
})

describe('the guard', () => {
  test('leaves a migration alone that is alive', async () => {
    await dead('step-begin')
    write(
      'auth-actions/lock.json',
      read('auth-actions/lock.json').replace('"leaseUntil":1', '"leaseUntil":99999999999'),
    )
    await guard(['tick'])
    expect(read('server/file')).toBe('new')
  })

  test('puts the files back, empties MAS only after Synapse is up, and says so in the journal', async () => {
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

  test('says rolled back, too, where the way back ended by itself after its owner had died', async () => {
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

  test('goes back no more once the migration is proven', async () => {
    await dead('proven')
    await guard(['tick'])
    expect(read('server/file')).toBe('new')
    expect(read('auth-actions/guard/state')).toBe('disarmed\n')
  })

  test('does not stop a Synapse a second time that is merely slow to start', async () => {
    await dead('step-begin')
    const slow = { ...environment(), HTTP_STATUS: '000' }
    const first = spawn('bash', [join(base, 'guard/guard.sh'), 'tick'], { env: slow })
    await new Promise(resolve => setTimeout(resolve, 1500))
    await killed(first)
    expect(read('auth-actions/guard/danger')).toBe('started\n')
    // Its lease is long, and nobody waits for it: whoever held it is gone.
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

  test('has nothing to restore once a migration is proven, and says how to go back then', async () => {
    await dead('proven')
    await guard(['tick'])
    const journal = read('auth-actions/journal.jsonl')
    const { code, stderr } = await guard(['restore'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('operation: rollback')])
    expect(read('server/file')).toBe('new')
    expect(read('auth-actions/journal.jsonl')).toBe(journal)
  })

  test('restores once: asked again it says that nothing is left to do', async () => {
    await dead('step-begin')
    await guard(['restore'])
    const journal = read('auth-actions/journal.jsonl')
    expect(await guard(['restore'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing') })
    expect(read('auth-actions/journal.jsonl')).toBe(journal)
  })

  test('holds a Synapse that runs from its next start on, and leaves the lock free', async () => {
    await dead('step-begin')
    await guard(['restore'])
    write('bin/systemctl', systemctl.replace('echo inactive', 'echo active'))
    const { code, stdout } = await guard(['hold'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('matrix-synapse is running')])
    expect(existsSync(join(base, 'hold'))).toBe(true)
    expect((await guard(['acquire', 'runner', 'r2', '60'])).code).toBe(0)
  })

  test('does what root asks by hand, but not against a migration that is alive', async () => {
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

  test('stops nothing where a file is not what was rendered', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    fileSet('old', 'new')
    write('server/file', 'somebody was here')
    expect((await guard(['at', '1', 'go_down'])).code).toBe(77)
    expect(read('calls')).not.toContain('systemctl stop')
    expect(existsSync(join(base, 'guard/danger'))).toBe(false)
  })

  test('is taken away whole', async () => {
    await guard(['acquire', 'a', 'r', '60'])
    await guard(['at', '1', 'hold_install'])
    await guard(['at', '1', 'hold_remove'])
    expect(existsSync(join(folder, 'systemd/matrix-synapse.service.d'))).toBe(false)
  })
})
