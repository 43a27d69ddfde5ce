import type { Dialect } from '../../../src/domain/stage.ts'
import type { Lab } from '../lab.ts'
import { upstreamProviders } from '../playbook/inventory/providers.ts'
import { mustInTarget } from '../target/target.ts'
import type { World } from '../world.ts'

const container = 'matrix-authentication-service-syn2mas'

/** True in MAS's database as soon as syn2mas is in the middle: today's tool renames tables, the older commits rows. */
const inTheMiddle: Readonly<Record<Dialect, string>> = {
  'mas-cli': "EXISTS (SELECT FROM pg_class WHERE relname = 'syn2mas__users')",
  'syn2mas-tool': '(SELECT count(*) FROM users) > 5',
}

/**
 * Runs syn2mas as the playbook would, with Synapse and MAS stopped, and kills it while it writes. It gets a part of a
 * core, and the stand-in slows itself down too, so that the moment cannot be missed. Leaves both services stopped.
 */
export async function killSyn2masInTheMiddle(lab: Lab, world: World): Promise<void> {
  const wait = `SET statement_timeout = '60s'; DO $$ BEGIN
    WHILE NOT (${inTheMiddle[lab.dialect]}) LOOP PERFORM pg_sleep(0.005); END LOOP;
    END $$`
  await mustInTarget(
    world.engine,
    `systemctl stop matrix-synapse matrix-authentication-service
     ${syn2masCommand(lab.dialect)} >/dev/null 2>&1 </dev/null &
     docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \\
       psql -h /run/postgresql -d matrix_authentication_service -q -v ON_ERROR_STOP=1
     docker kill ${container} >/dev/null
     wait || true`,
    wait,
  )
}

function syn2masCommand(dialect: Dialect): string {
  const config = 'src=/matrix/matrix-authentication-service/config/config.yaml'
  const mounts = [`src=/matrix/synapse/config/homeserver.yaml,dst=/homeserver.yaml,ro`]
  const words: string[] = []
  if (dialect === 'mas-cli') {
    mounts.push(
      `${config},dst=/config.yaml,ro`,
      'src=/matrix/matrix-authentication-service/data/keys,dst=/keys,ro',
      'src=/matrix/postgres/run,dst=/run-postgres',
    )
    words.push(imageOfMas, 'syn2mas', '--synapse-config=/homeserver.yaml', 'migrate')
  } else {
    mounts.push(`${config},dst=/mas-config.yaml,ro`)
    words.push('localhost/lab/syn2mas:0.15.0', '--command=migrate')
    words.push('--synapseConfigFile=/homeserver.yaml', '--masConfigFile=/mas-config.yaml')
    words.push(
      ...upstreamProviders.map(({ synapseId, masId }) => `--upstreamProviderMapping ${synapseId}:${masId}`),
    )
  }
  return [
    `docker run --rm --name=${container} --log-driver=none --user=991:991 --cap-drop=ALL --network=matrix-homeserver`,
    '--cpus=0.3 -e LAB_SYN2MAS_SLOW=3000',
    ...mounts.map(mount => `--mount type=bind,${mount}`),
    ...words,
  ].join(' ')
}

/** The image that MAS's unit runs; its name depends on the playbook. */
const imageOfMas =
  '"$(grep -oE \'[^[:space:]]*/(mas|matrix-authentication-service):[^[:space:]]*\' /etc/systemd/system/matrix-authentication-service.service | head -1)"'
