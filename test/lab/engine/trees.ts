import { rm } from 'node:fs/promises'
import type { Ground } from './ground.ts'

/** Removes a folder of the cache, also where root's files are in it and this user is not root. */
export async function removeTree(ground: Ground, folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')))
      throw error
    await ground.root('rm -rf -- "$FOLDER"', { FOLDER: folder })
  }
}
