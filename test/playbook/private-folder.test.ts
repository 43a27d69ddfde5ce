import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { privateFolder } from '../../src/playbook/private-folder.ts'

let parent = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'private-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

test('a run removes its secrets when it is done', async () => {
  const folder = privateFolder(parent)
  writeFileSync(join(folder.path, 'vault'), 'password')
  await folder.remove()
  expect(readdirSync(parent)).toEqual([])
})

test('the secrets of a run that is killed are removed, and what it started is ended', async () => {
  const module = new URL('../../src/playbook/private-folder.ts', import.meta.url).href
  const program = `
    import { spawn } from 'node:child_process'
    import { writeFileSync } from 'node:fs'
    import { privateFolder } from ${JSON.stringify(module)}
    const folder = privateFolder(${JSON.stringify(parent)})
    writeFileSync(folder.path + '/vault', 'password')
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
    folder.guards(child.pid)
    console.log(child.pid)
    setInterval(() => {}, 1000)`
  const run = spawn(process.execPath, ['--input-type=module-typescript', '-e', program])
  const pid = await new Promise<number>(resolve =>
    run.stdout.on('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  )
  expect(readdirSync(parent)).toHaveLength(1)
  run.kill('SIGKILL')
  await vi.waitFor(() => expect(readdirSync(parent)).toEqual([]), 10_000)
  await vi.waitFor(() => expect(runs(pid)).toBe(false), 10_000)
})

/** Not a zombie: in a container nothing may wait for an orphan. */
function runs(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'))
}
