import type { HostOutcome } from '../domain/reports.ts'
import { startOperation } from '../domain/start-apply.ts'
import {
  code,
  type Document,
  heading,
  lines,
  link,
  list,
  marker,
  note,
  paragraph,
  strong,
} from './document.ts'
import { fitToLimit, mostCommentBytes } from './fitting.ts'
import { markerLine, renderMarkdown } from './markdown.ts'
import { type Pages, pageAddress } from './pages.ts'

const name = 'matrix-auth-actions: outcome'
/** The first line of the comment with the outcome of a merge, by which it is found again. */
export const outcomeMarker = markerLine(name)

const operations: Readonly<Record<HostOutcome['operation'], string>> = {
  plan: 'plan',
  migrate: 'migration',
  resume: 'end of an unfinished run',
  rollback: 'rollback',
  status: 'status',
  deploy: 'deployment',
}

export interface Addresses {
  /** Of the log of the run. */
  readonly run?: string | undefined
  /** Of the workflow that rehearses. */
  readonly review?: string | undefined
  readonly pages?: Pages | undefined
}

/** The comment on a merged pull request: what its merge did to each host. */
export function renderOutcome(
  outcomes: readonly HostOutcome[],
  commit: string,
  { run, review, pages }: Addresses,
): string {
  const isDone = outcomes.length > 0 && outcomes.every(({ ok }) => ok)
  const failed = outcomes.find(
    ({ ok, operation, needsRehearsal }) => !ok && operation !== 'plan' && !needsRehearsal,
  )
  const items = outcomes.map(({ host, operation, ok, sentence }) => [
    lines([
      ok ? '✅ ' : '❌ ',
      host === '' ? 'all hosts' : code(host),
      `, ${operations[operation]}: ${sentence}`,
    ]),
  ])
  const text = renderMarkdown([
    marker(name),
    heading(3, title(outcomes, isDone)),
    ...(isUntouched(outcomes) ? [paragraph('No server was changed.')] : []),
    ...(items.length > 0
      ? list(items)
      : [
          paragraph(
            'The run ended before it did anything: it was cancelled, not approved, or replaced by a newer run.',
          ),
        ]),
    ...(outcomes.some(({ needsRehearsal }) => needsRehearsal) ? howToRehearse(review) : []),
    ...(failed === undefined ? [] : goOn(failed, outcomes)),
    ...(outcomes.some(({ migrated }) => migrated)
      ? afterwards(isDone ? 'Next:' : 'Where users log in through MAS now:', pages)
      : []),
    note(
      'Written by matrix-auth-actions for commit ',
      code(commit),
      '. Details: ',
      link('the log and the summary of the run', run),
      '.',
    ),
  ])
  return fitToLimit([text], mostCommentBytes)
}

function title(outcomes: readonly HostOutcome[], isDone: boolean): string {
  if (isDone) return '✅ The merge was applied'
  return isUntouched(outcomes) ? '❌ The merge was not applied' : '❌ The merge was not applied completely'
}

/** Whether the plan was refused, for all hosts, before a server was reached. */
function isUntouched(outcomes: readonly HostOutcome[]): boolean {
  return outcomes.length > 0 && outcomes.every(({ host, ok }) => host === '' && !ok)
}

/** The run stops at the first host that fails. The operation of another host can be another one: a rollback would end its sessions. */
function goOn({ host, operation }: HostOutcome, outcomes: readonly HostOutcome[]): Document {
  const hasOthers = outcomes.some(each => !each.ok && each.host !== host)
  return [
    paragraph(
      strong('Next:'),
      ' fix the problem on ',
      code(host),
      ', as its line above says. Then run the failed jobs of this run again, which continues with the hosts after it. If you changed the vars for it, merge that change instead, and ',
      `${startOperation(operation)}, for `,
      code(host),
      hasOthers
        ? '. Start it for each other host that has a ❌, too, with the operation that this merge asks for there.'
        : '.',
    ),
  ]
}

function afterwards(title: string, pages: Pages | undefined): Document {
  return [
    paragraph(
      strong(title),
      ' log in with an app of your own, and send users the text in the summary of the run. ',
      link('After the migration', pageAddress(pages, 'docs/after.md')),
      ' says what is new for administrators, registration, bots and bridges.',
    ),
  ]
}

function howToRehearse(review: string | undefined): Document {
  return [
    paragraph(
      strong('Next:'),
      ' to rehearse the default branch as it is, start ',
      link('the workflow that reviews changes', review),
      ' manually. Then run the failed jobs of this run again.',
    ),
  ]
}
