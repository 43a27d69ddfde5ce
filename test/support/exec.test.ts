import { describe, expect, it } from 'vitest'
import { exec } from '../../src/support/exec.ts'
import { lineSplitter } from '../../src/support/lines.ts'
import { shellWords } from '../../src/support/shell.ts'

describe('exec', () => {
  it('gives the input, and returns output and exit code', async () => {
    const result = await exec(['sh', '-c', 'cat; echo "$0" >&2; exit 4', 'a b'], { input: 'ü' })
    expect(result).toEqual({ code: 4, stdout: 'ü', stderr: 'a b\n', timedOut: false })
  })

  it('streams whole lines of both outputs', async () => {
    const lines: string[] = []
    await exec(['sh', '-c', 'printf "a\\nb"; echo c >&2'], {
      onLine: (stream, line) => lines.push(stream + line),
    })
    expect(lines.sort()).toEqual(['stderrc', 'stdouta', 'stdoutb'])
  })

  it('ends the whole process group when the time is over', async () => {
    const started = Date.now()
    const result = await exec(['sh', '-c', 'sleep 60 & wait'], { timeoutMs: 300 })
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', timedOut: true })
    // The grandchild holds the output open: an answer this early means that it is gone too.
    expect(Date.now() - started).toBeLessThan(10_000)
  })

  it('kills what ignores SIGTERM', async () => {
    const result = await exec(['sh', '-c', 'trap "" TERM; while :; do sleep 0.1; done'], { timeoutMs: 200 })
    expect(result).toMatchObject({ signal: 'SIGKILL', timedOut: true })
  })

  it('ends on the abort signal', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    expect(await exec(['sleep', '30'], { abort: controller.signal })).toMatchObject({ signal: 'SIGTERM' })
  })

  it('names a program that is not there', async () => {
    await expect(exec(['no-such-program-here'])).rejects.toMatchObject({ reason: 'tool-missing' })
  })

  it('does not fail where the program leaves its input unread', async () => {
    expect(await exec(['true'], { input: 'x'.repeat(1_000_000) })).toMatchObject({ code: 0 })
  })

  it('gives the child the environment that it is told, and no other', async () => {
    expect((await exec(['/usr/bin/env'], { env: { ONE: '1' } })).stdout).toBe('ONE=1\n')
  })
})

describe('lineSplitter', () => {
  it('keeps characters whole that are split between chunks', () => {
    const lines: string[] = []
    const splitter = lineSplitter(line => lines.push(line))
    const bytes = Buffer.from('ü€\r\nlast')
    for (const byte of bytes) splitter.write(Buffer.from([byte]))
    splitter.end()
    expect(lines).toEqual(['ü€', 'last'])
  })
})

describe('shellWords', () => {
  it('quotes all that a shell would expand', () => {
    expect(shellWords(['a', "it's", '', '$x', '~', 'a=b'])).toBe(`a 'it'\\''s' '' '$x' '~' a=b`)
  })
  it('refuses a NUL byte', () => {
    expect(() => shellWords(['a\0b'])).toThrow('NUL')
  })
})
