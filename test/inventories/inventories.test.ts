import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { type Finding, openFindings } from '../../src/domain/finding.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import { annotations } from '../../src/report/annotations.ts'
import { renderComment } from '../../src/report/comment.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'
import { type Case, casesIn, coveredText, verdictOn } from './cases.ts'

const bad = casesIn('bad')
const good = casesIn('good')
const named = (cases: readonly Case[]) => cases.map(one => [one.source, one.name, one] as const)

function isExpected({ files, expected }: Case, { id, place }: Finding): boolean {
  const where = place ? `${place.file}:${place.line}` : '-'
  return expected.some(one => {
    if (one.id !== id || one.where !== where) return false
    const text = place ? (coveredText(files, place).split('\n')[0] ?? '') : ''
    return one.text.endsWith('…') ? text.startsWith(one.text.slice(0, -1)) : text === one.text
  })
}

const summaries = (findings: readonly Finding[]) =>
  findings.map(({ id, place, message }) => `${id} ${place?.file}:${place?.line}:${place?.column} ${message}`)

describe('a bad inventory', () => {
  test.each(named(bad))('%s: %s', (_, __, one) => {
    const findings = openFindings(verdictOn(one).findings)
    const matched = findings.filter(finding => isExpected(one, finding))
    const unmatched = one.expected.filter(
      expected => !findings.some(finding => isExpected({ ...one, expected: [expected] }, finding)),
    )
    expect(unmatched, summaries(findings).join('\n')).toEqual([])
    expect(one.expected.length).toBeGreaterThan(0)
    const unexpected = findings
      .filter(({ severity }) => severity === 'error')
      .filter(error => !matched.includes(error))
    expect(summaries(unexpected)).toEqual([])
  })

  test('there are at least 300, all different', () => {
    expect(bad.length).toBeGreaterThanOrEqual(300)
    expect(new Set(bad.map(({ source, name }) => `${source} ${name}`)).size).toBe(bad.length)
    expect(new Set(bad.map(({ files, base, headers }) => JSON.stringify([files, base, headers]))).size).toBe(
      bad.length,
    )
  })
})

describe('a good inventory', () => {
  test.each(named(good))('%s: %s', (_, __, one) => {
    const { hosts, findings } = verdictOn(one)
    expect(summaries(findings.filter(({ severity }) => severity === 'error'))).toEqual([])
    expect(hosts.map(({ stage }) => stage).join(' ')).toBe(one.headers.stage)
  })

  test('there are at least 150, all different', () => {
    expect(good.length).toBeGreaterThanOrEqual(150)
    expect(new Set(good.map(({ source, name }) => `${source} ${name}`)).size).toBe(good.length)
    expect(new Set(good.map(({ files, base, headers }) => JSON.stringify([files, base, headers]))).size).toBe(
      good.length,
    )
  })
})

const all = [...bad, ...good]

describe('every inventory', () => {
  test.each(named(all))('%s: %s: has places inside their files', (_, __, one) => {
    const known: Readonly<Record<string, string>> = one.files
    for (const { place } of verdictOn(one).findings) {
      if (!place || known[place.file] === undefined) continue
      const lines = (known[place.file] ?? '').split('\n')
      expect(place.line).toBeLessThanOrEqual(lines.length)
      expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1)
      expect(place.endLine ?? place.line).toBeGreaterThanOrEqual(place.line)
    }
  })

  test.each(named(all))('%s: %s: is valid YAML after each fix', (_, __, one) => {
    for (const { suggestion } of verdictOn(one).findings) {
      if (!suggestion) continue
      const before = one.files[suggestion.place.file]
      if (before === undefined || parseDocument(before).errors.length > 0) continue
      expect(parseDocument(applySuggestion(before, suggestion)).errors).toEqual([])
    }
  })

  test.each(named(all))('%s: %s: no report contains a secret, not even a part of it', (_, __, one) => {
    const secrets = secretsIn(one)
    const verdict = verdictOn(one)
    const reports = [
      renderText(verdict),
      renderSummary(verdict),
      renderComment({ verdict }),
      renderJson(verdict),
      renderSarif(verdict, 'inventory/hosts'),
      ...annotations(verdict.findings).shown.map(printedAnnotation),
    ]
    for (const piece of secrets.flatMap(pieces)) {
      for (const report of reports) expect(report.includes(piece), piece).toBe(false)
    }
  })
})

const secretLine =
  /^[ -]*['"]?\w*(?:secret|secrets_encryption|password|secret_key|pepper|private_key)['"]?: *['"]?([^\s'"{}[\]|>!*&#,][^\s'"{}]{7,})/gm
const inlineSecret = /(?:ansible_(?:ssh_|become_|sudo_)?pass(?:word)?|secret)=([^\s'"{}]{8,})/g

/** Values of variables and keys whose names suggest a secret, in all files of the repository and its base. */
function secretsIn({ files, base }: Case): readonly string[] {
  return [...Object.values(files), ...Object.values(base ?? {})].flatMap(text =>
    [...text.matchAll(secretLine), ...text.matchAll(inlineSecret)].map(([, value = '']) => value),
  )
}

/** The whole text and every part of eight characters, except runs of one character. */
function pieces(secret: string): readonly string[] {
  const parts = Array.from({ length: secret.length - 7 }, (_, start) => secret.slice(start, start + 8))
  return parts.filter(part => new Set(part).size > 3 && !/^(?:client_|matrix_|authenti)/.test(part))
}
