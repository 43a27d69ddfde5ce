import type { Dialect } from '../../../../src/domain/stage.ts'
import { docker, mustDocker } from '../../engine/docker.ts'
import type { Engine } from '../../engine/ground.ts'
import { timed } from '../../engine/run.ts'
import { forRealPlaybooks, nodeImage, upToBase } from '../../images/catalogue.ts'
import { buildInto } from '../../images/store.ts'
import { keptLabel, labContainers } from '../../target/target.ts'
import type { World } from '../../world.ts'
import { imageNames, registry } from './images.ts'

/** The network on which the playbook expects a Traefik that it does not manage. */
const frontNetwork = 'traefik'
const registryContainer = `${labContainers}registry`

/**
 * What a real playbook finds around it besides the server: a registry to pull from, with the lab's images under the names
 * that it asks for, and the network of the Traefik in front. Both survive resets of the server.
 */
export async function surround({ engine }: World, dialect: Dialect): Promise<void> {
  await startRegistry(engine)
  await timed("filling the lab's registry", () => fillRegistry(engine, dialect))
  await docker(engine, ['network', 'create', `--label=${keptLabel}`, frontNetwork])
}

/** Removes it again, for the lab's own playbook. */
export async function clearSurroundings({ engine }: World): Promise<void> {
  await docker(engine, ['rm', '--force', registryContainer])
  await docker(engine, ['network', 'rm', frontNetwork])
}

async function startRegistry(engine: Engine): Promise<void> {
  if (await isRunning(engine, registryContainer)) return
  const recipe = forRealPlaybooks.registry
  await buildInto(engine, upToBase, recipe)
  await docker(engine, ['rm', '--force', registryContainer])
  await mustDocker(engine, [
    ...['run', '--detach', `--name=${registryContainer}`, '--restart=always', '--network=host'],
    ...['--volume=lab-registry:/registry', recipe.name],
  ])
  await mustDocker(engine, ['run', '--rm', '--network=host', nodeImage, 'bash', '-c', untilRegistryAnswers])
}

const untilRegistryAnswers = `for _ in $(seq 100); do curl -fsS http://${registry}v2/ >/dev/null 2>&1 && exit; sleep 0.2; done; exit 1`

async function fillRegistry(engine: Engine, dialect: Dialect): Promise<void> {
  await buildInto(engine, upToBase, forRealPlaybooks.nginx)
  for (const [own, asked] of Object.entries(imageNames[dialect])) {
    await mustDocker(engine, ['tag', own, `${registry}${asked}`])
    await mustDocker(engine, ['push', '--quiet', `${registry}${asked}`])
  }
}

async function isRunning(engine: Engine, container: string): Promise<boolean> {
  const asked = await docker(engine, ['inspect', '--format', '{{.State.Running}}', container])
  return asked.stdout.trim() === 'true'
}
