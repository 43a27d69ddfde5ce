import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Finding, severities } from '../../src/domain/finding.ts'
import { actualStages, desiredStages } from '../../src/domain/stage.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import { annotations } from '../../src/report/annotations.ts'
import { commentMarker, renderComment } from '../../src/report/comment.ts'
import type { Forecast } from '../../src/report/forecast.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { parseCommand } from '../lab/runner/commands.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '::error::x',
    '\n::add-mask::y',
    'a ##[group]b',
    '\x1b[2J',
    commentMarker,
    '@octocat',
    '| a |',
    '`',
    '<b>',
  ),
)
const place = fc.record(
  {
    file: hostile,
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
    endLine: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['file', 'line', 'column'] },
)
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    id: fc.constantFrom('mas/a', 'synapse/b'),
    severity: fc.constantFrom(...severities),
    message: hostile,
    place,
    host: hostile,
    why: hostile,
    remedy: hostile,
  },
  { requiredKeys: ['id', 'severity', 'message', 'why', 'remedy'] },
)
const verdict: fc.Arbitrary<Verdict> = fc.record({
  findings: fc.array(finding, { maxLength: 15 }),
  hosts: fc.array(
    fc.record({
      host: hostile,
      stage: fc.constantFrom(...desiredStages),
      reason: hostile,
      outlook: fc.record({
        expected: fc.constantFrom('deploy', 'unknown'),
        sentence: hostile,
        byActual: fc.array(
          fc.record({ actual: fc.constantFrom(...actualStages), plan: fc.constant('migrate'), why: hostile }),
        ),
      }),
    }),
    { maxLength: 3 },
  ),
})

const one = (parts: Partial<Finding> = {}): Finding => ({
  id: 'mas/a',
  severity: 'error',
  message: 'wrong',
  why: 'Because.',
  remedy: 'Mend it.',
  ...parts,
})
const lines = (text: string) => text.split(/\r\n|\n|\r/)

describe('annotations', () => {
  test('are ten of each kind at most, the rest counted', () => {
    const many = severities.flatMap(severity =>
      Array.from({ length: 12 }, (_, index) => one({ severity, message: `${index}` })),
    )
    const { lines, left } = annotations(many)
    expect(lines.map(line => parseCommand(line)?.command)).toEqual(
      severities.flatMap(severity => Array.from({ length: 10 }, () => severity)),
    )
    expect(left).toBe(6)
  })

  test('stand on the place that the finding names, with columns where it is one line', () => {
    const [line = ''] = annotations([
      one({ place: { file: 'a b,c:d.yml', line: 3, column: 5, endLine: 3, endColumn: 9 } }),
    ]).lines
    expect(parseCommand(line)?.properties).toEqual({
      title: 'mas/a',
      file: 'a b,c:d.yml',
      line: '3',
      endLine: '3',
      col: '5',
      endColumn: '9',
    })
  })

  test('are one command each and nothing else, whatever the findings hold', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 5 }), findings => {
        const all = annotations(findings).lines.flatMap(lines)
        expect(all).toHaveLength(findings.length)
        for (const line of all) expect(severities).toContain(parseCommand(line)?.command)
      }),
    )
  })
})

describe('the text for a log', () => {
  test('gives the runner no command', () => {
    fc.assert(
      fc.property(verdict, input => {
        for (const line of lines(renderText(input))) {
          expect(parseCommand(line)).toBeUndefined()
          expect(line).not.toContain('##[')
        }
      }),
    )
  })
})

describe('the JSON report', () => {
  const schema = JSON.parse(readFileSync('schemas/validation.schema.json', 'utf8'))
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)

  test('is valid against its schema', () => {
    fc.assert(
      fc.property(verdict, input => {
        const report = JSON.parse(renderJson(input))
        expect(validate(report) ? [] : validate.errors).toEqual([])
        expect(report.$schema).toBe(schema.$id)
      }),
    )
  })
})

describe('the Markdown reports', () => {
  test('hold no HTML but their own, no mention, and our marker once and first in the comment only', () => {
    fc.assert(
      fc.property(verdict, input => {
        const summary = renderSummary(input)
        const comment = renderComment({ verdict: input, commit: '@octocat<!--' })
        expect(summary).not.toContain('<!--')
        expect(comment.startsWith(`${commentMarker}\n`)).toBe(true)
        expect(comment.slice(1)).not.toContain('<!--')
        for (const text of [summary, comment]) {
          const outsideCode = text.replace(/\\[\s\S]|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
          expect(outsideCode).not.toMatch(
            /@octocat|<(?!br>|\/?(?:details|summary|sub)>|!-- matrix-auth-actions -->)/,
          )
        }
      }),
    )
  })

  test('say what merging does and what was found, the most severe first', () => {
    const text = renderSummary({
      hosts: [
        {
          host: 'matrix.example.test',
          stage: 'live',
          before: 'prepared',
          reason: 'it says so',
          outlook: { expected: 'migrate', sentence: 'Merging migrates.', byActual: [] },
        },
      ],
      findings: [one({ severity: 'warning', message: 'second' }), one({ message: 'first' })],
    })
    expect(text).toContain('prepared → **live**')
    expect(text).toContain('Merging migrates.')
    expect(text).toContain('1 error, 1 warning')
    expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'))
  })

  test('have every row of a table in as many cells as its head', () => {
    fc.assert(
      fc.property(verdict, input => {
        for (const line of renderSummary(input)
          .split('\n')
          .filter(line => line.startsWith('| '))) {
          const cells = line.split(/(?<!\\)\|/).length - 2
          expect([3, 4]).toContain(cells)
        }
      }),
    )
  })

  test('stay below what GitHub takes for a comment, however much there is to say', () => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      one({ message: `${index} ${'|'.repeat(300)}` }),
    )
    const host = (index: number) => ({
      host: `host-${index}`,
      stage: 'live' as const,
      reason: 'x'.repeat(200),
      outlook: { expected: 'deploy', sentence: 'y'.repeat(200), byActual: [] },
    })
    const few = renderComment({ verdict: { hosts: [host(1)], findings } })
    expect(few.length).toBeLessThan(65_536)
    expect(few).toContain('not shown here')
    const many = renderComment({
      verdict: { hosts: Array.from({ length: 2000 }, (_, i) => host(i)), findings },
    })
    expect(many.length).toBeLessThan(65_536)
    expect(many.startsWith(commentMarker)).toBe(true)
  })

  test('show the forecast of a rehearsal', () => {
    const forecast: Forecast = {
      host: 'matrix.example.test',
      verdict: 'clean',
      message: 'The rehearsal found nothing.',
      counts: { users: 1000, refreshTokens: 12 },
      windowSeconds: 4.26,
      findings: [],
    }
    const text = renderComment({ verdict: { hosts: [], findings: [] }, forecasts: [forecast] })
    expect(text).toContain('1000 users, 12 refresh tokens')
    expect(text).toContain('4.3 s')
    expect(text).toContain('✅ clean')
  })
})
