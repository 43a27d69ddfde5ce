import { writeFile } from 'node:fs/promises'
import type { ActualStage, Dialect } from '../../../src/domain/stage.ts'
import { seedWorld } from '../data/seed.ts'
import { timed, waitUntil } from '../engine/run.ts'
import type { LabShape } from '../engine/state.ts'
import { provideMas } from '../images/mas.ts'
import type { Lab } from '../lab.ts'
import { mustInTarget, rootInTarget } from '../target/target.ts'
import { untilAnswered } from '../target/wait.ts'
import type { World } from '../world.ts'
import { takeSnapshot } from './snapshots.ts'

/** `empty` is `absent` before the data generator ran. */
export type LabStage = ActualStage | 'empty'

interface Making {
  readonly from: LabStage
  readonly vars: 'off' | 'prepared' | 'live'
  readonly make: (lab: Lab, world: World) => Promise<void>
}

const syn2masTag: Readonly<Record<Dialect, string>> = {
  'syn2mas-tool': 'matrix-authentication-service-syn2mas',
  'mas-cli': 'matrix-authentication-service-mas-cli-syn2mas',
}

/** How each stage comes about, by what really makes it on a server. */
const makings: Readonly<Record<Exclude<LabStage, 'empty' | 'absent'>, Making>> = {
  installed: {
    from: 'absent',
    vars: 'prepared',
    make: async (lab, world) => {
      await provideMas(world.engine, lab.dialect)
      await installAll(lab, world)
    },
  },
  migrated: {
    from: 'installed',
    vars: 'prepared',
    make: async (lab, world) => {
      await playbook(lab, [`--tags=${syn2masTag[lab.dialect]}`])
      await startServices(world)
    },
  },
  live: { from: 'migrated', vars: 'live', make: installAll },
  partial: { from: 'installed', vars: 'prepared', make: dieInTheMiddle },
  inconsistent: { from: 'installed', vars: 'prepared', make: loginEarly },
}

/** Makes a stage that has no snapshot yet, from the one before it, and takes its snapshot. */
export async function makeStage(
  lab: Lab,
  world: World,
  stage: LabStage,
  reset: (stage: LabStage) => Promise<void>,
): Promise<void> {
  if (stage === 'empty' || stage === 'absent')
    throw new Error(`the lab has lost its snapshot "${stage}": make it anew`)
  const { from, vars, make } = makings[stage]
  await reset(from)
  await timed(`stage ${stage}`, async () => {
    await lab.setVars(vars)
    await make(lab, world)
    await takeSnapshot(world, stage, vars)
    await untilAnswered(world)
  })
}

/** On a server with nothing on it: Synapse alone, then data. */
export async function fillAndSnapshot(lab: Lab, world: World, shape: LabShape): Promise<void> {
  await timed('stage empty', async () => {
    await lab.setVars('off')
    await installAll(lab, world)
    await takeSnapshot(world, 'empty', 'off')
    await untilAnswered(world)
  })
  await timed('stage absent', async () => {
    await fill(lab, world, shape)
    await takeSnapshot(world, 'absent', 'off')
    await untilAnswered(world)
  })
}

async function fill(lab: Lab, world: World, shape: LabShape): Promise<void> {
  const configuration = await mustInTarget(world.engine, 'cat /matrix/synapse/config/homeserver.yaml')
  const secret = /^registration_shared_secret: *"?([^"\n]+?)"? *$/m.exec(configuration)?.[1]
  if (secret === undefined)
    throw new Error('homeserver.yaml has no registration_shared_secret: no accounts can be made')
  const ledger = await seedWorld(lab.data, {
    seed: shape.seed,
    users: shape.users,
    registrationSecret: secret,
  })
  await writeFile(lab.ledgerFile, `${JSON.stringify(ledger)}\n`)
}

async function installAll(lab: Lab, world: World): Promise<void> {
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
async function dieInTheMiddle(lab: Lab, world: World): Promise<void> {
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

/** Somebody registers with MAS before the migration: rows that are not Synapse's. */
async function loginEarly(lab: Lab, world: World): Promise<void> {
  const name = 'early-bird'
  const script = `docker exec matrix-authentication-service mas-cli manage register-user --yes -p an-Early-password-7 ${name}`
  const ran = await rootInTarget(world.engine, script)
  if (ran.code !== 0) throw new Error(`register-user: ${ran.stderr}`)
  const [row] = await lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')
  if (row?.[0] !== '1') throw new Error(`MAS has ${row?.[0]} users instead of one`)
}
