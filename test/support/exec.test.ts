import { describe, expect, it, vi } from 'vitest'
import { exec } from '../../src/support/exec.ts'
import { lineSplitter } from '../../src/support/lines.ts'
import { shellWords } from '../../src/support/shell.ts'

describe('exec', () => {
  it('returns output, in bytes too, and exit code', async () => {
    const result = await exec(['sh', '-c', 'printf "ü\\377"; echo "$0" >&2; exit 4', 'a b'])
    const bytes = Buffer.concat([Buffer.from('ü'), Buffer.of(0xff)])
    expect(result).toEqual({ code: 4, bytes, stdout: 'ü\ufffd', stderr: 'a b\n' })
  })

  it('prints neither the words of the program nor its output', async () => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await exec(['sh', '-c', 'echo out; echo err >&2', 'secret'])
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })

  it('prints nothing where a part of the PATH is not a folder that it can read', async () => {
    const printed = vi.spyOn(console, 'log').mockReturnValue(undefined)
    vi.stubEnv('PATH', `/etc/hostname:relative::${process.env.PATH}`)
    expect((await exec(['printf', 'x'])).stdout).toBe('x')
    await expect(exec(['no-such-program-here'])).rejects.toMatchObject({ reason: 'tool-missing' })
    expect(printed).not.toHaveBeenCalled()
    vi.unstubAllEnvs()
    printed.mockRestore()
  })

  it('passes words on as they are', async () => {
    const words = ['a b', '"', "'", '\\', '$HOME', '', 'ü\nx']
    expect((await exec(['printf', '%s|', ...words])).stdout).toBe(words.map(word => `${word}|`).join(''))
  })

  it('reports a program that a signal ended as failed', async () => {
    expect((await exec(['sh', '-c', 'kill -9 $$'])).code).toBe(128)
  })

  it('names a program that is not there', async () => {
    await expect(exec(['no-such-program-here'])).rejects.toMatchObject({ reason: 'tool-missing' })
  })

  it('gives the program the environment that it is told, and no other', async () => {
    expect((await exec(['/usr/bin/env'], { env: { ONE: '1', TWO: undefined } })).stdout).toBe('ONE=1\n')
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
