import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'

const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]\n`).join('')}`

/** A file with its only problem: id, line and column. */
const wrongVars: readonly (readonly [string, string | Uint8Array, string, number, number])[] = [
  ['a tab for indentation', 'a:\n\tb: 1\n', 'inventory/yaml-syntax', 2, 1],
  ['unquoted Jinja', 'a: 1\nb: {{ c }}\n', 'inventory/unquoted-jinja', 2, 4],
  ['a quote that is not closed', 'a: "b\n', 'inventory/yaml-syntax', 1, 4],
  ['a second colon', 'a: b: c\n', 'inventory/yaml-syntax', 1, 5],
  ['text that is not UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xff]), 'inventory/encoding', 1, 1],
  ['a NUL', 'a: 1\nb: x\0y\n', 'inventory/encoding', 2, 5],
  ['an unknown tag', 'a: !lookup x\n', 'inventory/unknown-tag', 1, 12],
  ['two documents', 'a: 1\n---\nb: 2\n', 'inventory/several-documents', 2, 1],
  ['a list at the top', '- a\n', 'inventory/not-a-mapping', 1, 1],
  ['an alias without an anchor', 'a: *b\n', 'inventory/yaml-syntax', 1, 4],
  ['an alias to itself', 'a: &b [*b]\n', 'inventory/yaml-syntax', 1, 8],
  ['a bomb of aliases', bomb, 'inventory/limit', 6, 10],
  ['10,000 brackets', `a: ${'['.repeat(10_000)}`, 'inventory/limit', 1, 103],
  ['3 MiB', `a: ${'x'.repeat(3 << 20)}`, 'inventory/limit', 1, 1],
  [
    'git-crypt',
    new Uint8Array([0, ...new TextEncoder().encode('GITCRYPT'), 0, 1, 2]),
    'inventory/git-crypt',
    1,
    1,
  ],
]

const wrongHosts: readonly (readonly [string, string, string, number, number])[] = [
  ['a range of a hundred million hosts', 'host[1:99999999]\n', 'inventory/syntax', 1, 1],
  ['ranges that multiply', '[g]\nh[1:200]-[1:200]\n', 'inventory/syntax', 2, 1],
  ['a range that runs backwards', 'h[c:a]\n', 'inventory/syntax', 1, 1],
  ['a section name with a space', '[a b]\nh\n', 'inventory/syntax', 1, 1],
  ['a section of an unknown kind', '[a:hosts:x]\nh\n', 'inventory/syntax', 1, 1],
  ['variables of an undeclared group', 'h\n[g:vars]\na=1\n', 'inventory/undefined-group', 2, 1],
  ['an undeclared child group', 'h\n[g:children]\nk\n', 'inventory/undefined-group', 3, 1],
  ['groups that contain each other', '[a:children]\nb\n[b:children]\na\n', 'inventory/group-cycle', 1, 1],
  ['a word that is not an assignment', 'h a\n', 'inventory/syntax', 1, 3],
  ['a quote that is not closed', "h a='b\n", 'inventory/syntax', 1, 1],
  ['a variable without a value', '[all:vars]\na\n', 'inventory/syntax', 2, 1],
  ['a script', '#!/bin/sh\necho {}\n', 'trust/inventory-script', 1, 1],
  ['the configuration of a plugin', 'plugin: aws_ec2\n', 'trust/inventory-plugin', 1, 1],
  ['a list of hosts', 'all:\n  hosts: [h]\n', 'inventory/syntax', 2, 10],
  ['an encrypted inventory', '$ANSIBLE_VAULT;1.1;AES256\n00\n', 'inventory/syntax', 1, 1],
]

const started = Date.now()
const problemsOf = (files: Record<string, string | Uint8Array>) =>
  readInventory('hosts', memoryFiles({ hosts: 'h\n', ...files })).problems.map(({ id, place, severity }) => ({
    id,
    severity,
    line: place?.line,
    column: place?.column,
  }))

describe('vars files', () => {
  test.each(wrongVars)('with %s are rejected at the place of the problem', (_, content, id, line, column) => {
    expect(problemsOf({ 'host_vars/h.yml': content })).toContainEqual({ id, severity: 'error', line, column })
  })

  test('may be encrypted, and names such as __proto__ are ordinary names', () => {
    const inventory = readInventory(
      'hosts',
      memoryFiles({
        hosts: 'h __proto__=1 constructor=2\n',
        'host_vars/h/a.yml': '__proto__: {x: 1}\ntoString: y\n',
        'host_vars/h/vault.yml': '$ANSIBLE_VAULT;1.2;AES256;x\n00\n',
      }),
    )
    expect(inventory.problems).toEqual([])
    const host = inventory.host('h')
    expect(host?.variable('__proto__').value?.kind).toBe('map')
    expect(host?.variable('constructor').value).toMatchObject({ kind: 'integer', value: 2n })
    expect(host?.variable('hasOwnProperty').state).toBe('unknown')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('with duplicate keys cause a warning, and the last key wins', () => {
    const inventory = readInventory(
      'hosts',
      memoryFiles({ hosts: 'h\n', 'host_vars/h.yml': 'a: 1\nb: 2\na: 3\n' }),
    )
    expect(inventory.problems).toMatchObject([
      { id: 'inventory/duplicate-key', severity: 'warning', place: { line: 3, column: 1 } },
    ])
    expect(inventory.host('h')?.variable('a').value).toMatchObject({ kind: 'integer', value: 3n })
  })

  test('that another file hides are reported', () => {
    expect(problemsOf({ 'host_vars/h.yml': 'a: 1\n', 'host_vars/h/vars.yml': 'a: 2\n' })).toEqual([
      { id: 'inventory/shadowed-file', severity: 'warning', line: 1, column: 1 },
    ])
  })

  test('that are broken make undefined variables unknown', () => {
    const inventory = readInventory('hosts', memoryFiles({ hosts: 'h\n', 'host_vars/h.yml': 'a: "\n' }))
    expect(inventory.host('h')?.variable('a')).toMatchObject({
      state: 'unknown',
      hiddenIn: ['host_vars/h.yml'],
    })
  })
})

describe('inventories', () => {
  test.each(wrongHosts)('with %s are rejected at the place of the problem', (_, hosts, id, line, column) => {
    expect(problemsOf({ hosts })).toContainEqual({ id, severity: 'error', line, column })
  })

  test('with ten thousand hosts are read quickly', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `h${index} ansible_host=192.0.2.${index % 250}`,
    )
    const before = performance.now()
    const inventory = readInventory(
      'hosts',
      memoryFiles({ hosts: `[matrix_servers]\n${lines.join('\n')}\n` }),
    )
    expect(inventory.hosts).toHaveLength(10_000)
    expect(inventory.problems).toEqual([])
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('in TOML are reported as unsupported', () => {
    const { problems } = readInventory('hosts.toml', memoryFiles({ 'hosts.toml': '[all.hosts]\nh = {}\n' }))
    expect(problems).toMatchObject([{ id: 'inventory/syntax', message: expect.stringContaining('TOML') }])
  })

  test('with too many hosts are rejected', () => {
    const lines = Array.from({ length: 3 }, (_, index) => `h${index}-[1:10000]`)
    expect(problemsOf({ hosts: lines.join('\n') })).toContainEqual({
      id: 'inventory/limit',
      severity: 'error',
      line: 3,
      column: 1,
    })
  })
})

describe('on a disk', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'traps-'))
    mkdirSync(join(root, 'host_vars'))
    writeFileSync(join(root, 'hosts'), 'h\n')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))
  const ids = () => readInventory('hosts', diskFiles(root)).problems.map(({ id }) => id)

  test('a FIFO does not block', () => {
    execFileSync('mkfifo', [join(root, 'host_vars/h.yml')])
    expect(ids()).toEqual(['inventory/special-file'])
  })

  test.each(['/etc/passwd', '../outside', 'h.yml', 'nowhere'])('a link to %s is not followed', target => {
    symlinkSync(target, join(root, 'host_vars/h.yml'))
    expect(ids()).toEqual(['inventory/link-outside'])
  })

  test('a link inside the repository is followed', () => {
    writeFileSync(join(root, 'shared.yml'), 'a: 1\n')
    symlinkSync('../shared.yml', join(root, 'host_vars/h.yml'))
    expect(ids()).toEqual([])
    expect(readInventory('hosts', diskFiles(root)).host('h')?.variable('a').state).toBe('known')
  })

  test('a folder that links to itself is read once', () => {
    mkdirSync(join(root, 'host_vars/h'))
    symlinkSync('.', join(root, 'host_vars/h/again'))
    expect(ids()).toContain('inventory/limit')
  })

  test('folders that link to each other many times are read in finite time', () => {
    for (const name of ['a', 'b', 'c']) {
      mkdirSync(join(root, 'host_vars/h', name), { recursive: true })
      for (const other of ['a', 'b', 'c'])
        symlinkSync(`../${other}`, join(root, 'host_vars/h', name, `to-${other}`))
    }
    expect(ids()).toContain('inventory/limit')
    expect(readInventory('host_vars', diskFiles(root)).problems.map(({ id }) => id)).toContain(
      'inventory/limit',
    )
  })

  test('a missing submodule with variables is reported, and its variables are unknown', () => {
    rmSync(join(root, 'host_vars'), { recursive: true })
    mkdirSync(join(root, 'host_vars/h/private'), { recursive: true })
    writeFileSync(join(root, 'host_vars/h/vars.yml'), 'a: 1\n')
    writeFileSync(
      join(root, '.gitmodules'),
      '[submodule "private"]\n\tpath = host_vars/h/private\n\turl = https://git.example.test/p\n[submodule "roles"]\n\tpath = roles\n',
    )
    const inventory = readInventory('hosts', diskFiles(root))
    expect(inventory.problems).toMatchObject([
      {
        id: 'inventory/missing-submodule',
        place: { file: '.gitmodules', line: 2, column: 9, endColumn: 28 },
      },
    ])
    expect(inventory.host('h')?.variable('a').state).toBe('known')
    expect(inventory.host('h')?.variable('b')).toMatchObject({
      state: 'unknown',
      hiddenIn: ['host_vars/h/private'],
    })
    writeFileSync(join(root, 'host_vars/h/private/more.yml'), 'b: 2\n')
    expect(ids()).toEqual([])
  })

  test('a missing submodule for many hosts is reported once', () => {
    writeFileSync(join(root, 'hosts'), 'h[1:50]\n')
    writeFileSync(join(root, '.gitmodules'), '[submodule "v"]\n\tpath = "host_vars"\n')
    const inventory = readInventory('hosts', diskFiles(root))
    expect(inventory.problems.map(({ id }) => id)).toEqual(['inventory/missing-submodule'])
    expect(inventory.host('h7')?.variable('a').state).toBe('unknown')
  })

  test('an inventory in a missing submodule is rejected with that reason', () => {
    mkdirSync(join(root, 'inventory'))
    writeFileSync(join(root, '.gitmodules'), '[submodule "i"]\n\tpath = inventory\n')
    for (const path of ['inventory', 'inventory/hosts']) {
      expect(() => readInventory(path, diskFiles(root))).toThrow('submodule that is not checked out')
    }
  })

  test('an executable inventory is reported', () => {
    writeFileSync(join(root, 'hosts'), 'h\n', { mode: 0o755 })
    execFileSync('chmod', ['+x', join(root, 'hosts')])
    expect(ids()).toEqual(['trust/executable-inventory'])
  })
})

test('all traps together are fast', () => {
  expect(Date.now() - started).toBeLessThan(20_000)
})
