import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { pythonWithYaml } from '../../scripts/tools.ts'
import { ReadingProblem } from '../../src/inventory/read/problem.ts'
import { parseYaml } from '../../src/inventory/read/yaml-file.ts'
import { plainTexts } from './oracle/cases.ts'
import { shown } from './oracle/shown.ts'
import { yamlSoup, yamlTrees } from './oracle/yaml-texts.ts'

interface Answer {
  readonly kind: string
  readonly items?: readonly Answer[]
  readonly entries?: Readonly<Record<string, Answer>>
}

const seed = 20260824
const refused: Answer = { kind: 'error' }
let python = ''

beforeAll(async () => {
  python = await pythonWithYaml()
}, 300_000)

/** The value of each text for PyYAML with libyaml, which Ansible prefers, and for PyYAML without it. */
function theirs(texts: readonly string[]): readonly (readonly [Answer, Answer])[] {
  const script = join(import.meta.dirname, 'oracle/ask-pyyaml.py')
  const options = { input: JSON.stringify(texts), maxBuffer: 1 << 28 }
  return JSON.parse(execFileSync(python, [script], options).toString('utf8'))
}

function ours(text: string): Answer {
  try {
    const { value, problems } = parseYaml('file', text)
    if (problems.some(({ severity }) => severity === 'error')) return refused
    return value ? (shown(value) as Answer) : { kind: 'null' }
  } catch (error) {
    if (error instanceof ReadingProblem) return refused
    throw error
  }
}

/** Compares only values: keys are texts here but may be numbers in PyYAML. */
function comparable(answer: Answer): unknown {
  if (answer.kind === 'recursion') return 'error'
  if (answer.items) return answer.items.map(comparable)
  if (!answer.entries) return JSON.stringify(answer)
  return {
    values: Object.values(answer.entries)
      .map(value => JSON.stringify(comparable(value)))
      .sort(),
  }
}

/** Excludes Jinja, which this reader treats differently on purpose. */
const isYamlOnly = (text: string) => !/\{\{|\{%|\{#|#jinja2/.test(text)

function compare(texts: readonly string[]): { accepted: number; refused: number } {
  const counts = { accepted: 0, refused: 0 }
  for (const [index, [withLibyaml, alone]] of theirs(texts).entries()) {
    const text = texts[index] ?? ''
    const mine = comparable(ours(text))
    const agrees = JSON.stringify(mine) === JSON.stringify(comparable(alone))
    if (!agrees) expect(mine, JSON.stringify(text)).toEqual(comparable(withLibyaml))
    counts[withLibyaml.kind === 'error' ? 'refused' : 'accepted'] += 1
  }
  return counts
}

describe('compared with PyYAML', () => {
  test('plain scalars have the same types and values, or both reject them', () => {
    const texts = fc.sample(plainTexts, { numRuns: 4000, seed }).map(text => `- ${text}`)
    const { accepted, refused } = compare(texts.filter(isYamlOnly))
    expect(accepted).toBeGreaterThan(3000)
    expect(refused).toBeGreaterThan(0)
  })

  test('mappings and lists are equal, or both reject them', () => {
    const texts = fc.sample(yamlTrees, { numRuns: 4000, seed })
    const { accepted, refused } = compare(texts.filter(isYamlOnly))
    expect(accepted).toBeGreaterThan(700)
    expect(refused).toBeGreaterThan(700)
  })

  test('arbitrary lines have the same values, or both reject them', () => {
    const texts = fc.sample(yamlSoup, { numRuns: 6000, seed })
    const { accepted, refused } = compare(texts.filter(isYamlOnly))
    expect(accepted).toBeGreaterThan(500)
    expect(refused).toBeGreaterThan(2000)
  })

  test.each([
    'a: {b: 1, c: {d: e}}\n"f": [g, h]\n',
    '? long\n: short\n',
    'base: &b {x: 1}\nmerged:\n  <<: *b\n  y: 2\n',
    'é: 1\nspaced key: 2\n"quoted: key": 3\n',
  ])('keys are the same in %j', text => {
    const [[answer] = [refused]] = theirs([text])
    expect(ours(text)).toEqual(answer)
  })
})
