import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { journalLimit, readHealthFacts, readJournal } from '../../src/server/health-facts.ts'
import type { ServerSession } from '../../src/server/session.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maa-health-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, content: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content, { mode: 0o755 })
  return file
}

/** Runs scripts on this machine, with `folder` in the place of /, and with these programs, in Bash. */
function sessionWith(programs: Readonly<Record<string, string>>): ServerSession {
  for (const [name, text] of Object.entries(programs)) write(`bin/${name}`, `#!/bin/bash\n${text}\n`)
  return {
    host: 'matrix.example.test',
    run: async ([, , text = '']: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['-c', text.replaceAll('/matrix/', `${folder}/matrix/`)],
        {
          input: '',
          env: { PATH: `${folder}/bin:/usr/bin:/bin` },
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        },
      )
      return { code: status, stdout, stderr }
    },
  } as unknown as ServerSession
}

describe('the age of the newest backup', () => {
  const backupOf = async (units: readonly string[]) => {
    const systemctl = `for unit; do :; done; case "$unit" in ${[...units, 'none'].map(unit => `${unit}.service`).join('|')}) echo "[Unit]" ;; *) exit 1 ;; esac`
    return (await readHealthFacts(sessionWith({ systemctl, docker: 'exit 1' }))).backup
  }
  const dump = 'matrix/postgres-backup/data/last/synapse.sql.gz'
  const old = new Date('2026-01-01T00:00:00Z')
  const isInstalled = ['matrix-postgres-backup']

  test('is that of the newest dump, not of a file of the configuration', async () => {
    utimesSync(write(dump, 'x'), old, old)
    write('matrix/postgres-backup/config/env', 'x')
    expect(await backupOf(isInstalled)).toEqual({ newest: old })
  })

  test.each([['matrix/postgres-backup/config/env'], [`${dump}.empty`]])(
    'there is none where only %s exists',
    async path => {
      write(path, path.endsWith('.empty') ? '' : 'x')
      expect(await backupOf(isInstalled)).toEqual({ newest: undefined })
    },
  )

  test('is not asked for where the backup is not installed, also if it was', async () => {
    write(dump, 'x')
    expect(await backupOf(['matrix-synapse'])).toBeUndefined()
  })
})

describe('the journal', () => {
  const entry = (unit: string, message: string) =>
    JSON.stringify({ MESSAGE: message, PRIORITY: '6', _SYSTEMD_UNIT: `${unit}.service` })
  const messagesOf = async (entries: readonly string[]) => {
    const journal = write('journal', `${entries.join('\n')}\n`)
    const programs = {
      journalctl: `case "$*" in *" -o json "*) cat ${journal} ;; esac`,
      'systemd-cat': 'true',
    }
    return (await readJournal(sessionWith(programs))).map(({ message }) => message)
  }
  const requests = [
    entry(
      'matrix-traefik',
      '203.0.113.7 - - [01/Aug/2026:12:00:00 +0000] "GET /_matrix/client/versions HTTP/2.0" 200 42 "-" "No space left on device" 17 "matrix@docker" "http://172.20.0.3:8008" 3ms',
    ),
    entry('matrix-traefik', '{"ClientAddr":"203.0.113.7:1","DownstreamStatus":200,"RequestMethod":"GET"}'),
    entry(
      'matrix-synapse-reverse-proxy-companion',
      '203.0.113.7 - - [01/Aug/2026:12:00:00 +0000] "GET / HTTP/1.1" 502 1 "-" "Mozilla" "-"',
    ),
    entry(
      'matrix-authentication-service',
      '2026-08-01T12:00:00.000000Z  INFO http.server.response POST-1 - "POST /oauth2/introspect HTTP/1.1" 200 OK "Synapse"',
    ),
    entry(
      'matrix-synapse',
      '2026-08-01 12:00:00,000 - synapse.access.http.8008 - 507 - INFO - GET-1 - 203.0.113.7 - 8008 - {None} "GET / HTTP/1.1"',
    ),
  ]
  const errors = [
    '2026-08-01T12:00:00Z ERR Unable to obtain ACME certificate for domains error="x" providerName=default.acme',
    'time="2026-08-01T12:00:00Z" level=error msg="x"',
    '2026-08-01T12:00:00.000000Z ERROR http.server.response POST-1 - "POST /oauth2/token HTTP/1.1" 500 Internal Server Error',
  ]

  test('is read without the requests of access logs, however many', async () => {
    const many = Array.from({ length: 5000 }, () => requests).flat()
    const entries = [...errors.map(message => entry('matrix-traefik', message)), ...many]
    expect(await messagesOf(entries)).toEqual(errors)
  })

  test('can hold requests alone, or nothing', async () => {
    expect(await messagesOf(requests)).toEqual([])
    expect(await messagesOf([])).toEqual([])
  })

  test('is read up to the limit, from the end', async () => {
    const entries = Array.from({ length: journalLimit + 2 }, (_, index) =>
      entry('matrix-synapse', `${index}`),
    )
    const messages = await messagesOf(entries)
    expect([messages.length, messages[0]]).toEqual([journalLimit, '2'])
  })
})
