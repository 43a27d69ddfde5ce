/** `npm run faults`: faults at every moment of a migration and a rollback. Writes docs/reliability.md. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { endPrograms, run } from '../../scripts/process.ts'
import { onInterrupt } from '../../scripts/signals.ts'
import { dialects } from '../../src/domain/stage.ts'
import { endOrKeep } from '../lab/end.ts'
import { commandId } from '../lab/engine/started.ts'
import { type Options, partsOfLab, programVersion, Results } from './results.ts'
import { reliabilityPage } from './table.ts'

const usage = `npm run faults -- [OPTIONS]    continues where it was interrupted; LAB_KEEP=1 keeps the lab

  --dialect NAME     ${dialects.join(' or ')}; default mas-cli
  --only TEXT,TEXT   only cells with one of these texts in their name, such as syn2mas/middle
  --shard I/N        every Nth cell, beginning with the Ith
  --seeds FIRST:N    random schedules of two faults instead of the matrix, one for each seed; --seeds 12:1 repeats seed 12
  --minutes N        starts no more cells after N minutes
  --fresh            runs cells again that hold with the program as it is now
  --sandbox N        in the sandbox instead of the lab, with N random schedules for each operation;
                     --only is then a pattern of tests
  --table            runs nothing, and writes docs/reliability.md from the results so far`

const root = join(import.meta.dirname, '../..')

const { values } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'mas-cli' },
    only: { type: 'string' },
    shard: { type: 'string' },
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    sandbox: { type: 'string' },
    table: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function pair(option: string, text: string, separator: string): [number, number] {
  const [first, second, ...more] = text.split(separator).map(Number)
  if (Number.isInteger(first) && Number.isInteger(second) && more.length === 0)
    return [Number(first), Number(second)]
  throw new Error(
    `--${option} is two whole numbers with "${separator}" between them, not ${JSON.stringify(text)}`,
  )
}

function options(): Options {
  const dialect = dialects.find(each => each === values.dialect)
  if (!dialect)
    throw new Error(`--dialect is one of ${dialects.join(', ')}, not ${JSON.stringify(values.dialect)}`)
  return {
    dialect,
    fresh: values.fresh,
    ...(values.only && { only: values.only }),
    ...(values.shard && { shard: pair('shard', values.shard, '/') }),
    ...(values.seeds && { seeds: pair('seeds', values.seeds, ':') }),
    ...(values.minutes && { minutes: Number(values.minutes) }),
  }
}

function vitest(project: string, more: readonly string[], env: Record<string, string>) {
  return run(['vitest', 'run', '--project', project, '--reporter=verbose', ...more], {
    cwd: root,
    live: true,
    env,
  })
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

async function inSandbox(schedules: string): Promise<boolean> {
  const report = join(mkdtempSync(join(tmpdir(), 'faults-')), 'report.json')
  const only = values.only === undefined ? [] : ['--testNamePattern', values.only]
  const more = [
    '--reporter=json',
    `--outputFile.json=${report}`,
    'test/server/window/window.long.test.ts',
    ...only,
  ]
  const { ok } = await vitest('long', more, { SCHEDULES: schedules })
  const results = new Results('sandbox')
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
  for (const { fullName: id, status } of testResults.flatMap(file => file.assertionResults)) {
    const counted = id.includes('in a row') ? { schedules: Number(schedules) } : {}
    if (status === 'passed') results.add({ id, ...counted })
    if (status === 'failed') results.add({ id, ...counted, failure: 'see the output of the command' })
  }
  return ok
}

function writePage(): void {
  const lab = dialects.flatMap(dialect =>
    partsOfLab.map(parts => ({ dialect, parts, results: new Results(dialect, parts).all() })),
  )
  const sandbox = new Results('sandbox').all()
  const page = reliabilityPage({
    lab,
    sandbox,
    date: new Date().toISOString().slice(0, 10),
    program: programVersion,
  })
  writeFileSync(join(root, 'docs/reliability.md'), page)
}

async function main(): Promise<boolean> {
  if (values.table) return true
  if (values.sandbox) return inSandbox(values.sandbox)
  return (await vitest('faults', [], { FAULTS: JSON.stringify(options()) })).ok
}

const end = () => endOrKeep(process.env.LAB_KEEP === '1')

if (values.help) {
  console.log(usage)
} else {
  commandId()
  onInterrupt(async () => {
    await endPrograms()
    await end()
  })
  process.exitCode = (await main()) ? 0 : 1
  writePage()
  if (!values.table) await end()
}
