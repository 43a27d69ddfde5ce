import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ActualStage, Dialect } from '../../../src/domain/stage.ts'
import { seedWorld } from '../data/seed.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { timed, waitUntil } from '../engine/run.ts'
import type { LabShape } from '../engine/state.ts'
import { pathDigest } from '../images/recipe.ts'
import type { Lab } from '../lab.ts'
import { mustInTarget } from '../target/target.ts'
import { untilAnswered } from '../target/wait.ts'
import type { World } from '../world.ts'
import { hasSnapshot, restoreSnapshot, takeSnapshot, wipeMatrix } from './snapshots.ts'

/** `empty` is `absent` before the data generator ran. */
export type LabStage = ActualStage | 'empty'

interface Making {
  /** The stage to make it from; none for the first. */
  readonly from?: LabStage
  readonly vars: 'off' | 'prepared' | 'live'
  /** Gives files to keep beside the snapshot. */
  readonly make: (
    lab: Lab,
    world: World,
    shape: LabShape,
  ) => Promise<Readonly<Record<string, string>> | undefined>
}

const syn2masTag: Readonly<Record<Dialect, string>> = {
  'syn2mas-tool': 'matrix-authentication-service-syn2mas',
  'mas-cli': 'matrix-authentication-service-mas-cli-syn2mas',
}

export const ledgerName = 'ledger.json'

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
  migrated: {
    from: 'installed',
    vars: 'prepared',
    make: async (lab, world) => {
      await playbook(lab, [`--tags=${syn2masTag[lab.dialect]}`])
      await startServices(world)
      return undefined
    },
  },
  live: { from: 'migrated', vars: 'live', make: installAll },
  partial: { from: 'installed', vars: 'prepared', make: dieInTheMiddle },
  inconsistent: { from: 'installed', vars: 'prepared', make: loginEarly },
}

/** The name of a stage's snapshot: another one whenever anything it is made from is. */
export function snapshotName(shape: LabShape, stage: LabStage): string {
  const { dialect, images, playbook, extraVars, users, seed, data, mas } = shape
  const parts: unknown[] = [pathDigest(import.meta.dirname), images, playbook, extraVars]
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
    if (made) return
  }
  await lab.setVars(await restoreSnapshot(world, name))
  await untilAnswered(world)
}

async function makeStage(lab: Lab, world: World, shape: LabShape, stage: LabStage): Promise<void> {
  const { from, vars, make } = makings[stage]
  if (from !== undefined) await reach(lab, world, shape, from)
  await timed(`making stage ${stage}`, async () => {
    await lab.setVars(vars)
    const files = await make(lab, world, shape)
    await takeSnapshot(world, snapshotName(shape, stage), vars, files ?? {})
    await untilAnswered(world)
  })
}

async function fill(lab: Lab, world: World, shape: LabShape): Promise<Record<string, string>> {
  const configuration = await mustInTarget(world.engine, 'cat /matrix/synapse/config/homeserver.yaml')
  const secret = /^registration_shared_secret: *"?([^"\n]+?)"? *$/m.exec(configuration)?.[1]
  if (secret === undefined)
    throw new Error('homeserver.yaml has no registration_shared_secret: no accounts can be made')
  const ledger = await seedWorld(lab.data, {
    seed: shape.seed,
    users: shape.users,
    registrationSecret: secret,
  })
  return { [ledgerName]: `${JSON.stringify(ledger)}\n` }
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

/**
 * Runs syn2mas as the playbook would and kills it while it writes. The stand-in slows itself down for this; the
 * others are caught by the tables they rename or the rows they commit, and tried again where they were too quick.
 */
async function dieInTheMiddle(lab: Lab, world: World): Promise<undefined> {
  const slow = '-e LAB_SYN2MAS_SLOW=3000'
  const command = syn2masCommand(lab.dialect, slow)
  await mustInTarget(world.engine, 'systemctl stop matrix-synapse matrix-authentication-service')
  await mustInTarget(world.engine, `${command} >/tmp/syn2mas.log 2>&1 </dev/null &`)
  await waitUntil('syn2mas to be in the middle', 60, () => inTheMiddle(lab), 50)
  await mustInTarget(
    world.engine,
    'docker kill matrix-authentication-service-syn2mas >/dev/null; rm -f /tmp/syn2mas.log',
  )
  await startServices(world)
}

async function inTheMiddle(lab: Lab): Promise<boolean> {
  const question =
    lab.dialect === 'mas-cli'
      ? "SELECT to_regclass('syn2mas__users') IS NOT NULL"
      : 'SELECT count(*) > 5 FROM users'
  return (await lab.sql('matrix_authentication_service', question))[0]?.[0] === 't'
}

function syn2masCommand(dialect: Dialect, options: string): string {
  const run = `docker run --rm --name=matrix-authentication-service-syn2mas --log-driver=none --user=991:991 --cap-drop=ALL --network=matrix-homeserver ${options}`
  const config = '--mount type=bind,src=/matrix/matrix-authentication-service/config/config.yaml'
  const synapse = '--mount type=bind,src=/matrix/synapse/config/homeserver.yaml,dst=/homeserver.yaml,ro'
  const socket = '--mount type=bind,src=/matrix/postgres/run,dst=/run-postgres'
  if (dialect === 'mas-cli') {
    const keys = '--mount type=bind,src=/matrix/matrix-authentication-service/data/keys,dst=/keys,ro'
    return `${run} ${config},dst=/config.yaml,ro ${synapse} ${keys} ${socket} $(docker inspect --format '{{.Config.Image}}' matrix-authentication-service 2>/dev/null || grep -o 'localhost/lab/mas:[0-9.]*' /etc/systemd/system/matrix-authentication-service.service | head -1) syn2mas --synapse-config=/homeserver.yaml migrate`
  }
  return `${run} ${config},dst=/mas-config.yaml,ro ${synapse} localhost/lab/syn2mas:0.15.0 --command=migrate --synapseConfigFile=/homeserver.yaml --masConfigFile=/mas-config.yaml`
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
