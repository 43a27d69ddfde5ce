import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { commandResult, fatalResults } from '../../src/playbook/outcome.ts'
import { renderedFiles } from '../../src/playbook/render.ts'
import { type PlaybookRun, runPlaybook } from '../../src/playbook/run.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'
import { startSshd, type ThrowAwaySshd } from '../server/sshd.ts'
import { host } from './fixtures.ts'

const playbook = (folder: string) => `- hosts: matrix_servers
  gather_facts: false
  tasks:
    - name: Say
      ansible.builtin.command: echo "{{ flag | ternary('yes', 'no') }}" "{{ lookup('env', 'INPUT_TOKEN') }}." "{{ secret }}"
      tags: [say]
    - name: Arguments of Ansible
      ansible.builtin.command: ps -ww -o args= -p {{ lookup('pipe', 'echo $PPID') }}
      delegate_to: localhost
      connection: local
      tags: [say]
    - name: Write
      ansible.builtin.copy: {dest: "${folder}/written", content: "after\\n", mode: "0640"}
      tags: [write]
    - name: Write anew
      ansible.builtin.copy: {dest: "${folder}/new", content: "new\\n", mode: "0600"}
      tags: [write]
    - name: Remove
      ansible.builtin.file: {path: "${folder}/gone", state: absent}
      tags: [write]
    - name: Fail
      ansible.builtin.command: sh -c 'echo out; echo err >&2; exit 10'
      tags: [fail]
    - name: Hang
      ansible.builtin.command: sleep 60
      tags: [hang]
`

describe.each(dialects)('runPlaybook with the Ansible of %s', dialect => {
  let sshd: ThrowAwaySshd
  let ansibleBin: string
  const inFolder = (name: string) => join(sshd.folder, name)

  beforeAll(async () => {
    ansibleBin = await ansibleVenv(dialect)
    sshd = await startSshd()
    writeFileSync(inFolder('setup.yml'), playbook(sshd.folder))
    writeFileSync(
      inFolder('hosts'),
      `[matrix_servers]
${host} ansible_host=127.0.0.1 ansible_port=${sshd.address.port} ansible_user=${sshd.address.user} ansible_python_interpreter=/usr/bin/python3 ansible_host_key_checking=false ansible_ssh_common_args="-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
`,
    )
    // Without the run's own variables, ssh accepts the key that this file has.
    writeFileSync(inFolder('accepted'), `${sshd.knownHosts}\n`)
    mkdirSync(inFolder('host_vars'))
    writeFileSync(
      inFolder(`host_vars/${host}.yml`),
      `ansible_ssh_extra_args: -o "KnownHostsCommand=/bin/cat ${inFolder('accepted')}"
ansible_sftp_extra_args: -o HostKeyAlias=other -A
ansible_ssh_executable: ${inFolder('nothing')}
ansible_ssh_host_key_checking: false
ansible_control_path: ${inFolder('socket')}
`,
    )
    process.env.INPUT_TOKEN = 'a-token-of-the-job'
  })
  afterAll(() => {
    delete process.env.INPUT_TOKEN
    sshd?.stop()
  })

  const run = (tags: string[], more: Partial<PlaybookRun> = {}) =>
    runPlaybook({
      checkout: { path: sshd.folder },
      inventory: inFolder('hosts'),
      tags,
      extraVars: { flag: false, secret: 'a-secret-variable' },
      trust: sshd,
      ansibleBin,
      ...more,
    })

  it('keeps the types of variables, and passes no job inputs and no secrets on the command line', async () => {
    const outcome = await run(['say'])
    expect(outcome).toMatchObject({ code: 0 })
    expect(commandResult(outcome, ['echo'])?.result.stdout).toBe('no . a-secret-variable')
    const argv = commandResult(outcome, ['ps'])?.result.stdout
    expect(argv).toContain('ansible-playbook')
    expect(argv).not.toContain('a-secret-variable')
  })

  it('returns the exit code and both outputs of a failed task', async () => {
    const outcome = await run(['fail'])
    expect(outcome.code).toBe(2)
    expect(fatalResults(outcome)).toMatchObject([{ result: { rc: 10, stdout: 'out', stderr: 'err' } }])
  })

  it('renders a check run without writing anything', async () => {
    writeFileSync(inFolder('written'), 'before\n', { mode: 0o600 })
    writeFileSync(inFolder('gone'), 'x')
    const outcome = await run(['write'], { check: true, diff: true })
    expect(renderedFiles(outcome.results, host)).toMatchObject({
      files: [
        { path: inFolder('written'), before: 'before\n', after: 'after\n', mode: '0640' },
        { path: inFolder('new'), after: 'new\n' },
        { path: inFolder('gone'), deleted: true },
      ],
      unreadable: [],
    })
    expect(readFileSync(inFolder('written'), 'utf8')).toBe('before\n')
    expect(existsSync(inFolder('new'))).toBe(false)
    expect(existsSync(inFolder('gone'))).toBe(true)
    expect((await run(['write'])).code).toBe(0)
    expect(statSync(inFolder('written')).mode & 0o777).toBe(0o640)
    expect(renderedFiles((await run(['write'], { check: true, diff: true })).results, host).files).toEqual([])
  })

  it.each([
    ['another key', () => `[127.0.0.1]:${sshd.address.port} ${sshd.otherKey}\n`],
    ['no key', () => '\n'],
  ])('does not connect if %s is pinned, even if the inventory disables the check', async (_, knownHosts) => {
    const outcome = await run(['say'], { trust: { agentSocket: sshd.agentSocket, knownHosts: knownHosts() } })
    expect(outcome.code).toBe(4)
    expect(fatalResults(outcome)).toMatchObject([{ status: 'unreachable' }])
    expect(commandResult(outcome, ['echo'])).toBeUndefined()
  })

  it('has no host in its statistics if the inventory is invalid, although Ansible exits with 0', async () => {
    writeFileSync(inFolder('broken.yml'), 'all: [\n')
    expect((await run(['say'], { inventory: inFolder('broken.yml') })).stats).toEqual({})
  })

  it('fails if `limit` matches no host', async () => {
    await expect(run(['say'], { limit: 'nobody' })).rejects.toMatchObject({ reason: 'playbook-failed' })
  })

  it('reports a missing Ansible', async () => {
    await expect(run(['say'], { ansibleBin: '/nowhere' })).rejects.toMatchObject({ reason: 'tool-missing' })
  })

  it('ends Ansible when the job is cancelled', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 4000)
    const started = Date.now()
    const outcome = await run(['hang'], { abort: controller.signal })
    expect(outcome.code).not.toBe(0)
    expect(Date.now() - started).toBeLessThan(20_000)
  })
})
