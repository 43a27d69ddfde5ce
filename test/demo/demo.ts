/** `npm run demo`: a whole migration by these actions, on a homeserver in the lab. Exit code 1 if anything went wrong. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { onInterrupt } from '../../scripts/signals.ts'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { described, longCommand, type Minutes } from '../lab/command.ts'
import { endOrKeep } from '../lab/end.ts'
import { shown } from '../lab/engine/run.ts'
import { labUp } from '../lab/lab.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { migrateByGuide } from './guide.ts'
import { ledgerOf } from './life.ts'
import { migrateByActions } from './ours.ts'
import { failures, outcomePage } from './outcome.ts'
import { print, say } from './print.ts'

const usage = `npm run demo -- [OPTIONS]

  --dialect NAME   ${dialects.join(' or ')}; default syn2mas-tool
  --users N        accounts in the homeserver, from 50 to 100,000; default 200
  --seed N         decides what these accounts are; default 1
  --with-guide     migrates by the playbook's guide first, and compares
  --keep           leaves the lab running, for the next demo or to look around`

const known = {
  dialect: { type: 'string', default: 'syn2mas-tool' },
  users: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  'with-guide': { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

interface Options {
  readonly dialect: Dialect
  readonly users: number
  readonly seed: number
  readonly withGuide: boolean
  readonly keep: boolean
}

/** Undefined where only the help is asked for. Throws if an option is wrong. */
function optionsOf(args: string[]): Options | undefined {
  const { values } = parseArgs({ args, options: known })
  if (values.help) return undefined
  return {
    dialect: dialectOf(values.dialect),
    users: wholeNumber('--users', values.users, 50, 100_000),
    seed: wholeNumber('--seed', values.seed, 0, 999_999_999),
    withGuide: values['with-guide'],
    keep: values.keep,
  }
}

/** What it took on an idle machine with two cores, with 200 accounts. */
const minutes: Readonly<Record<'alone' | 'with-guide', Minutes>> = {
  alone: { cold: 8, warm: 4 },
  'with-guide': { cold: 12, warm: 8 },
}

function dialectOf(name: string): Dialect {
  const found = dialects.find(dialect => dialect === name)
  if (!found) throw new Error(`--dialect is one of ${dialects.join(', ')}, not ${JSON.stringify(name)}`)
  return found
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new Error(`${option} is a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`)
}

function freshOutput(): string {
  const output = join(projectRoot, 'demo-output')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  return output
}

async function demo({ dialect, users, seed, withGuide }: Options): Promise<boolean> {
  const output = freshOutput()
  say(`starting a homeserver with ${users} accounts, for the dialect ${dialect}`)
  const lab = await shown('starting the lab', () => labUp({ dialect, users, seed }))
  const guide = withGuide ? await migrateByGuide(lab, join(output, 'writer-record-guide.json')) : undefined
  if (guide) say('now the same homeserver again, migrated by these actions')
  const ours = await migrateByActions(lab, output)
  const page = outcomePage(ledgerOf(lab), users, guide, ours)
  writeFileSync(join(output, 'outcome.txt'), `${page}\n`)
  print(`\n${page}\n\nPull request comment, summaries, reports, the user's record: ${output}`)
  return failures(ours).length === 0
}

async function main(options: Options): Promise<number> {
  const end = () => endOrKeep(options.keep)
  onInterrupt(end)
  const [command, usual] = options.withGuide
    ? ['npm run demo -- --with-guide', minutes['with-guide']]
    : ['npm run demo', minutes.alone]
  const code = await longCommand(command, usual, () => demo(options))
  await end()
  return code
}

try {
  const options = optionsOf(process.argv.slice(2))
  if (options) process.exitCode = await main(options)
  else print(usage)
} catch (error) {
  console.error(`${described(error)}\n\n${usage}`)
  process.exitCode = 2
}
