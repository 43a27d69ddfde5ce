import { describe, expect, it } from 'vitest'
import { runInGroup } from '../../src/playbook/process-group.ts'

describe('a program in its own process group', () => {
  it('gives no input, and returns output and exit code', async () => {
    const result = await runInGroup(['sh', '-c', 'cat; echo ü; echo "$0" >&2; exit 4', 'a b'])
    expect(result).toEqual({ code: 4, stdout: 'ü\n', stderr: 'a b\n', timedOut: false })
  })

  it('streams whole lines of both outputs', async () => {
    const lines: string[] = []
    await runInGroup(['sh', '-c', 'printf "a\\nb"; echo c >&2'], {
      onLine: (stream, line) => lines.push(stream + line),
    })
    expect(lines.sort()).toEqual(['stderrc', 'stdouta', 'stdoutb'])
  })

  it('ends the whole process group when the time is over', async () => {
    const started = Date.now()
    const result = await runInGroup(['sh', '-c', 'sleep 60 & wait'], { timeoutMs: 300 })
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', timedOut: true })
    // The grandchild holds the output open: an answer this early means that it is gone too.
    expect(Date.now() - started).toBeLessThan(10_000)
  })

  it('kills what ignores SIGTERM', async () => {
    const result = await runInGroup(['sh', '-c', 'trap "" TERM; while :; do sleep 0.1; done'], {
      timeoutMs: 200,
    })
    expect(result).toMatchObject({ signal: 'SIGKILL', timedOut: true })
  })

  it('ends on the abort signal', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    expect(await runInGroup(['sleep', '30'], { abort: controller.signal })).toMatchObject({
      signal: 'SIGTERM',
    })
  })

  it('names a program that is not there', async () => {
    await expect(runInGroup(['no-such-program-here'])).rejects.toMatchObject({ reason: 'tool-missing' })
  })

  it('gives the child the environment that it is told, and no other', async () => {
    expect((await runInGroup(['/usr/bin/env'], { env: { ONE: '1' } })).stdout).toBe('ONE=1\n')
  })
})
