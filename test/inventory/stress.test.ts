import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../lab/runner/runner.ts'

/** The limit of the whole process. Node and its type stripping alone need some 90 MB. */
const maxMegabytes = 300
const maxMilliseconds = 30_000
const vars = 'inventory/host_vars/h.yml'
const MB = 1024 * 1024

const printPeak = `import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(2, '\\n' + process.resourceUsage().maxRSS))`

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stress-'))
  put('inventory/hosts', 'h\n')
  put('output', '')
  put('summary', '')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

/** Checks the repository in a separate process, like the runner. */
function check(): { readonly ids: readonly string[]; readonly megabytes: number } {
  const script = join(projectRoot, 'dist/validate-config.js')
  const options = [
    '--max-old-space-size=256',
    '--import',
    `data:text/javascript,${encodeURIComponent(printPeak)}`,
  ]
  const { PATH = '' } = process.env
  const { status, signal, stderr } = spawnSync(process.execPath, [...options, script], {
    env: {
      PATH,
      GITHUB_WORKSPACE: root,
      'INPUT_JSON-PATH': 'report.json',
      'INPUT_FAIL-ON': 'never',
      GITHUB_OUTPUT: join(root, 'output'),
      GITHUB_STEP_SUMMARY: join(root, 'summary'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: maxMilliseconds,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * MB,
  })
  const errors = stderr.toString('utf8')
  expect({ status, signal, errors: errors.slice(0, 2000) }).toMatchObject({ status: 0, signal: null })
  const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as { findings: { id: string }[] }
  return {
    ids: [...new Set(report.findings.map(({ id }) => id))],
    megabytes: Number(errors.split('\n').at(-1)) / 1024,
  }
}

const long = (unit: string, bytes = 1.9 * MB) => unit.repeat(Math.floor(bytes / unit.length))
const brackets = '['.repeat(10_000)
const bomb = Array.from({ length: 9 }, (_, index) => {
  const inner = index === 0 ? 'x' : `*a${index - 1}`
  return `a${index}: &a${index} [${Array.from({ length: 10 }, () => inner).join(', ')}]`
}).join('\n')

/** Files by path, and the id of an expected finding; no id if the inventory is unusual but valid. */
const repositories: readonly (readonly [string, Record<string, string | Uint8Array>, string?])[] = [
  ['variables of 10 MB', { [vars]: long('a: b # c\n', 10 * MB) }, 'inventory/limit'],
  ['hosts of 10 MB', { 'inventory/hosts': long('h a=1\n', 10 * MB) }, 'inventory/limit'],
  ['10 kB of brackets', { [vars]: `a: ${brackets}` }, 'inventory/limit'],
  ['10 kB of brackets in INI', { 'inventory/hosts': `h a=${brackets}\n` }],
  ['2 MB of brackets', { [vars]: long('[') }, 'inventory/limit'],
  ['2 MB of braces', { [vars]: long('{') }],
  ['a bomb of aliases', { [vars]: bomb }, 'inventory/limit'],
  ['a hundred million hosts', { 'inventory/hosts': 'host[1:99999999]\n' }, 'inventory/syntax'],
  [
    'twenty thousand hosts with a thousand variables each',
    {
      'inventory/hosts': `h[1:20000] ${Array.from({ length: 1000 }, (_, index) => `v${index}=1`).join(' ')}\n`,
    },
    'inventory/limit',
  ],
  [
    'twenty thousand hosts below ten thousand groups',
    {
      'inventory/hosts': `${Array.from({ length: 9999 }, (_, index) => `[g${index}:children]\ng${index + 1}\n`).join('')}[g9999]\nh[1:20000]\n`,
    },
    'inventory/limit',
  ],
  ['raw blocks that are not closed', { [vars]: `a: "${long('{% raw %}')}{{"` }],
  ['raw blocks in each other', { [vars]: `a: "${long('{% raw %}{{ x }}{% endraw %}')}"` }],
  ['Jinja that is never closed', { [vars]: `a: "${long('{{ q(')}"` }],
  ['2 MB of small values', { [vars]: long('a:\n') }, 'inventory/limit'],
  ['2 MB of equal keys', { [vars]: long('abcdefghij: 1\n', MB) }, 'inventory/duplicate-key'],
  ['a number of 2 MB', { [vars]: `a: ${long('1')}` }, 'inventory/yaml-syntax'],
  ['a number of 2 MB in INI', { 'inventory/hosts': `h a=${long('1')}\n` }],
  ['a time of 2 MB', { [vars]: `a: 1${long(':1')}` }, 'inventory/yaml-syntax'],
  ['a directive of 2 MB', { [vars]: `%YAML${long(' ')}x\n--- a\n` }, 'inventory/yaml-syntax'],
  ['2 MB of line breaks in a text', { [vars]: `a: "{{ x }}${long('\n')}b"` }],
  ['2 MB of merges', { [vars]: `a: &a {b: 1}\n${long('<<: *a\n')}` }, 'inventory/limit'],
  ['2 MB of anchors', { [vars]: long('- &a 1\n') }, 'inventory/yaml-syntax'],
  ['2 MB of quotes', { [vars]: `a: ${long("'")}` }],
  ['2 MB of quotes in INI', { 'inventory/hosts': `h ${long('"')}\n` }],
  ['2 MB of spaces', { [vars]: `a: b${long(' ')}c` }],
  ['2 MB of tabs', { [vars]: long('\t') }],
  ['2 MB of hyphens', { [vars]: long('- ') }, 'inventory/limit'],
  ['2 MB of question marks', { [vars]: long('? ') }, 'inventory/limit'],
  ['2 MB of hidden characters', { [vars]: `a: ${long('\u200b', MB / 2)}` }, 'trust/hidden-characters'],
  ['2 MB of look-alikes', { [vars]: `a: ${long('aа ', MB)}` }, 'trust/homoglyphs'],
  [
    '2 MB of names',
    { [vars]: Array.from({ length: 90_000 }, (_, index) => `matrix_${index}: 1`).join('\n') },
  ],
  ['an endless text', { [vars]: `a: |\n${long('  x\n')}` }],
  ['2 MB of NUL', { [vars]: long('\0') }, 'inventory/encoding'],
  ['2 MB of invalid UTF-8', { [vars]: new Uint8Array(2 * MB - 1).fill(0xff) }, 'inventory/encoding'],
  ['a deeply nested YAML inventory', { 'inventory/hosts.yml': deepGroups(5000) }, 'inventory/limit'],
  [
    '2 MB of sections',
    { 'inventory/hosts': Array.from({ length: 150_000 }, (_, index) => `[g${index}]`).join('\n') },
    'inventory/limit',
  ],
  [
    '2 MB of invalid YAML groups',
    { 'inventory/hosts.yml': Array.from({ length: 90_000 }, (_, index) => `g${index}: 1`).join('\n') },
    'inventory/limit',
  ],
]

function deepGroups(depth: number): string {
  return `${Array.from({ length: depth }, () => '{children: {g: ').join('')}1${'}}'.repeat(depth)}`.replace(
    /^/,
    'all: ',
  )
}

describe('a hostile repository', () => {
  test.each(repositories.map(([name, files, id = '']) => [name, files, id] as const))(
    'with %s is read or rejected within the limits',
    (_, files, id) => {
      for (const [path, content] of Object.entries(files)) put(path, content)
      if (Object.keys(files).some(path => path.endsWith('hosts.yml'))) {
        rmSync(join(root, 'inventory/hosts'))
        symlinkSync('hosts.yml', join(root, 'inventory/hosts'))
      }
      const { ids, megabytes } = check()
      if (id !== '') expect(ids).toContain(id)
      expect(megabytes).toBeLessThan(maxMegabytes)
    },
  )

  test('with ten thousand files of one host is read within the limits', () => {
    for (let index = 0; index < 10_000; index += 1)
      put(`inventory/host_vars/h/${index}.yml`, `v${index}: ${index}\n`)
    expect(check().megabytes).toBeLessThan(maxMegabytes)
  })

  test('with forty files of 2 MB of small values is rejected within the limits', () => {
    const text = long('- {a: 1}\n', 1.6 * MB)
    for (let index = 0; index < 40; index += 1)
      put(`inventory/host_vars/h/${index}.yml`, `v${index}:\n${text}`)
    const { ids, megabytes } = check()
    expect(ids).toContain('inventory/limit')
    expect(megabytes).toBeLessThan(maxMegabytes)
  })

  test.each(['inventory/hosts', vars, 'ansible.cfg', 'accepted-findings.yml', '.gitmodules'])(
    'with a FIFO as %s does not block',
    path => {
      rmSync(join(root, path), { force: true })
      mkdirSync(dirname(join(root, path)), { recursive: true })
      execFileSync('mkfifo', [join(root, path)])
      expect(check().megabytes).toBeLessThan(maxMegabytes)
    },
  )
})
