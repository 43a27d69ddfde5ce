/** `npm run bench -- migrate`: the downtime of a migration beside the least that is possible, and beside the playbook's guide. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildInto } from '../scripts/build.ts'
import { progress } from '../scripts/progress.ts'
import { onInterrupt } from '../scripts/signals.ts'
import { outcomeOf, parseJournal } from '../src/domain/journal.ts'
import type { MigrationReport } from '../src/domain/reports.ts'
import { type Dialect, dialects } from '../src/domain/stage.ts'
import { ledgerOf } from '../test/demo/life.ts'
import { table } from '../test/demo/print.ts'
import { openPullRequest } from '../test/demo/workspace.ts'
import { probe, probeTokensOf, startProber, windowOf } from '../test/lab/data/prober.ts'
import { endOrKeep } from '../test/lab/end.ts'
import { must, shown, waitUntil } from '../test/lab/engine/run.ts'
import { runGuide } from '../test/lab/guide/run.ts'
import { type Lab, labUp } from '../test/lab/lab.ts'
import { projectRoot, runStep } from '../test/lab/runner/runner.ts'
import { labAgent } from '../test/server/lab-agent.ts'
import { type Claim, printClaims } from './claim.ts'
import { median } from './measure.ts'
import { slowLink } from './slow-link.ts'

const known = {
  accounts: { type: 'string' },
  dialect: { type: 'string' },
  rounds: { type: 'string', default: '3' },
  guide: { type: 'boolean', default: false },
} as const

/** The Node tool writes row by row: 100,000 accounts are only measured with `mas-cli`. */
const usualAccounts: Readonly<Record<Dialect, readonly number[]>> = {
  'mas-cli': [1000, 10_000, 100_000],
  'syn2mas-tool': [1000, 10_000],
}

const reportFile = 'migration.json'
const roundTripMs = 100
/** After the first answer: what users do in the meantime is lost if a proof fails. */
const proofs = 'proofs'
const probeEveryMs = 100

const stateFolder = '/var/lib/matrix-auth-actions'
/** For the run's folder: a reset of the lab leaves this one alone. */
const keptFolder = '/root/bench'

/** Of one migration, in seconds. */
interface Downtime {
  /** From the stop of Synapse to the first answer to an existing session, as measured on the server. */
  readonly window: number
  /** The same, as a client sees it. */
  readonly client: number
  readonly steps: Readonly<Record<string, number>>
}

/** What the server measured. `at`: when it began, in ms since 1970. */
interface Measured extends Pick<Downtime, 'window' | 'steps'> {
  readonly at: number
}

/** `false` where a claim fails. */
export async function benchMigrate(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...args], options: known })
  const chosen = dialects.filter(each => values.dialect === undefined || each === values.dialect)
  if (chosen.length === 0) throw new Error(`--dialect is one of ${dialects.join(', ')}`)
  onInterrupt(() => endOrKeep(false))
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await buildInto(join(folder, 'dist'))
    cpSync(join(projectRoot, 'migrate'), join(folder, 'migrate'), { recursive: true })
    const claims: Claim[] = []
    for (const dialect of chosen) {
      for (const users of values.accounts?.split(',').map(Number) ?? usualAccounts[dialect]) {
        const lab = await labUp({ name: process.env.LAB_NAME ?? 'bench', dialect, users })
        claims.push(...(await compare(lab, users, folder, Number(values.rounds), values.guide)))
      }
    }
    return printClaims(claims)
  } finally {
    await endOrKeep(process.env.LAB_KEEP === '1')
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The action migrates once. Then only the downtime is repeated, on a server that is put back each time: ours and the floor in
 * turn, so that other load on the machine affects them alike.
 */
async function compare(
  lab: Lab,
  users: number,
  folder: string,
  rounds: number,
  withGuide: boolean,
): Promise<Claim[]> {
  const { run, downtime, expected } = await byAction(lab, folder)
  const [floor, ours, slow]: [Downtime[], Downtime[], Downtime[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await theFloor(lab, run))
    ours.push(await again(lab, run, 0))
    slow.push(await again(lab, run, roundTripMs))
  }
  const guide = withGuide ? await byGuide(lab) : undefined
  const what = `${lab.dialect}, ${users.toLocaleString('en')} accounts`
  console.log(`\n${what}: medians of ${rounds}, in seconds`)
  console.log(
    downtimes({
      floor,
      ours,
      [`ours, SSH with ${roundTripMs} ms`]: slow,
      'ours, with its preparation': [downtime],
    }),
  )
  if (guide !== undefined) console.log(`the guide, for a client: ${guide.toFixed(1)}`)
  const windows = [downtime, ...ours, ...slow].map(each => each.window)
  const within = windows.filter(seconds => seconds >= expected / 2 && seconds <= expected)
  console.log(`the estimate: ${(expected / 2).toFixed(1)} to ${expected.toFixed(1)}`)
  const window = (way: readonly Downtime[]) => median(way.map(each => each.window))
  const client = (way: readonly Downtime[]) => median(way.map(each => each.client))
  // SSH does not reach into syn2mas, whose own time varies by more than SSH could add.
  const beside = (way: readonly Downtime[]) =>
    median(way.map(({ window: seconds, steps }) => seconds - (steps.syn2mas ?? Number.NaN)))
  const proven = [downtime, ...ours, ...slow].map(({ steps }) => steps[proofs] ?? Number.NaN)
  return [
    { what: `${what}, against the floor`, value: window(ours) / window(floor), most: 1.3 },
    { what: `${what}, against the floor, for a client`, value: client(ours) / client(floor), most: 1.3 },
    {
      what: `${what}, seconds that ${roundTripMs} ms of SSH add beside syn2mas`,
      value: beside(slow) - beside(ours),
      most: 0.3,
    },
    { what: `${what}, seconds of the longest proofs`, value: Math.max(...proven), most: 3 },
    {
      what: `${what}, share of ${windows.length} downtimes outside of the estimate`,
      value: 1 - within.length / windows.length,
      most: 0.1,
    },
    ...(guide === undefined
      ? []
      : [{ what: `${what}, against the guide, for a client`, value: client(ours) / guide, most: 0.05 }]),
  ]
}

function downtimes(ways: Readonly<Record<string, readonly Downtime[]>>): string {
  const steps = [...new Set(Object.values(ways).flatMap(way => way.flatMap(each => Object.keys(each.steps))))]
  const cell = (values: readonly number[]) => (values.length === 0 ? '' : median(values).toFixed(2))
  const rows = Object.entries(ways).map(([name, way]) => [
    name,
    cell(way.map(({ window }) => window)),
    cell(way.map(({ client }) => client)),
    ...steps.map(step => cell(way.flatMap(each => each.steps[step] ?? []))),
    way.map(({ window }) => window.toFixed(1)).join(' '),
  ])
  return table([['', 'window', 'for a client', ...steps, 'each window'], ...rows], 160)
}

/**
 * A migration by the action that is built from the present `src/`. Keeps the folder of its run on the server. `expected`: the
 * upper end of its estimate, in seconds.
 */
async function byAction(
  lab: Lab,
  folder: string,
): Promise<{ run: string; downtime: Downtime; expected: number }> {
  await ready(lab)
  const workspace = await openPullRequest(lab, 'prepared', 'live')
  const agent = await labAgent(lab)
  try {
    const downtime = await watched(lab, 'the action migrate', async () => {
      const { code, log } = await runStep({
        root: folder,
        action: 'migrate',
        inputs: { 'playbook-path': lab.playbookDir, 'require-receipt': 'false', 'json-path': reportFile },
        workspace: workspace.path,
        temp: workspace.temp,
        env: { PATH: `${lab.ansibleBin}${delimiter}${process.env.PATH}`, SSH_AUTH_SOCK: agent.agentSocket },
      })
      if (code !== 0) throw new Error(`migrate ended with ${code}:\n${log}`)
      return measured(await onServer(lab, `cat ${stateFolder}/journal/*`))
    })
    const run = await onServer(
      lab,
      `rm -rf ${keptFolder}; cp -a ${stateFolder}/runs ${keptFolder}; ls ${keptFolder}`,
    )
    const report = JSON.parse(readFileSync(join(workspace.path, reportFile), 'utf8')) as MigrationReport
    return { run: run.trim(), downtime, expected: report.expectedWindowSeconds ?? Number.NaN }
  } finally {
    agent.stop()
    workspace.close()
  }
}

/** The window of that run once more, started and followed over SSH as the action does it. */
async function again(lab: Lab, run: string, delayMs: number): Promise<Downtime> {
  await ready(lab)
  await onServer(
    lab,
    `python3 -I ${keptFolder}/${run}/window.py lock bench ${run} 600; cp -a ${keptFolder}/${run} ${stateFolder}/runs`,
  )
  const link = await slowLink(lab.address, 22, delayMs)
  const ssh = (command: string) =>
    must([
      ...['ssh', '-p', String(link.port), '-i', lab.sshKey, '-o', `UserKnownHostsFile=${lab.knownHosts}`],
      ...['-o', `HostKeyAlias=${lab.address}`, '-o', 'BatchMode=yes', 'root@127.0.0.1'],
      `python3 -I ${stateFolder}/runs/${run}/window.py ${command}`,
    ])
  try {
    return await watched(lab, `the window, SSH with ${delayMs} ms`, async () => {
      await ssh(`resume ${run}`)
      return measured(await ssh(`follow ${run} 0`))
    })
  } finally {
    link.close()
  }
}

/** What a run's journal says. Throws where the run did not migrate. */
function measured(journal: string): Measured {
  const entries = parseJournal(journal)
  if (outcomeOf(entries) !== 'migrated') throw new Error(`the run did not migrate:\n${journal}`)
  const of = (event: string, name: string) =>
    entries.find(entry => entry.event === event && entry.step === name)
  const seconds = (name: string) => Number(of('done', name)?.data?.seconds)
  const tool = Number(of('done', 'syn2mas')?.data?.syn2masSeconds)
  return {
    at: Date.parse(of('begin', 'stop')?.at ?? ''),
    window: Number(of('done', 'answer')?.data?.downSeconds),
    steps: {
      stop: seconds('stop'),
      syn2mas: tool,
      'its checks': seconds('syn2mas') - tool,
      files: seconds('files'),
      start: seconds('start'),
      answer: seconds('answer'),
      [proofs]: seconds('prove'),
    },
  }
}

async function theFloor(lab: Lab, run: string): Promise<Downtime> {
  await ready(lab)
  const program = readFileSync(join(import.meta.dirname, 'floor.py'), 'utf8')
  const call = `python3 -I - ${keptFolder}/${run} ${lab.synapseUrl} ${tokensOf(lab)[0]}`
  return watched(lab, 'the floor', async () => JSON.parse(await onServer(lab, call, program)) as Measured)
}

/** The downtime of the playbook's guide for a client, in seconds. */
async function byGuide(lab: Lab): Promise<number> {
  await ready(lab)
  const { client } = await watched(lab, 'the guide', async () => {
    const { steps, failed } = await runGuide(lab, undefined, { from: 'backup', to: 'install-live' })
    if (failed !== undefined) throw new Error(`the guide failed at ${failed}:\n${steps.at(-1)?.stdout}`)
    return { at: steps.find(({ name }) => name === 'migrate')?.startedAt ?? 0, window: 0, steps: {} }
  })
  return client
}

/** Has a client ask all the time while `migrate` runs. */
async function watched(lab: Lab, what: string, migrate: () => Promise<Measured>): Promise<Downtime> {
  const tokens = tokensOf(lab)
  const prober = startProber(lab.data, tokens, probeEveryMs)
  try {
    const { at, window, steps } = await shown(`${what} (${lab.dialect})`, migrate)
    const isLive = async () => (await probe(lab.data, tokens[0])).answering === 'delegated'
    await waitUntil('Synapse to delegate', 60, isLive)
    const { total } = windowOf(await prober.stop(), at)
    if (total === undefined) throw new Error('the client did not see the downtime')
    progress.line(`${what}: ${window.toFixed(2)} s, for a client ${total.toFixed(2)} s`)
    return { window, client: total, steps }
  } finally {
    await prober.stop()
  }
}

/** As after a migration's backup: the databases are in memory, and nothing waits to be written. */
const warmUp =
  'docker exec --env-file=/matrix/postgres/env-postgres-psql matrix-postgres pg_dumpall -h matrix-postgres >/dev/null; sync'

async function ready(lab: Lab): Promise<void> {
  await shown('preparing the server', async () => {
    await lab.reset('installed')
    await lab.settle()
    await onServer(lab, warmUp)
  })
}

function tokensOf(lab: Lab): readonly [string, ...string[]] {
  const [first, ...rest] = probeTokensOf(ledgerOf(lab))
  if (first === undefined) throw new Error('a ledger without tokens')
  return [first, ...rest]
}

async function onServer(lab: Lab, script: string, input?: string): Promise<string> {
  const { code, stdout, stderr } = await lab.root(`set -euo pipefail\n${script}`, input)
  if (code !== 0) throw new Error(`a script on the server ended with ${code}: ${stderr.slice(-2000)}`)
  return stdout
}
