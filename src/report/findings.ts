import {
  bySeverity,
  canBeAccepted,
  type Finding,
  openFindings,
  type Place,
  type Severity,
  severities,
} from '../domain/finding.ts'
import type { HostVerdict } from '../domain/verdict.ts'
import { plural } from '../support/plural.ts'
import {
  type Block,
  block,
  code,
  type Document,
  folded,
  heading,
  type Inline,
  lines,
  link,
  list,
  note,
  paragraph,
  strong,
  type Text,
} from './document.ts'
import { type Pages, pageAddress } from './pages.ts'
import { placeText } from './place.ts'
import { type ChangedFiles, type Patch, patchOf, proposedChange } from './proposed-change.ts'

export const signs: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', notice: 'ℹ️' }

/** One line: the number of findings by severity, and of accepted ones. */
export function headline(findings: readonly Finding[]): string {
  const open = openFindings(findings)
  const counts = severities
    .map(severity => ({ severity, count: open.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
  const accepted = findings.length - open.length
  const aside = accepted > 0 ? ` (${accepted} accepted)` : ''
  if (counts.length === 0) return `✅ No findings${aside}`
  const worst = severities.find(severity => open.some(finding => finding.severity === severity)) ?? 'notice'
  return `${signs[worst]} ${counts.join(', ')}${aside}${uncertainty(open)}`
}

/** Ends the line with the counts: what they depend on. */
export function uncertainty(findings: readonly Finding[]): string {
  const count = findings.filter(({ isUncertain }) => isUncertain).length
  return count > 0
    ? `; not certain: ${plural(count, 'finding')} about what an encrypted file may contain`
    : ''
}

export interface FindingsView {
  /** Findings beyond it are only counted. */
  readonly most: number
  readonly pages?: Pages | undefined
  /** Where a person sees a place; undefined where there is no such page. */
  readonly addressOf?: ((place: Place) => string | undefined) | undefined
  /** The findings whose fix is a suggestion on their line in the diff. */
  readonly suggested?: ReadonlySet<Finding>
  readonly changedFiles?: ChangedFiles | undefined
  /** The findings that an earlier check of the pull request did not have. */
  readonly isNew?: ReadonlySet<Finding>
}

/** The open findings, the most severe first: message, place, what to do, and the fix. */
export function findingsList(findings: readonly Finding[], view: FindingsView): Document {
  const open = openFindings(findings).toSorted(bySeverity)
  const shown = open.slice(0, view.most)
  const fixes = shown.flatMap(finding => (view.suggested?.has(finding) ? [] : (finding.suggestion ?? [])))
  const patch = patchOf(fixes, view.changedFiles ?? new Map())
  return [
    ...list(shown.map(finding => itemOf(finding, view, patch))),
    ...notShown(open.length - shown.length, 'finding'),
    ...(fixes.length === 0 ? [] : fixesPart(patch.text)),
    ...howToAccept(shown, view.pages),
  ]
}

function howToAccept(findings: readonly Finding[], pages: Pages | undefined): Document {
  if (!canBeAccepted(findings)) return []
  const page = 'validate-config/README.md'
  return [
    note(
      'The format of ',
      code('accepted-findings.yml'),
      ': ',
      link(code(page), pageAddress(pages, `${page}#accepting-a-finding`)),
      '.',
    ),
  ]
}

/** @param patch Empty where the lines of the fixes are unknown. */
function fixesPart(patch: string): Document {
  const intro: Text = [' to apply the fixes, run ', code('npx matrix-auth-actions validate --fix')]
  if (patch === '') return [paragraph(strong('Fixes:'), ...intro, '.')]
  return [
    paragraph(strong('Patch:'), ...intro, ', or paste this into ', code('git apply --unidiff-zero'), ':'),
    block(patch, 'diff'),
  ]
}

/** The open findings with a heading, and why they matter. */
export function findingsPart(findings: readonly Finding[], view: FindingsView): Document {
  const shown = findingsList(findings, view)
  return shown.length === 0 ? [] : [heading(3, 'Findings'), ...shown, ...reasons(findings)]
}

function itemOf(finding: Finding, view: FindingsView, patch: Patch): Document {
  const { severity, message, remedy, suggestion } = finding
  const isSuggested = view.suggested?.has(finding) ?? false
  const isInPatch = !isSuggested && suggestion !== undefined && patch.has(suggestion)
  return [
    lines(
      [
        strong(`${signs[severity]} ${severity}:`),
        ` ${message}`,
        ...(view.isNew?.has(finding) ? [' ', strong('New.')] : []),
      ],
      where(finding, view),
      [
        strong('What to do:'),
        ` ${remedy}${isSuggested ? ' The fix is a suggestion in the diff that you can commit.' : ''}${isInPatch ? ' The fix is in the patch below.' : ''}`,
      ],
    ),
    ...(suggestion && !isSuggested && !isInPatch ? proposedChange(suggestion) : []),
  ]
}

/** The place, the host and the rule, each with a link where there is one. */
function where({ place, host, id, page }: Finding, { pages, addressOf }: FindingsView): Text {
  const parts: Inline[] = [
    ...(place ? [link(code(placeText(place)), addressOf?.(place))] : []),
    ...(host === undefined ? [] : [code(host)]),
    link(code(id), pageAddress(pages, page)),
  ]
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))
}

/** The accepted findings, folded, with their reasons. */
export function acceptedList(findings: readonly Finding[], view: FindingsView): Document {
  const accepted = findings.flatMap(finding => (finding.accepted ? [{ finding, ...finding.accepted }] : []))
  const items = accepted
    .slice(0, view.most)
    .map(({ finding, reason, until }) => [
      lines([`${signs[finding.severity]} ${finding.message}`], where(finding, view), [
        strong('Accepted:'),
        ` ${reason}${until === undefined ? '' : ` (until ${until})`}`,
      ]),
    ])
  return folded(plural(accepted.length, 'accepted finding'), [
    ...list(items),
    ...notShown(accepted.length - items.length, 'accepted finding'),
  ])
}

/** Why the findings matter, by rule, folded. */
export function reasons(findings: readonly Finding[]): Document {
  const byId = new Map(openFindings(findings).map(finding => [finding.id, finding.why]))
  return folded('Why these matter', list([...byId].map(([id, why]) => [paragraph(code(id), `: ${why}`)])))
}

/** Which stage the vars of each host ask for and why, and what merging does if the server is in another stage than expected; folded. */
export function stagesOf(hosts: readonly HostVerdict[], most: number, pages: Pages | undefined): Document {
  const items = hosts
    .slice(0, most)
    .map(({ host, before, stage, reason, outlook }) => [
      lines(
        [
          code(host),
          `: ${before === undefined || before === stage ? stage : `${before} → ${stage}`}. ${reason}.`,
        ],
        [outlook.otherwise ?? ''],
      ),
    ])
  const page = pageAddress(pages, 'docs/rules/README.md#stages-and-dialects')
  return folded('The stage of each host', [
    ...(page === undefined || items.length === 0 ? [] : [paragraph(link('What the stages are', page))]),
    ...list(items),
    ...notShown(hosts.length - items.length, 'host'),
  ])
}

export function notShown(count: number, what: string): readonly Block[] {
  return count > 0 ? [note(`${plural(count, `more ${what}`)}, not shown here.`)] : []
}
