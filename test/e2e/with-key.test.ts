import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ansibleFolder, packageSets } from '../../src/actions/setup/ansible.ts'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { projectRoot, runPost, runStep } from '../lab/runner/runner.ts'
import type { Step } from '../lab/runner/step.ts'

/** A step with the key, on a runner that has Ansible in its tool cache, for a server that does not answer. */
async function stepWithKey(): Promise<Step> {
  const folder = mkdtempSync(join(tmpdir(), 'with-key-'))
  const workspace = join(folder, 'workspace')
  await writeInventory(workspace, { dialect: 'mas-cli', address: '127.0.0.1', sshPort: 1, stage: 'live' })
  cpSync(join(projectRoot, 'test/lab/playbook/mas-cli'), join(workspace, 'playbook'), { recursive: true })
  const key = join(folder, 'key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
  const publicKey = readFileSync(`${key}.pub`, 'utf8')
  writeFileSync(join(workspace, 'inventory/known_hosts'), `[127.0.0.1]:1 ${publicKey}`)
  const installed = ansibleFolder(
    '12.3.0',
    { RUNNER_TOOL_CACHE: join(folder, 'tools') },
    packageSets['12.3.0'],
  )
  mkdirSync(installed, { recursive: true })
  writeFileSync(join(installed, 'complete'), '')
  return {
    action: '.',
    inputs: { task: 'doctor', 'ssh-private-key': readFileSync(key, 'utf8') },
    workspace,
    temp: join(folder, 'temp'),
    env: { RUNNER_TOOL_CACHE: join(folder, 'tools') },
  }
}

test('a step with the key starts an agent by itself, which ends with the job and is no other step’s', async () => {
  const step = await stepWithKey()
  const done = await runStep(step)
  expect(done, done.log).toMatchObject({ code: 1, outputs: { 'failure-reason': 'unhealthy' } })
  const pid = Number(done.state['agent-pid'])
  expect(readFileSync(`/proc/${pid}/comm`, 'utf8').trim()).toBe('ssh-agent')
  expect(done.envAfter.SSH_AUTH_SOCK).toBeUndefined()
  await runPost(step, done)
  await expect.poll(() => existsSync(`/proc/${pid}/exe`)).toBe(false)
  expect(existsSync(done.state['agent-folder'] ?? '')).toBe(false)
})
