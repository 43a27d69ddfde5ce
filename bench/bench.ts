/** `npm run bench -- NAME`: ratios that are taken in one run, so that they hold on any machine; never part of the tests. */
import { benchValidate } from './validate.ts'

const benches: Readonly<Record<string, () => Promise<boolean>>> = { validate: benchValidate }

const [name = ''] = process.argv.slice(2)
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench) {
  process.exitCode = (await bench()) ? 0 : 1
} else {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join(' | ')}`)
  process.exitCode = 2
}
