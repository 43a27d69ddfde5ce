import { groundOfKind } from './engine/choice.ts'
import { cacheDir } from './engine/paths.ts'
import { run, say } from './engine/run.ts'
import { wasStartedHere } from './engine/started.ts'
import { labNames } from './engine/state.ts'
import { endBuilder } from './images/store.ts'
import { findWorld, type World, worldDown } from './world.ts'

/** The labs that run because this command started them. */
async function labsStartedHere(): Promise<World[]> {
  const worlds = await Promise.all((await labNames()).map(findWorld))
  const running = worlds.filter(world => world !== undefined)
  const own = await Promise.all(running.map(({ paths }) => wasStartedHere(paths.runDir)))
  return running.filter((_, index) => own[index])
}

/** Ends every engine that this command started, with all that runs on it. */
export async function endStarted(): Promise<void> {
  for (const world of await labsStartedHere()) {
    await worldDown(world)
    say(`ended the lab "${world.paths.name}"`)
  }
  for (const kind of ['own', 'found'] as const) await endBuilder(groundOfKind(kind))
}

async function sayWhatIsKept(): Promise<void> {
  for (const { paths } of await labsStartedHere())
    say(`the lab "${paths.name}" keeps running; end it with: LAB_NAME=${paths.name} npm run lab -- down`)
}

/** The disk space that the cache takes, and how to free it. */
async function cacheNotice(): Promise<string> {
  const measured = await run(['du', '-sh', cacheDir()]).catch(() => undefined)
  const size = measured?.stdout.split('\t')[0]?.trim() || 'some space'
  return `the cache ${cacheDir()} (${size}) makes the next run faster; remove it with: npm run lab -- clean`
}

/** Ends what this command started, or, where it is to be kept, says what keeps running; and says what the cache takes. */
export async function endOrKeep(keep: boolean): Promise<void> {
  await (keep ? sayWhatIsKept() : endStarted())
  say(await cacheNotice())
}
