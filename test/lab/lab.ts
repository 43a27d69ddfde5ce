import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ActualStage, Dialect } from '../../src/domain/stage.ts'
import type { World as DataWorld } from './data/world.ts'
import { ansibleVenv, runPlaybook } from './engine/ansible.ts'
import { groundFor } from './engine/choice.ts'
import { withLock } from './engine/lock.ts'
import { labPaths } from './engine/paths.ts'
import { must, type Ran, timed } from './engine/run.ts'
import { type LabShape, readState, writeState } from './engine/state.ts'
import { startFront } from './front/front.ts'
import { masIdentity, provideMas } from './images/mas.ts'
import { pathDigest } from './images/recipe.ts'
import { imagesDigest } from './images/store.ts'
import { writeInventory } from './playbook/inventory/write.ts'
import { playbookFor, realPlaybook } from './playbook/real/checkout.ts'
import { clearSurroundings, surround } from './playbook/real/surroundings.ts'
import { type LabStage, reach } from './reset/stages.ts'
import { dataWorldOf } from './target/http.ts'
import { psql } from './target/sql.ts'
import { endAtOnce, rootInTarget } from './target/target.ts'
import { isLeftDown, untilAnswered, untilSettled } from './target/wait.ts'
import { findWorld, type World, worldDown, worldPurge, worldUp } from './world.ts'

export type Vars = 'off' | 'prepared' | 'live'

/** A running homeserver to migrate. Nothing of it listens outside of its own network namespace. */
export interface Lab {
  readonly name: string
  readonly dialect: Dialect
  /** SSH answers here on port 22, for root with `sshKey`. */
  readonly address: string
  /** Paths of the private key and of the file with the server's host keys. */
  readonly sshKey: string
  readonly knownHosts: string
  /** A git repository as an operator keeps it: inventory/hosts, inventory/host_vars/matrix.example.test/vars.yml. */
  readonly inventoryDir: string
  /** The lab's playbook of the dialect, or `LAB_PLAYBOOK`. */
  readonly playbookDir: string
  /** The bin folder of a venv with the dialect's Ansible. */
  readonly ansibleBin: string
  /** What users talk to: the front (`front/`). No slash at the end. */
  readonly synapseUrl: string
  /** The ledger of the data of the stage that the lab was put to last (JSON, `data/ledger.ts`). */
  readonly ledgerFile: string
  /** For the data generator and the verifier. */
  readonly data: DataWorld
  /** Runs bash as root on the server, without SSH; `input` is the script's standard input. */
  root(script: string, input?: string): Promise<Ran>
  /** Rows and their cells as text; NULL is the empty text. Throws psql's message. */
  sql(database: 'synapse' | 'matrix_authentication_service', sql: string): Promise<string[][]>
  /** Rewrites the inventory's vars.yml for the desired stage; changes nothing on the server. */
  setVars(vars: Vars, extraVars?: string): Promise<void>
  /** `ansible-playbook setup.yml` with the lab's inventory, key and host keys, and these arguments. */
  ansible(args: string[], env?: NodeJS.ProcessEnv): Promise<Ran>
  /**
   * Puts server and inventory back to the stage: from a snapshot, or, the first time a stage is asked for, by really
   * making it. Returns when Synapse (and MAS, where there is one) answers; units may still be activating.
   */
  reset(stage: ActualStage): Promise<void>
  /** Waits until every unit is active and no job is queued: Synapse's health wait takes some 10 s. */
  settle(): Promise<void>
  /** Restarts the server, without grace: processes are killed, /run is emptied. Returns when it is back. */
  reboot(): Promise<void>
  /** Ends the lab; its disk stays for the next start. */
  down(): Promise<void>
}

export interface LabOptions {
  /** Default `LAB_NAME`, else `default`. */
  readonly name?: string
  readonly dialect: Dialect
  /** From 50 to 100,000; default 1,000. */
  readonly users?: number
  readonly seed?: number
  /** Lines of YAML that stay in vars.yml in each stage. */
  readonly extraVars?: string
}

/**
 * Brings a lab up to stage `installed` with data in it. One of the same shape, made of the same parts, is reused as it
 * is, in the stage it was left in: call `reset`. If some of its units are stopped, it is reset to `installed`.
 */
export function labUp(options: LabOptions): Promise<Lab> {
  const name = options.name ?? process.env.LAB_NAME ?? 'default'
  const paths = labPaths(name)
  return withLock(paths.lockFile, `the lab "${name}"`, async () => {
    const shape = await shapeOf(options)
    const before = await readState(paths)
    const standing = await findWorld(name)
    // Of other images, or bare: its engine lacks some that are needed now.
    if (standing && before?.shape?.images !== shape.images) await worldPurge(standing)
    await groundFor(paths)
    const [world] = await Promise.all([worldUp(name, options.dialect), ansibleVenv(options.dialect)])
    await startFront(world)
    const lab = await labOn(world, shape)
    const state = { number: world.network.number, ground: world.engine.ground.kind }
    if (!sameShape((await readState(paths))?.shape, shape)) {
      await writeState(paths, state)
      await timed(`a lab of ${dialectAndUsers(shape)}`, async () => {
        await provideMas(world.engine, shape.dialect)
        if (await realPlaybook(shape.dialect)) await surround(world, shape.dialect)
        else await clearSurroundings(world)
        await lab.resetWithin('installed')
      })
      await writeState(paths, { ...state, shape })
    }
    if (await isLeftDown(world)) await lab.resetWithin('installed')
    await untilAnswered(world)
    return lab
  })
}

/** The running lab of this name. Throws where it does not run or was started bare. */
export async function labRunning(name: string): Promise<Lab> {
  const world = await findWorld(name)
  const state = world && (await readState(world.paths))
  if (!world?.running || state?.shape === undefined) {
    throw new Error(`the lab "${name}" is not running; start it with: npm run lab -- up`)
  }
  return labOn(world, state.shape)
}

/** The files that decide what is in the lab's databases and its ledger; the verifier and the writer only read. */
const fillingFiles = [
  'accounts',
  'categories',
  'client',
  'fingerprint',
  'ledger',
  'living',
  'living-plan',
  'oddities',
  'passwords',
  'plan',
  'random',
  'rows',
  'samples',
  'seed',
  'sessions',
]

async function shapeOf(options: LabOptions): Promise<LabShape> {
  const { dialect, users = 1000, seed = 1, extraVars = '' } = options
  const here = (folder: string) => pathDigest(join(import.meta.dirname, folder))
  const real = await realPlaybook(dialect)
  const folders = real ? ['inventory', 'real'] : [dialect, 'common', 'inventory']
  const parts = folders.map(each => here(`playbook/${each}`))
  const playbook = (real ? [real.commit, real.digest, ...parts] : parts).join()
  return {
    dialect,
    users,
    seed,
    extraVars,
    images: imagesDigest(dialect),
    playbook,
    data: fillingFiles.map(file => here(`data/${file}.ts`)).join(),
    mas: masIdentity(dialect),
  }
}

function sameShape(one: LabShape | undefined, other: LabShape): boolean {
  return (
    one !== undefined &&
    JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
  )
}

const dialectAndUsers = (shape: LabShape) => `${shape.dialect} with ${shape.users} users`

/** The lab for code that holds its lock. */
interface LabWithin extends Lab {
  resetWithin(stage: LabStage): Promise<void>
}

async function labOn(world: World, shape: LabShape): Promise<LabWithin> {
  const { paths, network, engine } = world
  const { dialect, extraVars } = shape
  const ansibleBin = await ansibleVenv(dialect)
  const real = await realPlaybook(dialect)
  const playbookDir = await playbookFor(dialect)
  const synapseUrl = `http://${network.labAddress}:8008`
  const setVars = async (vars: Vars, more = '') => {
    await writeInventory(paths.inventory, {
      dialect,
      stage: vars,
      address: network.labAddress,
      ...(real ? { real: { validatedVersion: real.capabilities.validatedVersion } } : {}),
      extraVars: `${extraVars}${more}`,
    })
    if (!existsSync(join(paths.inventory, '.git'))) await commitInventory(paths.inventory)
  }
  const sql: Lab['sql'] = (database, text) => psql(engine, database, text)
  const reset = (stage: LabStage) => reach(lab, world, shape, stage)
  const lab: LabWithin = {
    name: world.paths.name,
    dialect,
    address: network.labAddress,
    sshKey: paths.sshKey,
    knownHosts: paths.knownHosts,
    inventoryDir: paths.inventory,
    playbookDir,
    ansibleBin,
    synapseUrl,
    ledgerFile: join(paths.home, 'ledger.json'),
    data: dataWorldOf(engine, dialect, synapseUrl, sql),
    root: (script, input) => rootInTarget(engine, script, input),
    sql,
    setVars,
    ansible: (args, env) => runPlaybook({ paths, playbookDir, ansibleBin, args, ...(env ? { env } : {}) }),
    reset: stage => withLock(paths.lockFile, `the lab "${paths.name}"`, () => reset(stage)),
    resetWithin: reset,
    settle: () => untilSettled(world),
    reboot: async () => {
      await endAtOnce(world.engine)
      await worldUp(paths.name)
    },
    down: () => worldDown(world),
  }
  return lab
}

async function commitInventory(folder: string): Promise<void> {
  const git = ['git', '-C', folder, '-c', 'user.name=Operator', '-c', 'user.email=operator@example.test']
  await must([...git, 'init', '--quiet', '--initial-branch=main'])
  await must([...git, 'add', '.'])
  await must([...git, 'commit', '--quiet', '--message', 'A homeserver'])
}
