import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** How one image is made: a bash script, run as root in a container of the parent image, then committed. */
export interface Recipe {
  readonly name: string
  /** The parent image's name; left out for the first one, which starts from Debian's own files. */
  readonly from?: string
  /** A script in this folder. */
  readonly script: string
  readonly env?: Readonly<Record<string, string>>
  /** Files and folders seen by the script under /files, by their name there. */
  readonly files?: Readonly<Record<string, string>>
  /** Puts these files there, before their digest is taken. */
  readonly prepare?: () => Promise<void>
  /** Dockerfile instructions that `docker commit --change` knows. */
  readonly changes?: readonly string[]
  /** What only `docker run` can set: a stop signal, a health check. The committed image keeps it. */
  readonly runOptions?: readonly string[]
  /** Whether the container may reach the package registries. */
  readonly network: boolean
}

/** Raise it when build.ts makes other images from the same recipes. */
const howImagesAreMade = 3

export const imagesDir = import.meta.dirname

/** Changes whenever the image would: by its own recipe, the files it is given, or its parent's digest. */
export function recipeDigest(recipe: Recipe, parentDigest: string): string {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      howImagesAreMade,
      recipe.name,
      recipe.changes,
      recipe.runOptions,
      recipe.env,
      parentDigest,
    ]),
  )
  hash.update(readFileSync(join(imagesDir, recipe.script)))
  for (const [name, path] of Object.entries(recipe.files ?? {})) hash.update(name).update(pathDigest(path))
  return hash.digest('hex').slice(0, 24)
}

/** The digest of a file, or of every file but tests in a folder with its name and mode. Empty where there is none. */
export function pathDigest(path: string): string {
  if (!existsSync(path)) return ''
  const hash = createHash('sha256')
  const status = statSync(path)
  if (status.isFile()) return hash.update(String(status.mode)).update(readFileSync(path)).digest('hex')
  for (const name of readdirSync(path)
    .filter(each => !each.endsWith('.test.ts'))
    .sort()) {
    hash.update(`${name}\0${pathDigest(join(path, name))}\n`)
  }
  return hash.digest('hex')
}
