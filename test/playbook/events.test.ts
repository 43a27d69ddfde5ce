import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEvents } from '../../src/playbook/events.ts'
import { collect, commandResult, failureOf, fatalResults } from '../../src/playbook/outcome.ts'
import { hasRecordings, recording } from '../recordings.ts'
import { host, resultLine, statsLine, syn2masCommand, syn2masFailure } from './fixtures.ts'

const outcomeOf = (lines: readonly string[]) => collect(lines.flatMap(parseEvents))
const syn2mas = ['--name=matrix-authentication-service-syn2mas']

describe('parseEvents', () => {
  it('reads starts, results and statistics', () => {
    const task = { name: 'role : task', path: '/srv/playbook/x.yml:1' }
    expect(
      parseEvents(
        JSON.stringify({ _event: 'v2_playbook_on_play_start', play: { name: 'Set up' }, tasks: [] }),
      ),
    ).toEqual([{ kind: 'play', name: 'Set up' }])
    expect(parseEvents(JSON.stringify({ _event: 'v2_playbook_on_task_start', hosts: {}, task }))).toEqual([
      { kind: 'task', task },
    ])
    expect(parseEvents(statsLine({ changed: 2 }))).toMatchObject([
      { kind: 'stats', hosts: { [host]: { ok: 1, changed: 2, failures: 0 } } },
    ])
  })

  it('keeps the command, its exit code and both outputs of a failure', () => {
    expect(syn2masFailure.flatMap(parseEvents)[2]).toMatchObject({
      kind: 'result',
      status: 'failed',
      host,
      task: { name: 'custom/x : Perform syn2mas migration' },
      result: { rc: 10, stdout: '', stderr: '===== Errors =====\n• one', command: syn2masCommand },
    })
  })

  it('drops the gathered facts, which contain the environment of the server', () => {
    expect(JSON.stringify(syn2masFailure.flatMap(parseEvents))).not.toContain('of-the-server')
  })

  it('keeps both sides of a changed file, its mode and its owner', () => {
    const line = resultLine('ok', 'custom/x : Write', {
      action: 'ansible.builtin.copy',
      changed: true,
      dest: '/matrix/x',
      diff: [
        {
          before: 'a\n',
          after: 'b\n',
          before_header: '/matrix/x (content)',
          after_header: '/matrix/x (content)',
        },
      ],
      invocation: { module_args: { mode: '0644', owner: 'matrix', group: 'matrix' } },
    })
    expect(parseEvents(line)).toMatchObject([
      {
        status: 'changed',
        result: {
          path: '/matrix/x',
          mode: '0644',
          owner: 'matrix',
          diffs: [{ path: '/matrix/x', before: 'a\n', after: 'b\n' }],
        },
      },
    ])
  })

  it('keeps the items of a loop with their own status', () => {
    const line = resultLine('ok', 'custom/x : Loop', {
      changed: true,
      results: [
        { changed: true, dest: '/a' },
        { changed: false, dest: '/b' },
        { failed: true, msg: 'no' },
      ],
    })
    expect(parseEvents(line)).toMatchObject([
      {
        result: {
          items: [{ status: 'changed', path: '/a' }, { status: 'ok' }, { status: 'failed', message: 'no' }],
        },
      },
    ])
  })

  it('ignores lines that are not events', () => {
    for (const line of [
      '',
      'ERROR! no',
      '{',
      '{"a": 1}',
      '[]',
      'null',
      '{"_event": "v2_runner_on_ok", "hosts": 3}',
    ]) {
      expect(parseEvents(line), line).toEqual([])
    }
  })
})

describe('commandResult', () => {
  it('finds a command by its words', () => {
    expect(commandResult(outcomeOf(syn2masFailure), syn2mas)?.result.rc).toBe(10)
    expect(commandResult(outcomeOf(syn2masFailure), syn2mas, 'other.example.test')).toBeUndefined()
  })

  it('finds none if the tag ran nothing, even if Ansible succeeded', () => {
    expect(commandResult(outcomeOf([statsLine({})]), syn2mas)).toBeUndefined()
    const skipped = resultLine('skipped', 'custom/x : Perform', { cmd: syn2masCommand, rc: 0 })
    expect(commandResult(outcomeOf([skipped]), syn2mas)).toBeUndefined()
  })
})

describe('fatalResults', () => {
  it('excludes a failure that the playbook ignored', () => {
    expect(fatalResults(outcomeOf(syn2masFailure)).map(result => result.result.rc)).toEqual([10])
  })

  it('includes an unreachable host', () => {
    const lines = [
      resultLine('unreachable', 'Gathering Facts', {
        unreachable: true,
        msg: 'Failed to connect to the host via ssh',
      }),
      statsLine({ unreachable: 1 }),
    ]
    expect(fatalResults(outcomeOf(lines))).toMatchObject([{ status: 'unreachable' }])
  })
})

/** The cases above cover the same events. */
const recorded = () => {
  const read = (name: string) => outcomeOf(readFileSync(recording(name), 'utf8').split('\n'))

  it('gives statistics and no server facts in every recording', () => {
    for (const folder of ['playbook', 'playbook-real']) {
      for (const name of readdirSync(recording(folder)).filter(file => file.endsWith('.jsonl'))) {
        const outcome = read(`${folder}/${name}`)
        expect(Object.values(outcome.stats), name).toHaveLength(1)
        expect(JSON.stringify(outcome.results), name).not.toContain('ansible_env')
      }
    }
  })

  it.each([
    ['playbook/mas-cli-dry-run-exit10.jsonl', 10],
    ['playbook/mas-cli-migrate-exit0.jsonl', 0],
    ['playbook/syn2mas-tool-dry-run-exit1.jsonl', 1],
    ['playbook-real/dry-scratch.jsonl', 0],
  ])('finds the syn2mas command in %s', (name, rc) => {
    expect(commandResult(read(name), syn2mas)?.result.rc).toBe(rc)
  })

  it('finds the reason why a tag failed', () => {
    const [failure] = fatalResults(read('playbook/mas-cli-old-tag.jsonl'))
    expect(failure?.result.message).toContain('matrix-authentication-service-mas-cli-syn2mas')
    expect(fatalResults(read('playbook-real/start-under-hold.jsonl'))).toHaveLength(1)
  })
}
if (hasRecordings) describe('recordings of the real playbook', recorded)

describe('failureOf', () => {
  const said = (lines: readonly string[], stderr = '') =>
    failureOf({ ...outcomeOf(lines), stderr, otherOutput: [] })

  it.each([
    [
      { msg: 'Destination directory /matrix does not exist' },
      ': a task: Destination directory /matrix does not exist.',
    ],
    [
      {
        msg: 'non-zero return code',
        rc: 125,
        stderr: "docker: Error: no such image\nSee 'docker run --help'.",
      },
      ': a task: docker: Error: no such image.',
    ],
    [{ msg: 'non-zero return code', rc: 2, stderr: '', stdout: '' }, ': a task: exit code 2.'],
    [
      { msg: 'All items completed', results: [{ msg: 'fine' }, { failed: true, msg: 'the second one' }] },
      ': a task: the second one.',
    ],
  ])('names the failed task and the reason that its module gives', (answer, expected) => {
    expect(said([resultLine('failed', 'a task', answer), statsLine({ failures: 1 })])).toBe(expected)
  })

  it.each([
    { msg: 'smtp_password: correct horse battery staple' },
    { msg: 'non-zero return code', rc: 1, stdout: 'client_secret: |\n  correct horse battery staple\n' },
    {
      msg: 'non-zero return code',
      rc: 1,
      stderr: '-----BEGIN RSA PRIVATE KEY-----\nMIIEcorrect\nhorse\nbattery\n',
    },
  ])('shows no line of a secret, of which only the whole text has the shape: %j', answer => {
    const text = said([resultLine('failed', 'a task', answer), statsLine({ failures: 1 })])
    expect(text).toContain('***')
    expect(text).not.toMatch(/correct|horse|battery/)
  })

  it('gives what Ansible printed before the first task', () => {
    expect(said([], '[WARNING]: x\nERROR! Attempting to decrypt but no vault secrets found\n')).toBe(
      ': Attempting to decrypt but no vault secrets found.',
    )
    expect(said([])).toBe('.')
  })
})
