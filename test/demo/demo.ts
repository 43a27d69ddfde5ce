/** `npm run demo`: the whole story in the lab, by the guide first, then by these actions. Exit code 1 if any proof fails. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { labUp } from '../lab/lab.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { goByTheGuide } from './guide.ts'
import { ledgerOf } from './life.ts'
import { goOurWay } from './ours.ts'
import { failures, outcomePage } from './outcome.ts'
import { say } from './print.ts'

const { values } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'syn2mas-tool' },
    users: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})

function dialectOf(name: string): Dialect {
  const known = dialects.find(dialect => dialect === name)
  if (!known) throw new Error(`--dialect is one of ${dialects.join(', ')}`)
  return known
}

const dialect = dialectOf(values.dialect)
const output = join(projectRoot, 'demo-output')
rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })

say(`the lab: a homeserver with ${values.users} accounts, dialect ${dialect}`)
const lab = await labUp({ dialect, users: Number(values.users), seed: Number(values.seed) })
say('first, the playbook’s guide by hand')
const guide = await goByTheGuide(lab)
say('now the same server again, by these actions')
const ours = await goOurWay(lab, output)

const page = outcomePage(ledgerOf(lab), guide, ours)
writeFileSync(join(output, 'outcome.txt'), `${page}\n`)
console.log(`\n${page}\n`)
const wrong = failures(ours)
for (const sentence of wrong) console.log(`FAILED: ${sentence}`)
console.log(
  wrong.length === 0 ? `All holds. Comment, summaries and reports: ${output}` : `${wrong.length} failed.`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
