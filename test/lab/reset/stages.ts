import { createHash } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActualStage, Dialect } from '../../../src/domain/stage.ts'
import { seedWorld } from '../data/seed.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { timed } from '../engine/run.ts'
import type { LabShape } from '../engine/state.ts'
import type { Lab } from '../lab.ts'
import { startBridge } from '../target/bridge.ts'
import { mustInTarget } from '../target/target.ts'
import { untilAnswered } from '../target/wait.ts'
import type { World } from '../world.ts'
import { killSyn2masInTheMiddle } from './partial.ts'
import { besideSnapshot, hasSnapshot, restoreSnapshot, takeSnapshot, wipeMatrix } from './snapshots.ts'

/** `empty` is `absent` before the data generator ran. */
export type LabStage = ActualStage | 'empty'

interface Making {
  /** The stage to make it from; none for the first. */
  readonly from?: LabStage
  readonly vars: 'off' | 'prepared' | 'live'
  /** Gives the ledger of the data it made, where it made data. */
  readonly make: (lab: Lab, world: World, shape: LabShape) => Promise<string | undefined>
}

const syn2masTag: Readonly<Record<Dialect, string>> = {
  'syn2mas-tool': 'matrix-authentication-service-syn2mas',
  'mas-cli': 'matrix-authentication-service-mas-cli-syn2mas',
}

/** Raise it when this folder makes other stages from the same parts. */
const howStagesAreMade = 2

const ledgerName = 'ledger.json'

/** How each stage comes about: by what really makes it on a server. */
const makings: Readonly<Record<LabStage, Making>> = {
  empty: {
    vars: 'off',
    make: async (lab, world) => {
      await wipeMatrix(world)
      return installAll(lab, world)
    },
  },
  absent: { from: 'empty', vars: 'off', make: fill },
  installed: { from: 'absent', vars: 'prepared', make: installAll },
  copied: {
    from: 'installed',
    vars: 'prepared',
    make: async (lab, world) => {
      await playbook(lab, [`--tags=${syn2masTag[lab.dialect]}`])
      await startServices(world)
      return undefined
    },
  },
  live: { from: 'copied', vars: 'live', make: installAll },
  partial: { from: 'installed', vars: 'prepared', make: dieInTheMiddle },
  inconsistent: { from: 'installed', vars: 'prepared', make: loginEarly },
}

/** The name of a stage's snapshot: another one whenever anything it is made from is. */
export function snapshotName(shape: LabShape, stage: LabStage): string {
  const { dialect, images, playbook, extraVars, users, seed, data, mas } = shape
  const parts: unknown[] = [howStagesAreMade, images, playbook, extraVars]
  if (stage !== 'empty') parts.push(users, seed, data)
  if (stage !== 'empty' && stage !== 'absent') parts.push(mas)
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
  return `${dialect}-${stage}-${digest}`
}

/**
 * Puts the server at a stage: from its snapshot, else by making it from the stage before and taking the snapshot. Of
 * several labs that want the same stage one makes it while the others wait.
 */
export async function reach(lab: Lab, world: World, shape: LabShape, stage: LabStage): Promise<void> {
  const name = snapshotName(shape, stage)
  if (!(await hasSnapshot(name))) {
    const made = await withLock(join(cacheDir(), 'locks', `stage-${name}`), `stage ${stage}`, async () => {
      if (await hasSnapshot(name)) return false
      await makeStage(lab, world, shape, stage)
      return true
    })
    if (made) return ready(lab, world, name, stage)
  }
  await lab.setVars(await restoreSnapshot(world, name))
  await ready(lab, world, name, stage)
}

async function ready(lab: Lab, world: World, snapshot: string, stage: LabStage): Promise<void> {
  await takeLedger(lab, snapshot, stage)
  await untilAnswered(world)
  await startBridge(world)
}

/** The ledger goes where the data goes: a lab put to a stage that another lab made has that one's accounts. */
async function takeLedger(lab: Lab, snapshot: string, stage: LabStage): Promise<void> {
  if (stage !== 'empty') await copyFile(besideSnapshot(snapshot, ledgerName), lab.ledgerFile)
}

async function makeStage(lab: Lab, world: World, shape: LabShape, stage: LabStage): Promise<void> {
  const { from, vars, make } = makings[stage]
  if (from !== undefined) await reach(lab, world, shape, from)
  await timed(`making stage ${stage}`, async () => {
    await lab.setVars(vars)
    const ledger = (await make(lab, world, shape)) ?? (await ledgerBefore(lab, from))
    const files = ledger === undefined ? {} : { [ledgerName]: ledger }
    await takeSnapshot(world, snapshotName(shape, stage), vars, files)
  })
}

/** Of the stage that the lab was put to last. */
async function ledgerBefore(lab: Lab, from: LabStage | undefined): Promise<string | undefined> {
  return from === undefined || from === 'empty' ? undefined : readFile(lab.ledgerFile, 'utf8')
}

async function fill(lab: Lab, world: World, shape: LabShape): Promise<string> {
  const configuration = await mustInTarget(world.engine, 'cat /matrix/synapse/config/homeserver.yaml')
  const secret = /^registration_shared_secret: *"?([^"\n]+?)"? *$/m.exec(configuration)?.[1]
  if (secret === undefined)
    throw new Error('homeserver.yaml has no registration_shared_secret: no accounts can be made')
  const ledger = await seedWorld(lab.data, {
    seed: shape.seed,
    users: shape.users,
    registrationSecret: secret,
  })
  return `${JSON.stringify(ledger)}\n`
}

async function installAll(lab: Lab, world: World): Promise<undefined> {
  await playbook(lab, ['--tags=install-all,ensure-matrix-users-created,start'])
  await untilAnswered(world)
}

async function playbook(lab: Lab, args: string[]): Promise<void> {
  const ran = await lab.ansible(args)
  if (ran.code !== 0) {
    throw new Error(
      `ansible-playbook ${args.join(' ')} ended with code ${ran.code}:\n${ran.stdout.slice(-6000)}${ran.stderr.slice(-2000)}`,
    )
  }
}

async function startServices(world: World): Promise<void> {
  await mustInTarget(world.engine, 'systemctl start --no-block matrix-synapse matrix-authentication-service')
  await untilAnswered(world)
}

async function dieInTheMiddle(lab: Lab, world: World): Promise<undefined> {
  await killSyn2masInTheMiddle(lab, world)
  await startServices(world)
}

/**
 * Somebody signed in to MAS before the migration: an account that is not Synapse's. Written into its table, since the
 * ways in are through a browser; `manage register-user` asks Synapse for the name and fails while it does not delegate.
 */
async function loginEarly(lab: Lab): Promise<undefined> {
  await lab.sql(
    'matrix_authentication_service',
    "INSERT INTO users (user_id, username, created_at) VALUES (gen_random_uuid(), 'early-bird', now())",
  )
}
