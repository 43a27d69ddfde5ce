/** `npm run bench -- NAME`: ratios that are taken in one run, so that they hold on any machine; never part of the tests. */
import { benchMigrate } from './migrate.ts'
import { benchSetup } from './setup.ts'
import { benchValidate } from './validate.ts'

type Bench = (args: readonly string[]) => Promise<boolean>

const benches: Readonly<Record<string, Bench>> = {
  validate: benchValidate,
  migrate: benchMigrate,
  setup: benchSetup,
}

const [name = '', ...args] = process.argv.slice(2)
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench) {
  process.exitCode = (await bench(args)) ? 0 : 1
} else {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join(' | ')}`)
  process.exitCode = 2
}
