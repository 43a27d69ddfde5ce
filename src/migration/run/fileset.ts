import type { RenderedFile } from '../../playbook/render.ts'
import { base } from '../../server/names.ts'
import { runOrThrow } from '../../server/run-or-throw.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'

/** Files that going live may change (the playbook's tags of Synapse, MAS, static files and Element). */
const expected: readonly RegExp[] = [
  /^\/matrix\/synapse\/config\/homeserver\.yaml$/,
  /^\/matrix\/synapse\/bin\/[\w-]+$/,
  /^\/matrix\/synapse\/ext\/[\w-]+\.py$/,
  /^\/matrix\/matrix-authentication-service\/config\/(config\.yaml|labels|env)$/,
  /^\/matrix\/static-files\/public\/\.well-known\/matrix\/[\w-]+$/,
  /^\/matrix\/client-element\/config\.json$/,
  /^\/etc\/systemd\/system\/matrix-(synapse|authentication-service)\.service$/,
]

/** Units that read a file of the set only when they start, besides Synapse, its workers and MAS. */
const readers: readonly [RegExp, string][] = [[/^\/matrix\/client-element\//, 'matrix-client-element']]

/** Throws `refused-state` where the set has a file that does not belong to authentication, or changes a version. */
export function checkFileSet(files: readonly RenderedFile[], host: string): void {
  const unexpected = files.filter(file => !expected.some(pattern => pattern.test(file.path)))
  if (unexpected.length > 0) {
    throw refused(
      host,
      `Going live would also change ${unexpected.map(file => file.path).join(', ')}.`,
      'Deploy the other changes first, in a separate pull request. A migration changes only authentication.',
    )
  }
  if (!files.some(file => file.path.endsWith('/homeserver.yaml'))) {
    throw refused(
      host,
      "Going live would not change Synapse's homeserver.yaml, so Synapse would not delegate to MAS.",
      'Remove matrix_authentication_service_migration_in_progress from the vars.',
    )
  }
  const upgraded = files.find(
    file => file.path.endsWith('.service') && images(file.before) !== images(file.after),
  )
  if (upgraded) {
    throw refused(
      host,
      `Going live would also change the image in ${upgraded.path}.`,
      'Deploy the new version first, in a separate pull request. A migration does not change versions.',
    )
  }
}

function images(unit: string | undefined): string {
  return (unit?.match(/\S+\/\S+:v?\d+\.\d+[\w.-]*/g) ?? []).join(' ')
}

/** Units to restart, besides Synapse and MAS, so that they serve the new files. */
export function unitsToRestart(files: readonly RenderedFile[]): readonly string[] {
  return readers.filter(([path]) => files.some(file => path.test(file.path))).map(([, unit]) => unit)
}

/**
 * Stores both sides on the server; `before` has the mode and owner of the file on disk. Throws `refused-state` where the
 * file on disk differs from the one that the playbook saw in check mode.
 */
export async function storeFileSet(session: ServerSession, files: readonly RenderedFile[]): Promise<void> {
  const sides = { before: [] as string[], after: [] as string[] }
  // A side without a manifest is ignored, so the manifest is removed first and written last.
  await runOrThrow(session, ['rm', '-rf', `${base}/before`, `${base}/after`])
  await runOrThrow(session, ['install', '-d', '-m', '700', `${base}/before`, `${base}/after`])
  for (const [index, file] of files.entries()) {
    const disk = await session.readFile(file.path)
    if (disk?.toString('utf8') !== file.before) {
      throw refused(
        session.host,
        `${file.path} on the server is not the file that the playbook saw in check mode.`,
        'Another person or program changes the server. Deploy, then run this again.',
      )
    }
    const own = disk === undefined ? undefined : await modeAndOwner(session, file.path)
    const mode = own?.mode ?? file.mode ?? '0640'
    const owner = own?.owner ?? file.owner ?? 'matrix:matrix'
    const line = (state: string) => [index, state, mode, owner, file.path].join('\t')
    for (const [side, content] of [
      ['before', disk],
      ['after', file.after],
    ] as const) {
      if (content !== undefined) await session.writeFile(`${base}/${side}/${index}`, content, 0o600)
      sides[side].push(line(content === undefined ? 'absent' : 'file'))
    }
  }
  await session.writeFile(
    `${base}/guard/also-restart`,
    unitsToRestart(files)
      .map(unit => `${unit}\n`)
      .join(''),
    0o600,
  )
  for (const side of ['before', 'after'] as const) {
    await session.writeFile(`${base}/${side}/manifest`, sides[side].map(text => `${text}\n`).join(''), 0o600)
  }
}

async function modeAndOwner(session: ServerSession, path: string): Promise<{ mode: string; owner: string }> {
  const result = await runOrThrow(session, ['stat', '-c', '%a %u:%g', path])
  const [mode = '', owner = ''] = result.trim().split(' ')
  return { mode, owner }
}

function refused(host: string, what: string, remedy: string): ToolkitError {
  return new ToolkitError({ kind: 'refused', reason: 'refused-state', what, where: host, remedy })
}
