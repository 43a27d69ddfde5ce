import { waitUntil } from '../engine/run.ts'
import type { World } from '../world.ts'
import { rootInTarget } from './target.ts'

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'manual' }).then(
    async response => {
      await response.arrayBuffer()
      return response.status === 200
    },
    () => false,
  )
}

/** Which of the playbook's units are enabled: those are what must answer. */
async function enabledUnits(world: World): Promise<string[]> {
  const asked = await rootInTarget(
    world.engine,
    "systemctl list-unit-files --state=enabled --plain --no-legend 'matrix-*' | awk '{print $1}'",
  )
  return asked.stdout.split('\n').filter(Boolean)
}

/** Waits for Synapse, its workers and MAS, as far as they are installed; Synapse and MAS as users reach them. */
export async function untilAnswered(world: World): Promise<void> {
  const units = await enabledUnits(world)
  const base = `http://${world.network.labAddress}:8008`
  if (units.includes('matrix-synapse.service')) {
    await waitUntil('Synapse to answer', 90, () => answers(`${base}/_matrix/client/versions`))
  }
  if (units.includes('matrix-authentication-service.service')) {
    const discovery = `${base}/auth/.well-known/openid-configuration`
    await waitUntil('MAS to answer', 90, () => answers(discovery))
  }
  for (const unit of units.filter(name => name.startsWith('matrix-synapse-worker-'))) {
    const container = unit.replace('.service', '')
    await waitUntil(`${container} to answer`, 90, async () => {
      // A worker without clients, such as a federation sender, has no health check.
      const script = `test=$(docker inspect --format '{{json .Config.Healthcheck.Test}}' ${container}) || exit
        case $test in *NONE*) exit 0 ;; esac
        port=$(grep -o 'localhost:[0-9]*' <<<"$test") &&
        docker exec ${container} curl -fsS -o /dev/null "http://$port/health"`
      return (await rootInTarget(world.engine, script)).code === 0
    })
  }
}

/** Whether the previous user of the lab left units stopped that no job is about to start. */
export async function isLeftDown(world: World): Promise<boolean> {
  const units = await enabledUnits(world)
  const script = `[ -z "$(systemctl list-jobs --no-legend)" ] && systemctl is-active ${units.join(' ')} | grep -qxE 'inactive|failed'`
  return units.length > 0 && (await rootInTarget(world.engine, script)).code === 0
}

/** Waits until every enabled unit is active and systemd has nothing left to do. */
export async function untilSettled(world: World): Promise<void> {
  await untilAnswered(world)
  const units = await enabledUnits(world)
  await waitUntil('the units to be active', 120, async () => {
    const script = `[ -z "$(systemctl list-jobs --no-legend)" ] && systemctl is-active --quiet ${units.join(' ')}`
    return units.length === 0 || (await rootInTarget(world.engine, script)).code === 0
  })
}
