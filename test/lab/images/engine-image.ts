import { join } from 'node:path'
import { type DockerHost, docker, hasImage } from '../engine/docker.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { buildImages } from './build.ts'
import type { Recipe } from './recipe.ts'

/** The parent of every image where a Docker engine was found: what that engine has under this name, or can pull. */
export const debianImage = 'debian:bookworm-slim'

const engineRecipe: Recipe = {
  name: 'localhost/matrix-auth-lab/engine:1',
  script: 'engine.sh',
  network: true,
}

let provided: Promise<string> | undefined

/** The image on the found engine in which a lab's own dockerd runs. Throws where it has no Debian and cannot pull it. */
export function provideEngineImage(found: DockerHost): Promise<string> {
  provided ??= withLock(join(cacheDir(), 'locks', 'engine-image'), 'the image of engines', async () => {
    await buildImages(found, [engineRecipe], () => pulledDebian(found))
    return engineRecipe.name
  })
  return provided
}

async function pulledDebian(found: DockerHost): Promise<string> {
  if (await hasImage(found, debianImage)) return debianImage
  const pulled = await docker(found, ['pull', '--quiet', debianImage])
  if (pulled.code === 0) return debianImage
  throw new Error(
    `The Docker engine has no image ${debianImage} and cannot pull it: ${pulled.stderr.trim()}\n` +
      'Load one (docker load, or docker import of a root file system of Debian 12 under that name), ' +
      'or run the lab as root on Debian with LAB_ENGINE=own.',
  )
}
