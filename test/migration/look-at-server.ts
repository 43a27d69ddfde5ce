/** The state of a server that tests compare: what an action must not change, and the files of this toolkit. */
import type { Lab } from '../lab/lab.ts'

/** Sections of text by name. Equal looks mean an unchanged server. */
export type Look = Readonly<Record<string, string>>

const mas = 'matrix-authentication-service'

/** `restarts`: a unit that may have been restarted, as long as it is running. */
export async function lookAtServer(lab: Lab, restarts?: typeof mas): Promise<Look> {
  const root = async (script: string) => (await lab.root(`set -o pipefail\n${script}`)).stdout
  const but = restarts === undefined ? 'cat' : `grep -v ${restarts}`
  const names = (table: string, column: string) =>
    lab.sql('synapse', `SELECT ${column} FROM ${table} ORDER BY 1`).then(rows => rows.flat().join('\n'))
  return {
    units: await root(
      `systemctl list-units --all --plain --no-legend 'matrix-*' | awk '{print $1, $2, $3, $4}'`,
    ),
    starts:
      await root(`for unit in $(systemctl list-units --all --plain --no-legend 'matrix-*' | awk '{print $1}' | ${but}); do
      systemctl show -p Id,ActiveEnterTimestamp,NRestarts,MainPID "$unit"; done`),
    containers: await root(
      `docker ps --all --no-trunc --format '{{.Names}} {{.ID}} {{.State}}' | ${but} | sort`,
    ),
    networks: await root("docker network ls --format '{{.Name}}' | sort; docker volume ls -q | sort"),
    files: await root(`find /matrix/synapse/config /matrix/synapse/ext /matrix/${mas} /matrix/static-files \\
      /etc/systemd/system -type f -exec sha256sum {} + | sort -k2`),
    databases: await names('pg_database', 'datname'),
    roles: await names('pg_roles', 'rolname'),
    mas: (await lab.sql('matrix_authentication_service', masRows)).join('\n'),
    ours: await root(
      "find /var/lib/matrix-auth-actions -type f -printf '%P\\n' 2>/dev/null | grep -v '^receipt' | sort",
    ),
  }
}

/** All tables of MAS with their number of rows, except those of its job queue. */
const masRows = `SELECT tablename, (xpath('/row/n/text()',
  query_to_xml(format('SELECT count(*) AS n FROM %I', tablename), false, true, '')))[1]::text
  FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'queue\\_%' ORDER BY 1`

/** What the toolkit must not leave behind on a server. */
export async function leftOfOurs(lab: Lab): Promise<string> {
  const found = await lab.root(`
    ls -d /etc/systemd/system/*auth-actions* /etc/systemd/system/*/*auth-actions* 2>/dev/null
    systemctl list-units --all --plain --no-legend '*auth-actions*'
    ls -d /var/lib/matrix-auth-actions/hold /var/lib/matrix-auth-actions/reserve/.[a-z]* /matrix/matrix-auth-actions-* /tmp/matrix-auth-actions-* 2>/dev/null
    find /matrix -name '*auth-actions*'
    docker ps --all --format '{{.Names}}' | grep syn2mas
    /var/lib/matrix-auth-actions/matrix-auth-actions status 2>/dev/null | grep '^lock  *held'
    true`)
  const scratch = await lab.sql(
    'synapse',
    "SELECT datname FROM pg_database WHERE datname LIKE '%auth_actions%'",
  )
  return [found.stdout.trim(), ...scratch.flat()].filter(Boolean).join('\n')
}
