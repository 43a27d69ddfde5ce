/** The demo's last page: one line with the verdict, then what it is made of. */
import type { Ledger } from '../lab/data/ledger.ts'
import type { Losses } from '../lab/data/lost.ts'
import type { VerifiedRow } from '../lab/data/verify.ts'
import type { GuideWay } from './guide.ts'
import type { OurWay } from './ours.ts'
import { table } from './print.ts'

const seconds = (value: number | undefined) => (value === undefined ? '?' : `${value.toFixed(1)} s`)
const less = (total: number | undefined, part: number | undefined) =>
  total === undefined || part === undefined ? undefined : total - part
const lostOf = ({ done, lost }: { done: number; lost: number }) => `${lost} of ${done}`
const number = (value: number) => value.toLocaleString('en')
const counted = (count: number, word: string) => `${number(count)} ${word}${count === 1 ? '' : 's'}`

interface Column {
  readonly title: string
  readonly losses: Losses
  readonly syn2mas: string
  readonly overhead: string
  readonly whole: string
}

function lossRows({ losses }: Column): string[] {
  const { refused, unanswered } = losses
  const all = (counts: Losses['refused']) => String(counts.message + counts.login + counts.password)
  return [
    seconds(losses.window.total),
    seconds(losses.window.down),
    seconds(losses.window.ownLogin),
    lostOf(losses.sessions),
    lostOf(losses.passwords),
    lostOf(losses.messages),
    losses.oldSession ? 'works' : 'LOST',
    all(refused),
    all(unanswered),
  ]
}

function waysTable(guide: GuideWay | undefined, ours: OurWay): string {
  const { syn2masSeconds, overheadSeconds } = ours.report
  const own: Column = {
    title: 'these actions',
    losses: ours.lived.losses,
    syn2mas: seconds(syn2masSeconds),
    overhead: seconds(overheadSeconds),
    whole: seconds(ours.seconds),
  }
  const theirs: Column[] = guide
    ? [
        {
          title: 'the guide',
          losses: guide.lived.losses,
          syn2mas: `${seconds(guide.syn2masSeconds)} with Ansible`,
          overhead: seconds(less(guide.lived.losses.window.total, syn2masSeconds)),
          whole: seconds(guide.guide.seconds),
        },
      ]
    : []
  const labels = [
    'migration by',
    'window: from the stop of Synapse to its first answer with MAS',
    '  without any answer',
    "  with Synapse's built-in login (changes are void)",
    'logins that the user lost',
    'password changes that the user lost',
    'messages that the user lost',
    'session from before the migration',
    'actions that were refused (no loss: the user knows)',
    'actions without an answer (either outcome is right)',
    'syn2mas',
    'window without syn2mas',
    'the whole run, with checks and proofs',
  ]
  const columns = [...theirs, own].map(column => [
    column.title,
    ...lossRows(column),
    column.syn2mas,
    column.overhead,
    column.whole,
  ])
  return table(labels.map((label, row) => [label, ...columns.map(column => column[row] ?? '')]))
}

/** Why fewer accounts are in MAS than were created in Synapse. */
export function accountsNote(ledger: Ledger, users: number): string {
  const migrated = ledger.categories.find(({ name }) => name === 'accounts')?.count ?? 0
  const left = users - migrated
  return left === 0
    ? `All ${number(users)} accounts are migrated.`
    : `${number(migrated)} of ${number(users)} accounts are migrated; syn2mas leaves out the ${number(left)} of application services (bridges).`
}

function accountsTable(ledger: Ledger, rows: readonly VerifiedRow[]): string {
  const lines = rows.map(({ name, expected, actual, ok }) => [ok ? 'ok' : 'FAILS', name, expected, actual])
  return table([['', 'ledger', `before (seed ${ledger.seed})`, 'after'], ...lines])
}

function proofsTable(report: OurWay['report']): string {
  const lines = [...report.proofs, ...report.checks].map(({ name, result, detail }) => [result, name, detail])
  return table([['', 'proof or check of migrate', 'detail'], ...lines])
}

/** Everything that went wrong, one sentence each; empty where the demo succeeded. */
export function failures(ours: OurWay): string[] {
  const { losses, rows } = ours.lived
  const wrongRows = rows
    .filter(({ ok }) => !ok)
    .map(({ name, expected, actual }) => `${name}: expected ${expected}, found ${actual}`)
  const wrongProofs = [...ours.report.proofs, ...ours.report.checks]
    .filter(({ result }) => result === 'fails')
    .map(({ name }) => `a proof or check of migrate fails: ${name}`)
  const lost = (['sessions', 'passwords', 'messages'] as const)
    .filter(kind => losses[kind].lost > 0)
    .map(kind => `the user lost ${losses[kind].lost} of ${losses[kind].done} ${kind}`)
  return [
    ...(ours.report.outcome === 'migrated' ? [] : [`the outcome of migrate is ${ours.report.outcome}`]),
    ...(ours.report.proofs.length === 0 ? ['migrate has no proofs'] : []),
    ...(losses.oldSession ? [] : ['the session from before the migration does not work']),
    ...(losses.unclear > 0 ? [`${losses.unclear} actions of the user could not be checked`] : []),
    ...wrongRows,
    ...wrongProofs,
    ...lost,
  ]
}

function verdict(ledger: Ledger, ours: OurWay): string {
  const wrong = failures(ours)
  if (wrong.length > 0) return `FAILED: ${counted(wrong.length, 'failure')}, listed at the end.`
  const accounts = ledger.categories.find(({ name }) => name === 'accounts')?.count ?? 0
  const proofs = ours.report.proofs.filter(({ result }) => result === 'holds').length
  const window = seconds(ours.lived.losses.window.total)
  return `SUCCEEDED: ${counted(accounts, 'account')} migrated, ${counted(proofs, 'proof')} passed, nothing lost, window ${window}.`
}

export function outcomePage(
  ledger: Ledger,
  users: number,
  guide: GuideWay | undefined,
  ours: OurWay,
): string {
  const wrong = failures(ours).map(sentence => `FAILED: ${sentence}`)
  return [
    verdict(ledger, ours),
    accountsNote(ledger, users),
    accountsTable(ledger, ours.lived.rows),
    proofsTable(ours.report),
    waysTable(guide, ours),
    ...(wrong.length > 0 ? [wrong.join('\n')] : []),
  ].join('\n\n')
}
