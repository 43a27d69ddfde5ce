import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { exec } from '../../src/support/exec.ts'
import { toolCache } from '../lab/engine/ansible.ts'
import { playbookFor } from '../lab/playbook/real/checkout.ts'
import { runPost, runStep } from '../lab/runner/runner.ts'
import type { Step } from '../lab/runner/step.ts'
import { startSshd, type ThrowAwaySshd } from '../server/sshd.ts'

const core: Readonly<Record<Dialect, string>> = { 'syn2mas-tool': '2.17', 'mas-cli': '2.19' }

let sshd: ThrowAwaySshd
let workspace: string
beforeAll(async () => {
  sshd = await startSshd()
  workspace = mkdtempSync(join(tmpdir(), 'maa-setup-'))
  mkdirSync(join(workspace, 'inventory'))
  writeFileSync(join(workspace, 'inventory/known_hosts'), sshd.knownHosts)
})
afterAll(() => {
  sshd.stop()
  rmSync(workspace, { recursive: true })
})

async function must(argv: string[], cwd: string): Promise<void> {
  const ran = await exec(argv, { cwd })
  if (ran.code !== 0) throw new Error(ran.stderr)
}

/** A checkout whose requirements.yml pins a role in a repository of its own. */
async function checkoutWithRole(dialect: Dialect): Promise<void> {
  const role = join(workspace, 'role')
  mkdirSync(join(role, 'tasks'), { recursive: true })
  mkdirSync(join(role, 'meta'), { recursive: true })
  writeFileSync(join(role, 'tasks/main.yml'), '---\n[]\n')
  writeFileSync(join(role, 'meta/main.yml'), 'galaxy_info: {author: a, description: d, license: l}\n')
  if (!existsSync(join(role, '.git'))) {
    const git = ['git', '-c', 'user.name=A', '-c', 'user.email=a@example.test']
    await must([...git, 'init', '--quiet'], role)
    await must([...git, 'add', '.'], role)
    await must([...git, 'commit', '--quiet', '--message', 'A role'], role)
    await must([...git, 'tag', 'v1'], role)
  }
  const playbook = join(workspace, 'playbook')
  rmSync(playbook, { recursive: true, force: true })
  cpSync(await playbookFor(dialect), playbook, { recursive: true })
  writeFileSync(
    join(playbook, 'requirements.yml'),
    `- src: git+file://${role}\n  version: v1\n  name: pinned\n`,
  )
}

const step = (): Step => ({
  action: 'setup',
  inputs: { 'ssh-private-key': readFileSync(join(sshd.folder, 'user'), 'utf8') },
  workspace,
  temp: join(workspace, '_temp'),
  env: { RUNNER_TOOL_CACHE: toolCache(), LC_ALL: 'C.UTF-8' },
})

describe('the action setup', () => {
  it.each(dialects)(
    'leaves the steps after it Ansible and roles for a playbook of %s, and the way in',
    async dialect => {
      await checkoutWithRole(dialect)
      const done = await runStep(step())
      expect(done, done.log).toMatchObject({ code: 0 })
      const env = { ...process.env, LC_ALL: 'C.UTF-8', ...done.envAfter }
      try {
        // `env` looks a program up on the PATH that the action left, as the next step does.
        const ansible = await exec(['env', 'ansible-playbook', '--version'], { env })
        expect(ansible.stdout).toContain(`[core ${core[dialect]}.`)
        expect(existsSync(join(workspace, 'playbook/roles/galaxy/pinned/tasks/main.yml'))).toBe(true)
        const { address, port, user } = sshd.address
        const options = ['-o', `UserKnownHostsFile=${workspace}/inventory/known_hosts`, '-o', 'BatchMode=yes']
        const inside = await exec(
          ['env', 'ssh', '-F', 'none', ...options, '-p', String(port), `${user}@${address}`, 'echo in'],
          { env },
        )
        expect(inside, inside.stderr).toMatchObject({ code: 0, stdout: 'in\n' })
      } finally {
        await runPost(step(), done)
      }
      await expect.poll(() => existsSync(`/proc/${done.outputs['agent-pid']}/exe`)).toBe(false)
    },
  )

  it('stops before anything where no host key is pinned', async () => {
    await checkoutWithRole('mas-cli')
    writeFileSync(join(workspace, 'inventory/known_hosts'), '# none yet\n')
    const refused = await runStep(step())
    expect(refused.code).toBe(1)
    expect(refused.annotations.map(({ message }) => message).join()).toContain('no host key')
    expect(refused.envAfter).toEqual({})
  })
})
