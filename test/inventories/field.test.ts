import { describe, expect, test } from 'vitest'
import { type Finding, openFindings, severities } from '../../src/domain/finding.ts'
import { annotations } from '../../src/report/annotations.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { type Case, casesIn, type Mark, verdictOn } from './cases.ts'

interface Report {
  readonly severity: (typeof severities)[number]
  readonly text: string
  readonly where: string
}

/** The findings as text. An inventory that cannot be read is one error without a place. */
function reportsOf(one: Case): readonly Report[] {
  try {
    return openFindings(verdictOn(one).findings).map(({ severity, message, why, remedy, place }) => ({
      severity,
      text: `${message}\n${why}\n${remedy}`,
      where: place ? `${place.file}:${place.line}` : '-',
    }))
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return [{ severity: 'error', text: error.describe(), where: '-' }]
  }
}

/** Whether a finding is on the line of a mark or one beside it. */
function isNear({ where }: Report, { file, line }: Mark): boolean {
  if (file === undefined || line === undefined) return true
  return [line - 1, line, line + 1].some(each => where === `${file}:${each}`)
}

function meets(report: Report, mark: Mark): boolean {
  const isEnough = severities.indexOf(report.severity) <= severities.indexOf(mark.severity)
  return isEnough && isNear(report, mark) && mark.text.test(report.text)
}

/** The rule of the first annotation, and the number of annotations of a severity. */
function expectAnnotations(
  findings: readonly Finding[],
  first: string | undefined,
  count: string | undefined,
): void {
  const { shown } = annotations(findings)
  if (first !== undefined) expect(shown[0]?.title).toBe(first)
  const [number, severity] = (count ?? '').split(' ')
  if (severity !== undefined)
    expect(shown.filter(each => each.severity === severity)).toHaveLength(Number(number))
}

const show = ({ severity, where, text }: Report) => `${severity} ${where} ${text.split('\n')[0]}`

describe('what the field showed', () => {
  const cases = casesIn('field').map(one => [one.source, one.name, one] as const)

  test.each(cases)('%s: %s', (_, __, one) => {
    const start = process.cpuUsage()
    const all = reportsOf(one)
    const { user, system } = process.cpuUsage(start)
    expect(
      one.marks.filter(mark => !all.some(report => meets(report, mark))),
      all.map(show).join('\n'),
    ).toEqual([])
    const errors = all.filter(({ severity }) => severity === 'error')
    expect(errors.filter(report => !one.marks.some(mark => isNear(report, mark))).map(show)).toEqual([])
    const { first, annotations: count } = one.headers
    if (first !== undefined || count !== undefined) expectAnnotations(verdictOn(one).findings, first, count)
    for (const text of one.never)
      expect(all.filter(report => report.text.includes(text)).map(show)).toEqual([])
    expect((user + system) / 1e6).toBeLessThan(Number(one.headers.cpu ?? 3))
  })
})
