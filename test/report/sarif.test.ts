import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import AjvDraft04 from 'ajv-draft-04'
import fc from 'fast-check'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { verdict } from './arbitrary.ts'

const ajv = new AjvDraft04.default({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    uri: text => URL.canParse(text),
    'uri-reference': text => URL.canParse(text, 'https://example.test/') && !/[\s\\^`{}|<>"]/.test(text),
    'date-time': text => !Number.isNaN(Date.parse(text)),
  },
})
const valid = ajv.compile(schema)
const pages = { root: 'https://github.com/o/matrix-auth-actions/blob/v1/' }

const sarif = (findings: readonly Finding[]) =>
  JSON.parse(renderSarif({ hosts: [], findings }, 'inventory/hosts', pages)) as Log
const finding = (parts: Partial<Finding> = {}): Finding => ({
  id: 'mas/a',
  severity: 'error',
  message: 'wrong',
  why: 'Because.',
  remedy: 'Mend it.',
  ...parts,
})
const place = { file: 'inventory/a b.yml', line: 3, column: 5, endLine: 3, endColumn: 9 }

describe('SARIF', () => {
  test('is valid against the schema of 2.1.0 with any findings', () => {
    fc.assert(
      fc.property(verdict, input => {
        const log: unknown = JSON.parse(renderSarif(input, 'inventory/hosts', pages))
        expect(valid(log) ? [] : valid.errors).toEqual([])
      }),
    )
  })

  test('is held against a schema that refuses what is none', () => {
    const log = sarif([finding({ place })])
    expect(valid(log)).toBe(true)
    expect(valid({ ...log, version: '2.0.0' })).toBe(false)
    expect(valid({ ...log, runs: [{ ...log.runs[0], results: [{ message: 'text' }] }] })).toBe(false)
  })

  test('has a place for every finding, relative to the repository, as code scanning wants it', () => {
    fc.assert(
      fc.property(verdict, input => {
        const log = JSON.parse(renderSarif(input, 'inventory/hosts')) as Log
        for (const { locations } of log.runs[0]?.results ?? []) {
          const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? ''
          expect(uri).not.toMatch(/^[a-z][a-z0-9+.-]*:|^\/\//i)
        }
      }),
    )
    const [withPlace, without] =
      sarif([finding({ place }), finding({ severity: 'notice' })]).runs[0]?.results ?? []
    expect(withPlace?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'inventory/a%20b.yml', uriBaseId: 'SRCROOT' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
    })
    expect(without?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('inventory/hosts')
  })

  test('can have other words for people, and is recognised all the same', () => {
    const verdict = { hosts: [], findings: [finding({ message: 'the runner', remedy: 'the runner' })] }
    const reword = (text: string) => text.replace('the runner', 'this machine')
    const logs = [renderSarif(verdict, 'i'), renderSarif(verdict, 'i', undefined, reword)]
    const [plain, reworded] = logs.map(log => (JSON.parse(log) as Log).runs[0]?.results?.[0])
    expect(reworded?.message.text).toBe('this machine. this machine')
    expect(reworded?.partialFingerprints).toEqual(plain?.partialFingerprints)
  })

  test('lists each rule once, with its page, and points each result at it', () => {
    const findings = [
      finding({ page: 'docs/rules/mas-a.md' }),
      finding({ message: 'again' }),
      finding({ id: 'mas/b', severity: 'notice' }),
    ]
    const run = sarif(findings).runs[0]
    expect(run?.tool.driver.rules?.map(({ id, helpUri }) => [id, helpUri])).toEqual([
      ['mas/a', `${pages.root}docs/rules/mas-a.md`],
      ['mas/b', undefined],
    ])
    expect(run?.results?.map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
      [0, 'error'],
      [0, 'error'],
      [1, 'note'],
    ])
  })

  test('says of an accepted finding that it is suppressed, and why', () => {
    const accepted = { reason: 'They leave in May.', place }
    expect(sarif([finding({ accepted })]).runs[0]?.results?.[0]?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'They leave in May.' },
    ])
  })

  test('carries a suggestion as a fix of the file', () => {
    const suggestion = { place, text: 'false' }
    expect(sarif([finding({ suggestion })]).runs[0]?.results?.[0]?.fixes?.[0]?.artifactChanges).toEqual([
      {
        artifactLocation: { uri: 'inventory/a%20b.yml', uriBaseId: 'SRCROOT' },
        replacements: [
          {
            deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
            insertedContent: { text: 'false' },
          },
        ],
      },
    ])
  })

  test('makes no link of brackets in a message', () => {
    const message = 'see [here](https://evil.example)'
    expect(sarif([finding({ message })]).runs[0]?.results?.[0]?.message.text).toContain('\\[here\\](https')
  })

  test('gives a finding the same fingerprint when it only moves, and equal ones different ones', () => {
    const prints = (findings: readonly Finding[]) =>
      sarif(findings).runs[0]?.results?.map(result => result.partialFingerprints?.primaryLocationLineHash)
    const moved = { ...place, line: 30, endLine: 30 }
    expect(prints([finding({ place })])).toEqual(prints([finding({ place: moved })]))
    expect(new Set(prints([finding({ place }), finding({ place: moved })])).size).toBe(2)
  })
})
