import { bySeverity, type Finding, openFindings } from '../domain/finding.ts'
import { healthCheckOf } from '../domain/health-checks.ts'
import type { CheckReport, HealthReport } from '../domain/reports.ts'
import { plural } from '../support/plural.ts'
import {
  code,
  type Document,
  folded,
  heading,
  lines,
  link,
  list,
  marker,
  paragraph,
  strong,
  type Text,
  table,
} from './document.ts'
import { findingsList, findingsPart, headline } from './findings.ts'
import { fitToLimit, mostCommentBytes } from './fitting.ts'
import { markerLine, renderMarkdown } from './markdown.ts'
import { type Pages, pageAddress } from './pages.ts'
import { timeText } from './times.ts'

/** What the doctor found: the job's summary, and the report for people. */
export function healthDocument(hosts: readonly HealthReport[], pages?: Pages): Document {
  const findings = hosts.flatMap(host => host.findings)
  const items = hosts.map(({ host, stage, healthy, good, checks }) => [
    lines(
      [healthy ? '✅ ' : '❌ ', code(host), healthy ? ` is healthy${notChecked(checks)}` : ' is not healthy'],
      [
        link('Stage', pageAddress(pages, 'docs/stages.md')),
        ` of the server: ${stage ?? 'unknown'}.${good > 0 ? ` ${plural(good, 'check')} of mas-cli doctor passed.` : ''}`,
      ],
    ),
  ])
  return [
    heading(2, 'Doctor'),
    paragraph(healthHeadline(hosts, findings)),
    ...list(items),
    ...findingsPart(findings, { most: 200, pages }),
    ...hosts.flatMap(checksTable),
  ]
}

/** A check that could not run is not a pass. */
function notChecked(checks: HealthReport['checks'] = []): string {
  const count = checks.filter(({ result }) => result === 'unknown').length
  return count === 0 ? '' : `; ${plural(count, 'check')} could not run`
}

/** A server that is not healthy although no finding says why comes first. */
function healthHeadline(hosts: readonly HealthReport[], findings: readonly Finding[]): string {
  if (hosts.length === 0) return '❓ No server was checked.'
  const unexplained = hosts.filter(host => !host.healthy && openFindings(host.findings).length === 0).length
  if (unexplained === 0) return headline(findings)
  const first = `❌ ${plural(unexplained, 'server')} ${unexplained === 1 ? 'is' : 'are'} not healthy`
  return findings.length === 0 ? first : `${first}; ${headline(findings)}`
}

/** Every check of this toolkit on a host. One that could not run is not a pass. Those that do not apply are last. */
function checksTable({ host, checks = [] }: HealthReport): Document {
  const subject = ({ id }: CheckReport) => healthCheckOf(id)?.subject ?? id
  const row = (result: CheckReport['result'], subjects: string, detail: string): Text[] => [
    [`${checkMarks[result]} ${subjects}`],
    [detail],
  ]
  const asked = checks.filter(({ result }) => result !== 'skipped')
  const skipped = checks.filter(({ result }) => result === 'skipped')
  const byReason = Map.groupBy(skipped, ({ detail }) => detail)
  const rows = [
    ...asked.map(check => row(check.result, subject(check), check.detail)),
    ...[...byReason].map(([reason, those]) => row('skipped', those.map(subject).join(', '), reason)),
  ]
  return folded(`All checks of ${host}`, table(['Check', 'Result'], rows))
}

const checkMarks: Readonly<Record<CheckReport['result'], string>> = {
  holds: '✅ passed:',
  fails: '❌ failed:',
  unknown: '❓ could not run:',
  skipped: '➖ not applicable:',
}

/**
 * The first line of the body of each issue. A repository can have several workflows with a doctor, each of which knows only its own.
 *
 * @param workflow The path of its file.
 */
export function incidentMarker(workflow: string): string {
  return markerLine(`matrix-auth-actions: doctor of ${workflow.replace(/[^\w./-]|--+/g, '_')}`)
}

export interface Incident {
  /** When the first check failed: ISO 8601. */
  readonly since: string
  /** The body of the issue so far. */
  readonly previous: string
  /** The time of this check: ISO 8601, in UTC. */
  readonly at: string
  readonly pages: Pages | undefined
  readonly run: string | undefined
}

/** The body of the issue of a host that is not healthy: since when, what users notice, what to do first, then everything else. */
export function renderIncident(health: HealthReport, { since, previous, at, pages, run }: Incident): string {
  const open = openFindings(health.findings).toSorted(bySeverity)
  const [first] = open
  const errors = new Set([
    ...open.filter(({ severity }) => severity === 'error').map(({ id }) => id),
    ...uncheckedErrors(health, previous),
  ])
  const history = [...pastChecks(previous), { at, errors: [...errors].slice(0, mostErrors) }].slice(
    -mostChecks,
  )
  const kept = renderMarkdown([marker(historyMarker(history))])
  const text = (most: number) =>
    renderMarkdown([
      lines(
        [code(health.host), ' has been unhealthy since ', strong(timeText(since)), '.'],
        ...(first
          ? [
              [strong('What is wrong:'), ` ${first.message}${others(open.length - 1)}`],
              [strong('What users notice:'), ` ${first.why}`],
              [strong('What to do first:'), ` ${first.remedy}`],
            ]
          : []),
      ),
      ...(open.length > 1 ? [heading(3, 'All findings'), ...findingsList(open, { most, pages })] : []),
      heading(3, 'The last checks'),
      ...historyTable(history),
      paragraph(
        'Details: ',
        link('the log of the last check', run),
        '. This issue is closed when the server is healthy again.',
      ),
    ])
  return `${fitToLimit([50, 10, 0].map(text), mostCommentBytes - Buffer.byteLength(kept) - 2)}\n\n${kept}`
}

/** The finding with the highest severity can be one of several with the same cause. */
function others(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ' Another finding is below.' : ` ${count} other findings are below.`
}

interface PastCheck {
  readonly at: string
  /** Ids of rules: also of errors that could not be checked again. */
  readonly errors: readonly string[]
}

/**
 * The errors of the last check that this one could not check again, by their ids: it is unknown whether they are over.
 * @param previous The body of the issue so far; empty where there is none.
 */
export function uncheckedErrors({ checks = [], stage }: HealthReport, previous: string): readonly string[] {
  const results = new Map(checks.map(({ id, result }) => [id, result]))
  // Of a server that was reached, a check that is not listed was made by mas-cli doctor, or does not apply any more.
  const isUnchecked = (id: string) => (results.get(id) ?? (stage ? 'holds' : 'unknown')) === 'unknown'
  return (pastChecks(previous).at(-1)?.errors ?? []).filter(isUnchecked)
}

const mostChecks = 10
/** Of each check in the history, so that it leaves room for the rest of the issue. */
const mostErrors = 20

/** The checks that an issue keeps, oldest first, for its next text: `TIME RULE,RULE;` each. */
function historyMarker(history: readonly PastCheck[]): string {
  return `history: ${history.map(({ at, errors }) => `${at} ${errors.join(',')};`).join(' ')}`
}

/** Anything that is not as `historyMarker` writes it is ignored. */
function pastChecks(body: string): readonly PastCheck[] {
  const [, kept = ''] = /^<!-- history: (.*) -->$/m.exec(body) ?? []
  return [...kept.matchAll(/(\d{4}-\d\d-\d\dT[\d:.]+Z) ([a-z0-9/,-]*);/g)].map(
    ([, at = '', errors = '']) => ({
      at,
      errors: errors.split(',').filter(id => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)),
    }),
  )
}

function historyTable(history: readonly PastCheck[]): Document {
  const rows = history
    .toReversed()
    .map(({ at, errors }): Text[] => [
      [timeText(at)],
      errors.length === 0
        ? ['no error']
        : errors.flatMap((id, index) => (index === 0 ? [code(id)] : [', ', code(id)])),
    ])
  return table(['Checked', 'Errors, with those that could not be checked again'], rows)
}

/** The last comment on the issue of a host that is healthy again. */
export function renderRecovery(host: string, since: string, now: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(now) - Date.parse(since)) / 60_000))
  const duration =
    minutes < 120
      ? plural(minutes, 'minute')
      : minutes < 48 * 60
        ? plural(Math.round(minutes / 60), 'hour')
        : plural(Math.round(minutes / 1440), 'day')
  return renderMarkdown([
    paragraph(code(host), ` is healthy again, ${duration} after the first failed check.`),
  ])
}

/** The last comment on the issue of a host that is no longer in the inventory. */
export function renderNotChecked(): string {
  return renderMarkdown([
    paragraph(
      'This host is no longer in the group ',
      code('matrix_servers'),
      ' of the inventory, so the doctor does not check it any more.',
    ),
  ])
}

/** The body of the issue that is open while the doctor itself cannot run. */
export function renderNoDoctor(run: string | undefined): string {
  return renderMarkdown([
    paragraph(
      'The doctor failed before it checked any server, so it is unknown whether users are served. For the cause, see ',
      link('the log of its job', run),
      '.',
    ),
  ])
}
