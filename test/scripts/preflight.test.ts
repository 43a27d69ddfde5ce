import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/preflight')
let fakes: string
let home: string

/** A machine on which everything is as it must be, made of programs that stand first on PATH. */
beforeEach(() => {
  fakes = mkdtempSync(join(tmpdir(), 'preflight-'))
  home = mkdtempSync('/var/tmp/preflight-')
  program('uname', 'echo Linux')
  program('id', 'if [ "$1" = -u ]; then echo 0; else echo root; fi')
  program('node', 'echo v20.11.0')
  free(50)
  program('docker', 'exit 1')
  program('curl', 'exit 0')
})

afterEach(() => {
  for (const folder of [fakes, home]) rmSync(folder, { recursive: true })
})

function program(name: string, body: string): void {
  writeFileSync(join(fakes, name), `#!/bin/sh\n${body}\n`)
  chmodSync(join(fakes, name), 0o755)
}

function free(gigabytes: number): void {
  program('df', `echo header; echo /dev/disk 1 1 ${gigabytes * 1048576} 1% /`)
}

function preflight(env: Record<string, string> = {}): { code: number | null; problems: string[] } {
  const ran = spawnSync(script, {
    encoding: 'utf8',
    env: { PATH: `${fakes}:/usr/bin:/bin`, HOME: home, ...env },
  })
  return { code: ran.status, problems: ran.stderr.split('\n').filter(Boolean) }
}

const plainUser = () => program('id', 'if [ "$1" = -u ]; then echo 1000; else echo anna; fi')
const one = (sentence: RegExp) => ({ code: 1, problems: [expect.stringMatching(sentence)] })

describe('the checks before a long command', () => {
  it('find nothing on a machine that has what the lab needs', () => {
    expect(preflight()).toEqual({ code: 0, problems: [] })
  })

  it.each(['/tmp/home', '/matrix'])('name a home under %s, and the variable that helps', folder => {
    expect(preflight({ HOME: folder }).problems).toContainEqual(
      expect.stringMatching(/is under \/tmp or \/matrix.*set LAB_CACHE to another folder/),
    )
  })

  it('want an absolute path for the cache, and some home', () => {
    expect(preflight({ LAB_CACHE: 'cache' }).problems[0]).toMatch(
      /^LAB_CACHE is cache: set it to an absolute path/,
    )
    expect(preflight({ HOME: '' }).problems[0]).toMatch(/^HOME is not set: set it, or set LAB_CACHE/)
  })

  it('name another operating system, and a Node.js that is too old', () => {
    program('uname', 'echo Darwin')
    expect(preflight()).toEqual(one(/^The lab needs Linux, and this is Darwin: run it/))
    program('uname', 'echo Linux')
    program('node', 'echo v16.20.0')
    expect(preflight()).toEqual(one(/^Node\.js 20 or newer is not on PATH: install it/))
  })

  it('name a full disk, and need less where the cache is filled', () => {
    free(3)
    expect(preflight()).toEqual(one(/has 3 GB free, and the lab needs 6 GB: free some, or set LAB_CACHE/))
    mkdirSync(join(home, '.cache/matrix-auth-actions/stages'), { recursive: true })
    expect(preflight()).toEqual({ code: 0, problems: [] })
  })

  it('send a plain user to root or to a Docker engine, unless there is one', () => {
    plainUser()
    expect(preflight()).toEqual(one(/needs root, or a Docker engine that anna may use.*sudo -E/))
    program('docker', 'exit 0')
    expect(preflight()).toEqual({ code: 0, problems: [] })
    expect(preflight({ LAB_ENGINE: 'own' })).toEqual(one(/^LAB_ENGINE=own needs root: run it as root/))
  })

  it('name a registry that does not answer, while the cache is empty', () => {
    program('curl', 'case "$*" in *pip.example*) exit 7 ;; esac')
    const env = { PIP_INDEX_URL: 'https://pip.example.test/simple/' }
    expect(preflight(env)).toEqual(
      one(/^The registry of PyPI at https:\/\/pip\.example\.test\/simple\/ does not answer/),
    )
    mkdirSync(join(home, '.cache/matrix-auth-actions/stages'), { recursive: true })
    expect(preflight(env)).toEqual({ code: 0, problems: [] })
  })
})
