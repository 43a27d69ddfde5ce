import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import backupScript from '../../src/server/scripts/backup.sh'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maa-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the script on this machine. `dump` is what Docker does for the dump of Synapse's tables, in Bash. */
function backUp(dump: string, list = 'echo "1; TABLE DATA public users"') {
  const programs = {
    docker: `case "$*" in *--table=*) ${dump} ;; *pg_restore*) ${list} ;; *) echo text ;; esac`,
    tar: 'true',
  }
  mkdirSync(join(folder, 'bin'))
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${text}\n`, { mode: 0o755 })
  const backup = join(folder, 'run')
  const { status } = spawnSync('bash', ['-c', backupScript, 'backup', backup, 'auth', 'synapse', 'mas'], {
    env: { PATH: `${folder}/bin:/usr/bin:/bin` },
  })
  return { status, files: existsSync(backup) ? readdirSync(backup) : undefined }
}

test('a complete backup stays', () => {
  const { status, files } = backUp('echo text')
  expect(status).toBe(0)
  expect(files).toEqual(expect.arrayContaining(['mas.dump', 'synapse-accounts.dump', 'files.list']))
})

test.each([
  ['a dump fails', 'echo half; exit 1', undefined],
  ['a dump has no tables', 'echo text', 'true'],
  ['it is ended', 'kill -TERM $PPID; sleep 1', undefined],
])('a backup is removed where %s', (_, dump, list) => {
  const { status, files } = backUp(dump, list)
  expect([status === 0, files]).toEqual([false, undefined])
})
