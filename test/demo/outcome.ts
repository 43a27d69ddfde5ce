/** The demo's last page: both ways side by side, and whether everything that must hold does. */
import type { Ledger } from '../lab/data/ledger.ts'
import type { VerifiedRow } from '../lab/data/verify.ts'
import type { GuideWay } from './guide.ts'
import type { OurWay } from './ours.ts'
import { table } from './print.ts'

const seconds = (value: number | undefined) => (value === undefined ? '?' : `${value.toFixed(1)} s`)
const less = (total: number | undefined, part: number | undefined) =>
  total === undefined || part === undefined ? undefined : total - part
const kept = ({ done, lost }: { done: number; lost: number }) => `${lost} of ${done}`

function waysTable(guide: GuideWay, ours: OurWay): string {
  const [theirs, own] = [guide.lived.losses, ours.lived.losses]
  return table([
    ['', 'by the guide', 'by these actions'],
    ['window (stop to first answer by MAS)', seconds(theirs.window.total), seconds(own.window.total)],
    ['  of it without an answer', seconds(theirs.window.down), seconds(own.window.down)],
    ['  of it on its own login, changes void', seconds(theirs.window.ownLogin), seconds(own.window.ownLogin)],
    [
      'syn2mas (by the guide: its playbook call)',
      seconds(guide.syn2masSeconds),
      seconds(ours.report.syn2masSeconds),
    ],
    [
      'overhead (window less syn2mas alone, as timed on the right)',
      seconds(less(theirs.window.total, ours.report.syn2masSeconds)),
      seconds(ours.report.overheadSeconds),
    ],
    ['the whole of it', seconds(guide.guide.seconds), seconds(ours.seconds)],
    ['logins that users lost', kept(theirs.sessions), kept(own.sessions)],
    ['password changes that users lost', kept(theirs.passwords), kept(own.passwords)],
    ['messages that users lost', kept(theirs.messages), kept(own.messages)],
    ['session from before', theirs.oldSession ? 'works' : 'LOST', own.oldSession ? 'works' : 'LOST'],
  ])
}

function accountsTable(ledger: Ledger, rows: readonly VerifiedRow[]): string {
  const lines = rows.map(({ name, expected, actual, ok }) => [name, expected, actual, ok ? 'holds' : 'FAILS'])
  return table([['ledger', `before (seed ${ledger.seed})`, 'after', ''], ...lines])
}

function proofsTable(report: OurWay['report']): string {
  const lines = report.proofs.map(({ name, result, detail }) => [name, result, detail])
  return table([['proof of migrate', '', ''], ...lines])
}

/** Everything that did not come out as it must, a sentence each; empty where the demo succeeded. */
export function failures(ours: OurWay): string[] {
  const { losses, rows } = ours.lived
  const wrongRows = rows
    .filter(({ ok }) => !ok)
    .map(({ name, expected, actual }) => `${name}: ${actual}, not ${expected}`)
  const wrongProofs = ours.report.proofs
    .filter(({ result }) => result === 'fails')
    .map(({ name }) => `not proven: ${name}`)
  const lost = (['sessions', 'passwords', 'messages'] as const)
    .filter(kind => losses[kind].lost > 0)
    .map(kind => `users lost ${losses[kind].lost} ${kind}`)
  return [
    ...(ours.report.outcome === 'migrated' ? [] : [`the outcome is ${ours.report.outcome}`]),
    ...(ours.report.proofs.length === 0 ? ['migrate proved nothing'] : []),
    ...(losses.oldSession ? [] : ['the session from before is gone']),
    ...(losses.unclear > 0 ? [`${losses.unclear} of the writer’s doings could not be told`] : []),
    ...wrongRows,
    ...wrongProofs,
    ...lost,
  ]
}

export function outcomePage(ledger: Ledger, guide: GuideWay, ours: OurWay): string {
  return [accountsTable(ledger, ours.lived.rows), proofsTable(ours.report), waysTable(guide, ours)].join(
    '\n\n',
  )
}
