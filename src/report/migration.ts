import { countDifferences, countText } from '../domain/account-counts.ts'
import { lossTexts } from '../domain/losses.ts'
import {
  type MigrationReport,
  type Proof,
  restoresBuiltInLogin,
  type StepReport,
  type VarsToRestore,
} from '../domain/reports.ts'
import { type Step, stepText } from '../domain/steps.ts'
import { plural } from '../support/plural.ts'
import {
  block,
  code,
  type Document,
  folded,
  heading,
  lines,
  list,
  paragraph,
  strong,
  type Text,
  table,
} from './document.ts'
import { findingsPart } from './findings.ts'
import type { Pages } from './pages.ts'
import { hasFailed, meaningOf } from './proofs.ts'
import { restoration } from './restoration.ts'
import { timeline } from './timeline.ts'
import { estimateText, plainSeconds, timeText } from './times.ts'

const operations = {
  migrate: 'Migration of',
  rollback: 'Rollback of',
  repair: 'Cleanup of',
  resume: 'Unfinished run on',
} as const
const resultTexts = { holds: 'passed', fails: 'failed', skipped: 'not applicable' } as const
const proofMarks = { holds: '✅', fails: '❌ Failed:', skipped: '➖ Not applicable:' } as const
const checkMarks = { ...proofMarks, fails: '⚠️ Failed; nothing is restored:' } as const
const results = { done: 'done', failed: '❌ failed' } as const

/** What is said of a run: the job's summary, and the report for people. */
export function migrationDocument(
  report: MigrationReport,
  {
    toRestore,
    pages,
  }: { readonly toRestore?: VarsToRestore | undefined; readonly pages?: Pages | undefined } = {},
): Document {
  const { host, operation, failure, proofs, checks, steps, warnings, findings } = report
  return [
    heading(2, outcomeOf(report), downtimeClause(report), lossClause(report)),
    lines(
      [`${operations[operation]} `, code(host), `, started at ${timeText(report.startedAt)}`],
      ...counts(report),
      ...times(report),
    ),
    ...(failure === undefined ? [] : failureText(failure)),
    ...list(warnings.map(warning => [paragraph(`⚠️ ${warning}`)])),
    ...lost(report),
    ...(toRestore === undefined ? [] : howToRestore(report, toRestore)),
    ...timeline(report),
    ...proofsList('What was proven', proofs, proofMarks),
    ...proofsList('What was checked afterwards', checks, checkMarks),
    ...toTell(report),
    ...howToRollBack(report),
    ...findingsPart(findings, { most: 200, pages }),
    ...proofDetails([...proofs, ...checks]),
    ...stepsTable(steps),
  ]
}

/** What is said where the server already is as the operation would leave it. */
export function nothingDone(operation: keyof typeof verbs, why: string): Document {
  return [heading(2, `✅ Nothing to ${verbs[operation]}`), paragraph(why)]
}

const verbs = { migrate: 'migrate', rollback: 'roll back', resume: 'end' } as const

/** The error, with each of its parts on a line. */
function failureText(failure: string): Document {
  const [what = '', ...parts] = failure.split('\n')
  return [paragraph(strong(what)), ...list(parts.map(part => [paragraph(part)]))]
}

function outcomeOf({ operation, resumed, outcome, checks }: MigrationReport): string {
  const done = (what: string) => (hasFailed(checks) ? `⚠️ ${what}, but a check failed` : `✅ ${what}`)
  switch (outcome) {
    case 'migrated':
      return done('Migrated')
    case 'rolled-back':
      return done((resumed ?? operation) === 'repair' ? "MAS's database is empty again" : 'Rolled back')
    case 'restored':
      return `❌ ${operation === 'resume' ? 'It had failed' : 'Failed'}; the server is as before`
    case 'abandoned':
      return '❌ Stopped before anything changed for users'
    case 'unknown':
      return '❓ Result unknown'
  }
}

function downtimeClause({ windowSeconds, expectedWindowSeconds }: MigrationReport): string {
  if (windowSeconds === undefined) return ''
  const estimate =
    expectedWindowSeconds === undefined
      ? ''
      : ` (estimate right before: ${estimateText(expectedWindowSeconds)})`
  return `; downtime ${plainSeconds(windowSeconds)}${estimate}`
}

/** What users lost, where it is known. */
function lossClause(report: MigrationReport): string {
  if (report.outcome === 'migrated') return keepsAll(report) ? '; users lost nothing' : ''
  if (!restoresBuiltInLogin(report)) return ''
  const lost = report.lost ?? (couldUseMas(report) ? undefined : {})
  if (!lost) return ''
  const texts = lossTexts(lost)
  return texts.length === 0 ? '; users lost nothing' : `; users lost ${texts.join(', ')}`
}

/** The step `start` of a migration starts MAS for users. Before a rollback it runs. */
function couldUseMas({ outcome, steps }: MigrationReport): boolean {
  return outcome === 'rolled-back' || steps.some(({ name }) => name === ('start' satisfies Step))
}

function keepsAll({ counts: both }: MigrationReport): boolean {
  return both !== undefined && countDifferences(both.synapse, both.mas).length === 0
}

/** How much of what Synapse had is in MAS. */
function counts({ counts: both, outcome, steps }: MigrationReport): readonly Text[] {
  if (!both) return []
  const parts = Object.entries(both.synapse).flatMap(([category, synapse]) => {
    const mas = both.mas[category as keyof typeof both.mas]
    if (synapse === null || mas === null || (synapse === 0 && mas === 0)) return []
    return `${mas} of ${countText(category, synapse)}`
  })
  const hasOurs = steps.some(({ name }) => name === ('accounts' satisfies Step))
  const ours = hasOurs
    ? ' Two accounts, one of them an administrator, are those that the run made to test logins. They stay, deactivated.'
    : ''
  return parts.length === 0
    ? []
    : [[`${outcome === 'migrated' ? 'Migrated:' : 'syn2mas had written'} ${parts.join(', ')}.${ours}`]]
}

/** The result in one sentence, such as `Migrated; downtime for users: 4.2 s; users lost nothing.` */
export function migrationSentence(report: MigrationReport): string {
  const result = outcomeOf(report).replace(/^\S+ /, '')
  const downtime =
    report.windowSeconds === undefined ? '' : `; downtime for users: ${plainSeconds(report.windowSeconds)}`
  return `${result}${downtime}${lossClause(report)}.`
}

function times({ syn2masSeconds, overheadSeconds }: MigrationReport): readonly Text[] {
  const parts = [
    ...(syn2masSeconds === undefined ? [] : [`syn2mas took ${plainSeconds(syn2masSeconds)}`]),
    ...(overheadSeconds === undefined ? [] : [`everything else took ${plainSeconds(overheadSeconds)}`]),
  ]
  return parts.length === 0 ? [] : [[`In the downtime, ${parts.join(', ')}.`]]
}

function lost(report: MigrationReport): Document {
  if (!report.lost) return []
  const items = lossTexts(report.lost)
  const isDone = restoresBuiltInLogin(report)
  // The error of a rollback that was not confirmed already lists them.
  if (!isDone && items.every(text => report.failure?.includes(text))) return []
  if (items.length === 0)
    return isDone ? [paragraph('Users changed nothing in MAS, so nothing was lost.')] : []
  return [
    paragraph(
      isDone
        ? 'These changes that users made in MAS were discarded:'
        : 'A rollback discards these changes that users made in MAS:',
    ),
    ...list(items.map(text => [paragraph(text)])),
  ]
}

function proofsList(
  title: string,
  proofs: readonly Proof[],
  marks: Readonly<Record<Proof['result'], string>>,
): Document {
  if (proofs.length === 0) return []
  const items = proofs.map(({ name, result, detail }) => [
    lines([`${marks[result]} ${meaningOf(name)}`], [result === 'fails' ? detail : '']),
  ])
  return [heading(3, title), ...list(items)]
}

function proofDetails(proofs: readonly Proof[]): Document {
  const rows = proofs.map(({ name, result, detail }): Text[] => [[name], [resultTexts[result]], [detail]])
  return folded('How it was proven', table(['Proof', 'Result', 'Details'], rows))
}

function stepsTable(steps: readonly StepReport[]): Document {
  const rows = steps.map(({ name, seconds, result }): Text[] => [
    [stepText(name)],
    [seconds === undefined ? '' : plainSeconds(seconds)],
    [results[result]],
  ])
  return folded('All steps', table(['Step', 'Duration', 'Result'], rows))
}

/** A text for the users of the server, to copy. */
function toTell({
  host,
  outcome,
  startedAt,
  windowSeconds,
  operation,
  resumed,
  lost,
}: MigrationReport): Document {
  const kind = resumed ?? operation
  if (windowSeconds === undefined || kind === 'repair' || outcome === 'abandoned' || outcome === 'unknown')
    return []
  const away = `On ${startedAt.slice(0, 10)}, the Matrix server ${host} was unavailable for about ${plural(Math.max(1, Math.round(windowSeconds)), 'second')}.`
  const texts = {
    migrated: [
      'Since then, a new login service handles logins.',
      'You stay logged in on all of your devices.',
      'If you have a password for this server, it is the same.',
      'Your messages and your encryption keys were not touched.',
      'When you log in to an app, the login page may look different.',
    ],
    restored: [
      'We stopped planned work on the login, and everything is as it was before.',
      'If you logged in, logged out or changed your password at that time, please check it.',
      // Until the rollback was undone, sessions of MAS were not valid.
      ...(kind === 'rollback' ? ['An app that you used at that time may have logged you out.'] : []),
    ],
    'rolled-back': [
      'Logins work again as they did before the change to the new login service.',
      'If you logged in on a device since that change, please log in there again.',
      'If you changed your password since that change, use your earlier password.',
      ...((lost?.accounts ?? 0) > 0 ? ['If you registered since that change, please register again.'] : []),
      'Your messages were not touched.',
    ],
  } as const
  return [heading(3, 'What to tell users'), block([away, ...texts[outcome]].join('\n'))]
}

/** How a migration is rolled back, until when, and what it costs. */
function howToRollBack({ outcome, host }: MigrationReport): Document {
  if (outcome !== 'migrated') return []
  return [
    heading(3, 'How to roll back'),
    ...list([
      [
        paragraph(
          'On GitHub: Actions → Apply a change to the Matrix server → Run workflow. Choose `operation: rollback` and this host: ',
          code(host),
          '. If users would lose anything, the first run changes nothing and says what.',
        ),
      ],
      [
        paragraph(
          strong('Until when:'),
          ' at any time. The previous files are restored if nothing changed since; otherwise the playbook renders them again.',
        ),
      ],
      [
        paragraph(
          strong('Price:'),
          ' a short downtime, and everything that users did in MAS since the migration: logins, new accounts, new passwords, log-outs. Right after the migration that is nothing. It grows with every login.',
        ),
      ],
    ]),
  ]
}

function howToRestore({ host, outcome }: MigrationReport, toRestore: VarsToRestore): Document {
  const isOver = outcome !== 'restored'
  return restoration(
    host,
    toRestore,
    isOver ? 'Open' : 'If you want to deploy something else before you migrate again, open',
  )
}
