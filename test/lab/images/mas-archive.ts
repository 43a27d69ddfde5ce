import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { must, timed } from '../engine/run.ts'

/** A release archive of MAS: a gzipped tar of `mas-cli` and `share/`, as upstream's releases carry it. */
export interface MasArchive {
  /** `https:`, `http:` or `file:`. A release is pinned by the version in it. */
  readonly url: string
  /** Of the archive, 64 hex digits in lower case. */
  readonly sha256: string
}

/** What `LAB_MAS_ARCHIVE` and `LAB_MAS_ARCHIVE_SHA256` name. Throws where one of them is missing or not what it must be. */
export function masArchiveOf(env: NodeJS.ProcessEnv): MasArchive | undefined {
  const { LAB_MAS_ARCHIVE: url, LAB_MAS_ARCHIVE_SHA256: sha256 } = env
  if (url === undefined) return undefined
  if (!/^(https?|file):\/\//.test(url)) throw new Error(`LAB_MAS_ARCHIVE is not a URL: ${url}`)
  if (!/^[0-9a-f]{64}$/.test(sha256 ?? '')) {
    throw new Error('LAB_MAS_ARCHIVE_SHA256 must hold the sha256 of that archive, 64 hex digits')
  }
  return { url, sha256: sha256 ?? '' }
}

/**
 * The folder with what is in the archive, downloaded once and kept by its checksum.
 * @throws Error where it is another file than the checksum says, or has no `mas-cli` in it; nothing of it is kept then.
 */
export function masFromArchive({ url, sha256 }: MasArchive): Promise<string> {
  const folder = join(cacheDir(), 'mas', sha256)
  return withLock(join(cacheDir(), 'locks', `mas-${sha256.slice(0, 16)}`), 'the archive of MAS', async () => {
    if (await exists(join(folder, 'mas-cli'))) return folder
    await mkdir(join(cacheDir(), 'mas'), { recursive: true })
    const fresh = await mkdtemp(join(cacheDir(), 'mas', 'new-'))
    try {
      const archive = join(fresh, 'archive.tar.gz')
      await timed(`MAS from ${url}`, () => must(['curl', '-fsSL', '--output', archive, url]))
      const found = await sha256Of(archive)
      if (found !== sha256) throw new Error(`${url} has the sha256 ${found}, not ${sha256}`)
      const content = join(fresh, 'content')
      await mkdir(content)
      await must(['tar', '-xzf', archive, '-C', content, '--no-same-owner'])
      if (!(await exists(join(content, 'mas-cli')))) throw new Error(`${url} holds no mas-cli`)
      await rename(content, folder)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
    return folder
  })
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
