import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { templated } from '../../src/inventory/jinja.ts'
import { plainScalar } from '../../src/inventory/read/plain-scalar.ts'
import { pythonValue } from '../../src/inventory/read/python-literal.ts'
import { shellWords } from '../../src/inventory/read/shell-words.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'
import { hostLines, iniValues, jinjaTexts, plainTexts, repositories } from './oracle/cases.ts'
import { shown } from './oracle/shown.ts'

const place = { file: 'f', line: 1, column: 1 }
const seed = 20260824
let python = ''
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inventories-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Host {
  readonly variables: Record<string, { kind: string }>
  readonly groups: readonly string[]
}
interface Answers {
  readonly scalars: readonly { kind: string }[]
  readonly literals: readonly { kind: string }[]
  readonly words: readonly (readonly string[] | null)[]
  readonly rendered: readonly { kind: string }[]
  readonly inventories: readonly Record<string, Host>[]
}

function ask(cases: Partial<Record<keyof Answers, readonly string[]>>): Answers {
  const script = join(import.meta.dirname, 'oracle/ask-ansible.py')
  const output = execFileSync(python, [script], {
    input: JSON.stringify(cases),
    env: { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_LOCALHOST_WARNING: 'false' },
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  })
  return JSON.parse(output.toString('utf8'))
}

describe.each(dialects)(
  'compared with Ansible and PyYAML themselves, as the dialect %s has them',
  dialect => {
    beforeAll(async () => {
      python = join(await ansibleVenv(dialect), 'python3')
    })

    test('plain YAML scalars have the same types and values', () => {
      const texts = fc.sample(plainTexts, { numRuns: 4000, seed })
      const { scalars } = ask({ scalars: texts })
      for (const [index, text] of texts.entries()) {
        if (scalars[index]?.kind === 'error') continue
        const ours = plainScalar(text)
        expect(ours && shown({ ...ours, place }), JSON.stringify(text)).toEqual(scalars[index])
      }
    })

    test('values of INI inventories have the same types and values', () => {
      const texts = fc.sample(iniValues, { numRuns: 4000, seed })
      const { literals } = ask({ literals: texts })
      for (const [index, text] of texts.entries()) {
        const theirs = literals[index]
        if (theirs?.kind === 'error' || theirs?.kind === 'odd') continue
        const ours = pythonValue(text, place)
        if (ours.kind !== 'unknown') expect(shown(ours), JSON.stringify(text)).toEqual(theirs)
      }
    })

    test('host lines are split into the same words', () => {
      const lines = fc.sample(hostLines, { numRuns: 4000, seed })
      const { words } = ask({ words: lines })
      for (const [index, line] of lines.entries()) {
        const ours = shellWords(line)?.map(word => word.text) ?? null
        expect(ours, JSON.stringify(line)).toEqual(words[index])
      }
    })

    test('strings without Jinja are equal', () => {
      const texts = fc.sample(jinjaTexts, { numRuns: 1500, seed })
      const { rendered } = ask({ rendered: texts })
      let known = 0
      for (const [index, text] of texts.entries()) {
        const ours = templated(text)
        if (ours.kind === 'unknown' || rendered[index]?.kind === 'error') continue
        known += 1
        expect(shown({ ...ours, place }), JSON.stringify(text)).toEqual(rendered[index])
      }
      expect(known).toBeGreaterThan(300)
    })

    test('complete inventories give the same hosts, groups and effective values', () => {
      const paths = repositories.map(({ inventory, files }, index) => {
        for (const [path, text] of Object.entries(files)) {
          const full = join(folder, String(index), path)
          mkdirSync(dirname(full), { recursive: true })
          writeFileSync(full, text)
        }
        return { root: join(folder, String(index)), inventory }
      })
      const { inventories } = ask({ inventories: paths.map(({ root, inventory }) => join(root, inventory)) })
      for (const [index, { root, inventory }] of paths.entries()) {
        const ours = readInventory(inventory, diskFiles(root))
        const theirs = inventories[index] ?? {}
        const name = repositories[index]?.name ?? ''
        expect(ours.hosts.map(host => host.name).sort(), name).toEqual(Object.keys(theirs).sort())
        for (const host of ours.hosts) {
          const variables = Object.fromEntries(
            [...host.variableNames()].map(variable => {
              const { value } = host.variable(variable)
              return [variable, value && shown(value)]
            }),
          )
          expect(variables, `${name}: ${host.name}`).toEqual(theirs[host.name]?.variables)
          expect([...host.groups].sort(), `${name}: ${host.name}`).toEqual(theirs[host.name]?.groups)
        }
      }
    })
  },
)
