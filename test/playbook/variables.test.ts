import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { PlaybookVariables } from '../../src/playbook/variables.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'

const synapse = 'roles/custom/matrix-synapse'
const refused = (items: string, when: string) =>
  `- name: refuses\n  ansible.builtin.fail:\n    msg: no\n  when: "${when}"\n  with_items:\n${items}`
const byName = "lookup('ansible.builtin.varnames', ('^' + item.old + '$'), wantlist=True) | length > 0"

function replaced(tasks: string, name: string) {
  const files = memoryFiles({ [`${synapse}/tasks/validate_config.yml`]: tasks })
  const replacement = new PlaybookVariables(files).replacement(name)
  return (
    replacement && { to: replacement.newName(name), advice: replacement.advice, guard: replacement.guard }
  )
}

describe('the variables of a checkout', () => {
  test('include those of group_vars and of the defaults and vars of each role, with their text', () => {
    const variables = new PlaybookVariables(
      memoryFiles({
        'group_vars/matrix_servers': '---\na: "{{ b }}" # said\n',
        [`${synapse}/defaults/main.yml`]:
          'b: []\n  c: nested\nd:\n# about d\n  - 1\ne:\n\n  key: 1\nf:\ng: "#not a comment"\r\nh: |\n  i: 1\n',
        'roles/galaxy/other/vars/main.yml': 'b: true\n__proto__: 1\n',
      }),
    )
    expect([...variables.names()].sort()).toEqual(['__proto__', 'a', 'b', 'd', 'e', 'f', 'g', 'h'])
    const texts = (name: string) => variables.defaultsOf(name).map(({ text, block }) => block ?? text)
    expect(['a', 'b', 'd', 'e', 'f', 'g', 'h', 'toString'].map(texts)).toEqual([
      ['"{{ b }}"'],
      ['[]', 'true'],
      ['list'],
      ['map'],
      [''],
      ['"#not a comment"'],
      ['|'],
      [],
    ])
    expect(variables.roles()).toEqual(['matrix-synapse', 'other'])
  })

  test('include those that only a task or template mentions, as whole words', () => {
    const variables = new PlaybookVariables(
      memoryFiles({
        [`${synapse}/templates/deep/er/x.j2`]: 'x {{ matrix_only_here }} matrix_longer_name',
        [`${synapse}/docs/x.md`]: 'matrix_in_docs',
      }),
    )
    const asked = ['matrix_only_here', 'matrix_longer', 'matrix_in_docs']
    expect([...variables.mentioned(asked)]).toEqual(['matrix_only_here'])
  })

  test('include the expected version if the playbook validates migrations', () => {
    const text = 'x: v1\nmatrix_playbook_migration_expected_version: "v2"\n'
    const files = memoryFiles({ 'roles/custom/matrix_playbook_migration/defaults/main.yml': text })
    expect(new PlaybookVariables(files).migrationVersion()).toBe('v2')
    expect(new PlaybookVariables(memoryFiles({})).migrationVersion()).toBeUndefined()
  })
})

describe('the variables that a checkout rejects', () => {
  test.each([
    ['a renamed variable', "    - {'old': 'm_a', 'new': 'm_b'}", byName, 'm_a', { to: 'm_b' }],
    ['in other quotes', '    - {"old": "m_a", "new": "m_b"}', 'item.old in vars', 'm_a', { to: 'm_b' }],
    [
      'a removed one',
      "    - {'old': 'm_a', 'new': '<removed> (x)'}",
      byName,
      'm_a',
      { advice: '<removed> (x)' },
    ],
    [
      'a family',
      "    - {'old': 'm_a_.*', 'new': 'm_b_.*'}",
      "vars | selectattr('key', 'match', item.old)",
      'm_a_x',
      { to: 'm_b_x' },
    ],
    ['a list of names', '    - m_old_name', "lookup('varnames', ('^' + item + '$'))", 'm_old_name', {}],
  ])('include %s', (_, items, when, name, expected) => {
    expect(replaced(refused(items, when), name)).toEqual({
      to: undefined,
      advice: undefined,
      guard: undefined,
      ...expected,
    })
    expect(replaced(refused(items, when), `x${name}`)).toBeUndefined()
  })

  test.each([
    [
      "lookup('ansible.builtin.varnames', '^m_old_.+', wantlist=True)",
      'rename (`m_old_*` -> `new_*`)',
      'm_old_x',
      'new_x',
    ],
    ["vars | selectattr('key', 'match', 'm_old_.*')", 'rename (`m_old_` -> `new_`)', 'm_old_x', 'new_x'],
    [
      "lookup('varnames', '^m_(a|b)_.+')",
      'For example, `m_a_enabled` is now `m_bridge_a_enabled`.',
      'm_b_x',
      'm_bridge_b_x',
    ],
    [
      "lookup('varnames', '^m_admin_(enabled|config)')",
      'All `m_admin_*` variables must be renamed to `m_new_*`',
      'm_admin_config_x',
      'm_new_config_x',
    ],
    ["lookup('varnames', '^m_gone_.+')", 'Please remove all `m_gone_*` variables', 'm_gone_x', undefined],
  ])('include names that match %s', (when, message, name, to) => {
    const task = `- ansible.builtin.fail:\n    msg: ${message}\n  when:\n    - m_validation_enabled | bool\n    - "${when}"\n`
    expect(replaced(task, name)).toEqual({ to, advice: undefined, guard: 'm_validation_enabled' })
    expect(replaced(task, 'm_other')).toBeUndefined()
  })

  test('exclude keys of other variables and patterns with catastrophic backtracking', () => {
    const items = "    - {'old': 'm_a', 'new': 'm_b'}"
    expect(
      replaced(refused(items, 'item.old in matrix_synapse_configuration_extension'), 'm_a'),
    ).toBeUndefined()
    const evil = refused("    - {'old': '(a+)+', 'new': 'm_b'}", byName)
    expect(replaced(evil, 'a'.repeat(100))).toBeUndefined()
  })
})

describe('a hostile checkout', () => {
  let root = ''
  afterEach(() => rmSync(root, { recursive: true, force: true }))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  test('with loops, links out of it and oversized files is read as far as possible', () => {
    root = mkdtempSync(join(tmpdir(), 'playbook-'))
    put(`${synapse}/defaults/main.yml`, 'matrix_a: 1\n')
    put(`${synapse}/tasks/main.yml`, 'x')
    symlinkSync('..', join(root, synapse, 'tasks/loop'))
    symlinkSync('/etc', join(root, synapse, 'templates'))
    const variables = new PlaybookVariables(diskFiles(root))
    expect([...variables.names()]).toEqual(['matrix_a'])
    expect([...variables.mentioned(['hosts', 'root'])]).toEqual([])
    expect(variables.incomplete).toBe(false)
    symlinkSync('/', join(root, 'roles/outside'))
    const linked = new PlaybookVariables(diskFiles(root))
    expect([...linked.names()]).toEqual(['matrix_a'])
    expect(linked.incomplete).toBe(true)
    rmSync(join(root, 'roles/outside'))
    put('group_vars/huge', `matrix_huge: ${'x'.repeat(5_000_000)}\n`)
    const again = new PlaybookVariables(diskFiles(root))
    expect([...again.names()]).toEqual(['matrix_a'])
    expect(again.incomplete).toBe(true)
  })

  test.each([
    ['blanks', ' '.repeat(500_000)],
    ['names without an end', 'a'.repeat(500_000)],
    ['colons', ':'.repeat(500_000)],
    ['empty definitions', 'a:\n'.repeat(150_000)],
    ['comments', 'a:\n  #\n'.repeat(50_000)],
    ['items', "- {'old': '".repeat(40_000)],
    ['backticks', '- `a '.repeat(80_000)],
    ['quotes', `- when: "varnames', ${"'".repeat(300_000)}`],
    ['blank values', `a: ${'x '.repeat(200_000)}`],
    ['hashes', `a: ${'# '.repeat(200_000)}`],
  ])('full of %s does not slow down the check', (_, text) => {
    const files = { [`${synapse}/defaults/main.yml`]: text, [`${synapse}/tasks/validate_config.yml`]: text }
    const variables = new PlaybookVariables(memoryFiles(files))
    const started = performance.now()
    expect(variables.replacement('matrix_x')).toBeUndefined()
    expect([...variables.mentioned(['matrix_x'])]).toEqual([])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
