import { createHash } from 'node:crypto'
import type { Finding, Place } from '../domain/finding.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import { plural } from '../support/plural.ts'
import {
  block,
  code,
  type Document,
  folded,
  heading,
  lines,
  link,
  list,
  marker,
  note,
  paragraph,
  type Text,
} from './document.ts'
import { acceptedList, findingsList, notShown, reasons, stagesOf } from './findings.ts'
import { fitToLimit, mostCommentBytes } from './fitting.ts'
import { markerLine, renderMarkdown } from './markdown.ts'
import type { Pages } from './pages.ts'
import type { ChangedFiles } from './proposed-change.ts'
import { nextStep, type Reviewed, verdictLine } from './readiness.ts'
import { countsText, rehearsalSign } from './rehearsal.ts'
import { changesSince, keptFindings, sinceMarker } from './since.ts'
import { estimateText, timeText } from './times.ts'

const name = 'matrix-auth-actions'
/** The first line of the comment, by which it is found again. Escaped text never contains it. */
export const commentMarker = markerLine(name)

export interface CommentParts extends Reviewed {
  readonly pages?: Pages
  /** The address of the log of the run. */
  readonly run?: string
  readonly addressOf?: (place: Place) => string | undefined
  readonly changedFiles?: ChangedFiles
  /** The findings whose fix is a suggestion in the diff. */
  readonly suggested?: ReadonlySet<Finding>
  /** The text of the comment of an earlier check. */
  readonly previous?: string
}

/** The one sticky comment on a pull request: verdict, what merging does to each host, what happens next, findings, details. */
export function renderComment(parts: CommentParts): string {
  const markers = markersOf(parts)
  const text = fitToLimit(
    [...[200, 50, 10, 0].map(rows => render(parts, rows)), render(parts, 0, onlyCounted)],
    mostCommentBytes - Buffer.byteLength(markers),
  )
  return markers === '' ? text : `${text}\n${markers}\n`
}

function markersOf(parts: CommentParts): string {
  const findings = sinceMarker(allFindings(parts))
  return [
    ...((parts.rehearsals ?? []).length === 0 ? [] : [rehearsedMarker(parts)]),
    ...(findings === undefined ? [] : [markerLine(findings)]),
  ].join('\n')
}

/** A hidden line of the comment with a rehearsal, by which it is found again for the same commit and verdict. */
export function rehearsedMarker({ verdict, commit }: CommentParts): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([commit, verdict]))
    .digest('hex')
  return markerLine(`rehearsed: ${digest}`)
}

function allFindings({ verdict, rehearsals = [] }: CommentParts): readonly Finding[] {
  return [...verdict.findings, ...rehearsals.flatMap(rehearsal => rehearsal.findings)]
}

/** The verdict is always that of all hosts, however little of them is shown. */
function render(parts: CommentParts, rows: number, hostsPart = merging): string {
  const { verdict, rehearsals = [], pages, addressOf, changedFiles, suggested, previous } = parts
  const findings = allFindings(parts)
  const kept = previous === undefined ? undefined : keptFindings(previous)
  const since = kept && changesSince(kept, findings)
  const view = {
    most: rows,
    pages,
    addressOf,
    changedFiles,
    ...(suggested && { suggested }),
    ...(since && { isNew: since.isNew }),
  }
  return renderMarkdown([
    marker(name),
    heading(3, verdictLine(parts, findings)),
    ...hostsPart(parts, rows),
    ...nextStep(parts, findings),
    ...(since ? [paragraph(...since.text)] : []),
    ...findingsList(findings, view),
    ...acceptedList(findings, view),
    ...(rows >= 50 ? reasons(findings) : []),
    ...(rows >= 10 ? stagesOf(verdict.hosts, rows, pages) : []),
    ...rehearsalFailures(rehearsals, rows),
    ...commitLine(parts),
  ])
}

/** What merging does to each host, with its rehearsal. Hosts that stay as they are share a line. */
function merging({ verdict: { hosts }, rehearsals = [] }: CommentParts, rows: number): Document {
  const touched = hosts.filter(({ outlook }) => outlook.expected !== 'nothing')
  const most = Math.max(rows, 1)
  const items = touched.slice(0, most).map(({ host, outlook }) => {
    const rehearsal = rehearsals.find(each => each.host === host)
    return [lines([code(host), `: ${outlook.sentence}`], ...(rehearsal ? [rehearsed(rehearsal)] : []))]
  })
  const known = new Set(hosts.map(({ host }) => host))
  const others = rehearsals.filter(({ host }) => !known.has(host))
  const untouched = hosts.length - touched.length
  return [
    ...list([...items, ...others.map(each => [lines([code(each.host), ': ', ...rehearsed(each)])])]),
    ...notShown(touched.length - items.length, 'host'),
    ...(untouched > 0 && touched.length > 0
      ? [paragraph(`Merging changes nothing on ${plural(untouched, 'other host')}.`)]
      : []),
    ...(touched.length === 0 && hosts.length > 0
      ? [paragraph('Merging changes nothing on any server.')]
      : []),
    ...(hosts.length === 0 ? [paragraph('The inventory has no hosts.')] : []),
  ]
}

function onlyCounted({ verdict: { hosts } }: CommentParts): Document {
  return hosts.length === 0 ? [] : [note(`${plural(hosts.length, 'host')}, not shown here.`)]
}

const results = {
  clean: 'Rehearsed',
  findings: 'Rehearsed',
  'would-fail': 'Rehearsed',
  failed: 'The rehearsal could not run',
  live: 'Nothing to rehearse',
} as const

function rehearsed(report: RehearsalReport): Text {
  const { verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report
  const at = rehearsedAt === undefined ? '' : ` at ${timeText(rehearsedAt)}`
  if (verdict === 'would-fail') return [`${rehearsalSign(report)} ${results[verdict]}${at}: ${message}`]
  const amounts = countsText(counts)
  return [
    `${rehearsalSign(report)} ${results[verdict]}${at}: ${message}`,
    amounts === '' ? '' : ` It would migrate ${amounts}.`,
    expectedWindowSeconds === undefined ? '' : ` Expected downtime: ${estimateText(expectedWindowSeconds)}.`,
  ]
}

function rehearsalFailures(rehearsals: readonly RehearsalReport[], rows: number): Document {
  const most = Math.min(20, Math.floor(rows / 2))
  if (most === 0) return []
  const failed = rehearsals.filter(
    ({ verdict, toolOutput }) => verdict === 'would-fail' && toolOutput?.length,
  )
  return failed.flatMap(({ host, toolOutput = [] }) =>
    folded(`What syn2mas printed last on ${host}`, [block(toolOutput.slice(-most).join('\n'))]),
  )
}

/** The comment without a verdict. It replaces an older one, which would be about another commit. */
export function renderNoVerdict(commit: string | undefined, run: string | undefined): string {
  return renderMarkdown([
    marker(name),
    heading(3, '❌ Not checked'),
    paragraph(
      'The check of this commit failed before it had a result. For the cause, see ',
      link('the log of the job', run),
      '.',
    ),
    ...commitLine({ commit }),
  ])
}

function commitLine({
  commit,
  run,
}: {
  readonly commit?: string | undefined
  readonly run?: string
}): Document {
  if (commit === undefined) return []
  return [
    note(
      'Written by matrix-auth-actions for commit ',
      code(commit),
      '.',
      ...(run === undefined ? [] : [' Details: ', link('the log and the reports', run), '.']),
    ),
  ]
}
