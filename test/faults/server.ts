/** A homeserver of the lab on which runs are disturbed. It carries out the plan of one real migration again and again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JournalEntry, type Outcome, outcomeOf, parseJournal } from '../../src/domain/journal.ts'
import { ReportBuilder } from '../../src/migration/run/report-builder.ts'
import { reportWindow } from '../../src/migration/run/watch.ts'
import { failureOf } from '../../src/migration/run/window-run.ts'
import type { WindowPlan } from '../../src/server/window/plan.ts'
import { stateFolder, type Window, windowOver } from '../../src/server/window/window.ts'
import { shellWords } from '../../src/support/shell.ts'
import { synapseTallyQuery, talliesOf } from '../lab/data/categories.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { type VerifiedRow, verifyMas, verifyUntouched, verifyUsers } from '../lab/data/verify.ts'
import type { Lab } from '../lab/lab.ts'
import { startOfBridge } from '../lab/target/bridge.ts'
import type { Operator } from '../migration/lab-operator.ts'
import { leftOfOurs } from '../migration/look-at-server.ts'
import { labSession } from '../server/lab-session.ts'
import type { Cell, Operation, RunnerCell, ServerCell } from './cells.ts'
import type { Fault } from './faults.ts'
import { disturbRunner, lapseLock } from './runner.ts'

const trigger = readFileSync(join(import.meta.dirname, 'trigger.py'), 'utf8')
const sleep = (seconds: number) => new Promise(resolve => setTimeout(resolve, seconds * 1000))

/** Seconds within which users must have a homeserver after the end of a fault. */
const longestDowntime = 90

export interface CellResult {
  readonly outcome: Outcome | undefined
  /** Seconds from the end of the fault until Synapse answered. */
  readonly seconds: number
}

export class FaultyServer {
  private readonly operator: Operator
  private readonly ledger: Ledger
  private readonly plans: Readonly<Record<Operation, WindowPlan>>
  private readonly window: Window
  private live = true

  /** Migrates once as an operator does. */
  static async prepare(operator: Operator): Promise<FaultyServer> {
    const ledger = await operator.readyToMigrate()
    const { error, report } = await operator.run('migrate')
    if (report?.outcome !== 'migrated') throw error ?? new Error('the first migration failed')
    return FaultyServer.afterMigration(operator, ledger)
  }

  /** Takes the plan of the migration that was the server's last run. */
  static async afterMigration(operator: Operator, ledger: Ledger): Promise<FaultyServer> {
    const window = windowOver(labSession(operator.lab))
    const { last } = await window.facts()
    if (!last) throw new Error('the server knows no run')
    const server = new FaultyServer(operator, ledger, await plansOf(operator.lab, window, last.run))
    await server.untilClosed(last.run)
    return server
  }

  private constructor(operator: Operator, ledger: Ledger, plans: Readonly<Record<Operation, WindowPlan>>) {
    this.operator = operator
    this.ledger = ledger
    this.plans = plans
    this.window = windowOver(labSession(operator.lab))
  }

  /** Carries a cell out, and after it the next run, which must end as requested. Rejects with all that does not hold. */
  async carryOut(cell: Cell): Promise<CellResult> {
    this.live = (await this.loginStatus()) === 404
    if (this.live !== (cell.operation === 'rollback'))
      await this.undisturbed(this.live ? 'rollback' : 'migrate')
    if (cell.kind === 'runner') return this.onRunner(cell)
    const result = await this.onServer(cell)
    if (this.live !== (cell.operation === 'migrate')) await this.undisturbed(cell.operation)
    return result
  }

  private async onServer(cell: ServerCell): Promise<CellResult> {
    const { before, after } = cell.fault
    if (before) await this.root(before)
    const result = await this.disturbed(cell).catch(async error => {
      // What failed first is told.
      if (after) await this.operator.lab.root(after)
      throw error
    })
    if (after) await this.root(after)
    return result
  }

  private async disturbed(cell: ServerCell): Promise<CellResult> {
    const run = await this.prepareRun(cell)
    const result = await this.disturb(run, cell)
    await this.window.unlock(run)
    await this.check(cell, result.outcome, run)
    return result
  }

  /** Afterwards the next run of the action must end as desired, and leave nothing. */
  private async onRunner({ operation, step, fault }: RunnerCell): Promise<CellResult> {
    const { operator } = this
    const earlier = (await this.window.facts()).last?.run
    await operator.lab.setVars(operation === 'migrate' ? 'live' : 'prepared')
    const said = await disturbRunner(operator, operation, step, fault.act)
    const seconds = await this.untilAnswered('')
    const { last } = await this.window.facts()
    const run = last && last.run !== earlier ? last.run : undefined
    const outcome = run === undefined ? 'abandoned' : (await this.untilClosed(run)).outcome
    if (said.outcome && ![outcome, 'unknown'].includes(said.outcome as Outcome))
      throw new Error(`the action said ${said.outcome}, the journal ${outcome}`)
    this.note(operation, outcome)
    await this.root(lapseLock)
    const next = await operator.run(operation)
    this.live = operation === 'migrate'
    if (next.error) throw new Error(`after ${outcome}, the next run failed: ${next.error.describe()}`)
    await this.check({ operation }, outcome, run)
    return { outcome, seconds }
  }

  /** The next run after a fault must end as desired. */
  private async undisturbed(operation: Operation): Promise<void> {
    const run = await this.prepareRun({ operation })
    await this.window.commit(run)
    const { outcome, text } = await this.untilClosed(run)
    await this.window.unlock(run)
    const desired = operation === 'migrate' ? 'migrated' : 'rolled-back'
    if (outcome !== desired) throw new Error(`the next run ended as ${outcome}, not as ${desired}:\n${text}`)
    this.live = outcome === 'migrated'
  }

  private async prepareRun({
    operation,
    fault,
  }: Pick<ServerCell, 'operation'> & Partial<ServerCell>): Promise<string> {
    // As a runner does it: after the cell before, MAS can wait for its next start.
    await this.operator.lab.settle()
    const run = `f${Date.now().toString(36)}`
    const plan = this.plans[operation]
    await this.window.lock('faults', run, 600)
    await this.window.prepare(run, {
      ...plan,
      ...(fault?.syn2mas && { syn2mas: { command: fault.syn2mas } }),
      ...(fault?.maxDowntime && { maxDowntime: fault.maxDowntime }),
    })
    return run
  }

  private async disturb(run: string, cell: ServerCell): Promise<CellResult> {
    const { fault, random } = cell
    const struck = this.strike(run, cell)
    await this.window.commit(run)
    await struck
    if (random) {
      await sleep(random.pause)
      await this.bringAbout(
        run,
        cell.operation,
        random.second,
        `pid=$(pgrep -of 'window.py run ${run}') || exit 0`,
      )
    }
    for (const each of [fault, random?.second]) if (each) await this.heal(run, each)
    const seconds = await this.untilAnswered(run)
    const { outcome } = await this.untilClosed(run)
    this.note(cell.operation, outcome)
    return { outcome, seconds }
  }

  private note(operation: Operation, outcome: Outcome | undefined): void {
    this.live = outcome === 'migrated' || (operation === 'rollback' && outcome !== 'rolled-back')
  }

  /** The program stands still from the moment of the cell until the fault is there. */
  private async strike(run: string, { operation, step, moment, fault, random }: ServerCell): Promise<void> {
    const [name, event] = step === 'clean' ? ['', 'end'] : [step, 'begin']
    const delay = random?.delay ?? (moment === 'middle' ? (middles[operation][step] ?? 0.1) : 0)
    const wait = `python3 -c ${shellWords([trigger])} ${run} '${name}' ${event} ${delay}`
    await this.bringAbout(run, operation, fault, `pid=$(${wait}) || exit 99`)
    await this.root(`pkill -CONT -f 'window.py run ${run}'; true`)
  }

  private async bringAbout(
    run: string,
    operation: Operation,
    { strike = '', outside }: Fault,
    pid: string,
  ): Promise<void> {
    const { code, stderr } = await this.operator.lab.root(`${pid}\nrun=${run}\n${strike}`)
    if (code === 99) throw new Error('the moment of the fault never came')
    if (code !== 0) throw new Error(`the fault could not be brought about (exit code ${code}): ${stderr}`)
    await outside?.(this.operator.lab, operation)
  }

  private async heal(run: string, { seconds = 0, heal }: Fault): Promise<void> {
    await sleep(seconds)
    if (heal) await this.root(`run=${run}\n${heal}`)
  }

  /** Seconds that it took. */
  private async untilAnswered(run: string): Promise<number> {
    const begun = performance.now()
    while (!(await this.answers())) {
      if (performance.now() > begun + longestDowntime * 1000)
        throw new Error(`no homeserver after ${longestDowntime} s:\n${await this.journalText(run)}`)
      await sleep(0.1)
    }
    return Math.round((performance.now() - begun) / 1000)
  }

  /** Synapse itself, and only then its worker: to ask that one starts programs, which slow the server down. */
  private async answers(): Promise<boolean> {
    const ask = { method: 'GET', token: this.ledger.tokens[0]?.token ?? '', timeoutMs: 5000 } as const
    const { http } = this.operator.lab.data
    const main = await http({ ...ask, to: 'client', path: '/_matrix/client/v3/account/whoami' })
    if (main.status !== 200) return false
    const worker = await http({ ...ask, to: 'worker', path: '/_matrix/client/v3/sync?timeout=0' })
    return worker.status === 200
  }

  private async untilClosed(run: string): Promise<{ outcome: Outcome | undefined; text: string }> {
    const closed = `until grep -q '"event":"closed"' ${stateFolder}/journal/${run}; do sleep 0.4; done
      while systemctl --quiet is-active matrix-auth-actions@${run}; do sleep 0.2; done`
    await this.operator.lab.root(`timeout 180 bash -c ${shellWords([closed])}`)
    const text = await this.journalText(run)
    const entries: readonly JournalEntry[] = parseJournal(text)
    if (entries.at(-1)?.event === 'closed') return { outcome: outcomeOf(entries), text }
    throw new Error(`the run was not closed:\n${text}`)
  }

  private async journalText(run: string): Promise<string> {
    return (await this.operator.lab.root(`cat ${stateFolder}/journal/${run}`)).stdout
  }

  /** @param run Undefined where none was committed. */
  private async check(
    { operation, fault }: Pick<Cell, 'operation'> & Partial<Pick<ServerCell, 'fault'>>,
    outcome: Outcome | undefined,
    run: string | undefined,
  ): Promise<void> {
    const { lab } = this.operator
    const [login, left, data, bridge] = await Promise.all([
      this.wrongLogin(),
      leftOfOurs(lab),
      this.wrongData(),
      startOfBridge(lab),
    ])
    const wrong = [
      ...wrongOutcome(operation, fault, outcome),
      ...(run === undefined ? [] : wrongReport(operation, parseJournal(await this.journalText(run)))),
      ...login,
      ...(left ? [`left on the server: ${left}`] : []),
      ...(bridge.includes('=active\n') ? [] : ['a bridge was stopped, and not started again']),
      ...data.map(({ name, expected, actual }) => `${name}: ${actual}, not ${expected}`),
    ]
    if (wrong.length > 0) throw new Error(`outcome ${outcome}:\n${wrong.join('\n')}`)
  }

  /** Of Synapse's built-in login: 404 where it delegates. */
  private async loginStatus(): Promise<number> {
    const path = '/_matrix/client/v3/login'
    return (await this.operator.lab.data.http({ to: 'synapse', method: 'GET', path })).status
  }

  private async wrongLogin(): Promise<string[]> {
    const status = await this.loginStatus()
    return status === (this.live ? 404 : 200) ? [] : [`Synapse's built-in login answers with ${status}`]
  }

  private async wrongData(): Promise<readonly VerifiedRow[]> {
    const { lab } = this.operator
    const users = { logins: 1, refusals: 0, migrated: this.live, refreshRound: 100 }
    const stored = await Promise.all([
      verifyUntouched(this.ledger, lab.data),
      this.live ? this.asInSynapse() : this.emptyMas(),
    ])
    // Afterwards, because users log in and out, which both databases do not store at the same moment.
    const used = await verifyUsers(this.ledger, lab.data, users)
    return [...stored.flat(), ...used].filter(({ ok }) => !ok)
  }

  /** Not as in the ledger: by using a token, a user ends the refresh token that it replaced. */
  private async asInSynapse(): Promise<VerifiedRow[]> {
    const { data, dialect } = this.operator.lab
    const categories = talliesOf(await data.sql('synapse', synapseTallyQuery(dialect)))
    return verifyMas({ ...this.ledger, categories }, data)
  }

  private async emptyMas(): Promise<VerifiedRow[]> {
    const rows = await this.operator.lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')
    const actual = rows[0]?.[0] ?? ''
    return [{ name: 'accounts in MAS', expected: '0', actual, ok: actual === '0' }]
  }

  private async root(script: string): Promise<void> {
    const { code, stdout, stderr } = await this.operator.lab.root(script)
    if (code !== 0) throw new Error(`a script failed on the server: ${script}\n${stdout}${stderr}`)
  }
}

function wrongOutcome(
  operation: Operation,
  fault: Fault | undefined,
  outcome: Outcome | undefined,
): string[] {
  const possible = ['restored', 'abandoned', operation === 'migrate' ? 'migrated' : 'rolled-back']
  return (fault?.outcome ? [fault.outcome] : possible).includes(outcome ?? '')
    ? []
    : [`${outcome} is no outcome of this ${operation}`]
}

/** What is wrong in the report of a run. Here, no user uses MAS between its start and a restore. */
function wrongReport(operation: Operation, entries: readonly JournalEntry[]): string[] {
  const report = new ReportBuilder()
  const outcome = reportWindow(report, entries, 'the server')
  const failure = failureOf(entries, 'the server', 'run it again')
  const isDone = outcome === (operation === 'migrate' ? 'migrated' : 'rolled-back')
  const [first, last] = [entries[0], entries.at(-1)]
  const whole = first && last && first.boot === last.boot ? last.uptime - first.uptime : undefined
  const { windowSeconds, lost, steps } = report
  return [
    ...(isDone === (failure === undefined)
      ? []
      : [`the report of ${outcome} gives this failure: ${failure?.message}`]),
    ...(failure?.message.includes('the reason is unknown')
      ? [`the report gives no reason: ${failure.message}`]
      : []),
    ...(isDone && steps.some(({ result }) => result !== 'done') ? ['the report has a failed step'] : []),
    ...(isDone && windowSeconds === undefined ? ['the report has no downtime'] : []),
    ...((windowSeconds ?? 0) > (whole ?? Number.POSITIVE_INFINITY)
      ? [`the report has a downtime of ${windowSeconds} s in a run of ${whole} s`]
      : []),
    ...(operation === 'migrate' && Object.values(lost ?? {}).some(count => count > 0)
      ? [`the report counts losses: ${JSON.stringify(lost)}`]
      : []),
  ]
}

/** Seconds to the middle of the long steps. */
const middles: Readonly<Record<Operation, Readonly<Record<string, number>>>> = {
  migrate: { accounts: 0.5, stop: 0.6, syn2mas: 0.4, answer: 1.5, prove: 0.5 },
  rollback: { stop: 0.6, answer: 1.5, prove: 0.5 },
}

/** The plan of the migration `run`, and that of its rollback. */
async function plansOf(lab: Lab, window: Window, run: string): Promise<Record<Operation, WindowPlan>> {
  const folder = `${stateFolder}/runs/${run}`
  const stored = JSON.parse((await lab.root(`cat ${folder}/plan.json`)).stdout) as WindowPlan
  const back = await window.mirror(run)
  const files = await Promise.all(
    back.map(async ({ path, after: previous, mode, owner }, index) => ({
      path,
      beforeSha256:
        previous === null
          ? null
          : (await lab.root(`sha256sum < ${folder}/before/${index}`)).stdout.slice(0, 64),
      after: (await lab.root(`base64 -w 0 ${folder}/after/${index} 2>/dev/null`)).stdout || null,
      mode,
      owner,
    })),
  )
  return {
    migrate: { ...stored, files },
    rollback: { ...stored, kind: 'rollback', syn2mas: null, maxDowntime: 180, files: back },
  }
}
