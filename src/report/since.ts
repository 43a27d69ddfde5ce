import { createHash } from 'node:crypto'
import { type Finding, openFindings } from '../domain/finding.ts'
import { plural } from '../support/plural.ts'
import { code, type Inline, type Text } from './document.ts'

/** What a comment keeps of its findings, for the next check: `RULE~DIGEST` each, without a place, since lines move. */
const prefix = 'findings:'

/** GitHub limits the size of a comment. */
const most = 300

function keyOf({ id, host = '', place, message }: Finding): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([id, host, place?.file, message]))
    .digest('hex')
  return `${id}~${digest.slice(0, 12)}`
}

/** The name of the marker that keeps the findings; undefined where there are too many. */
export function sinceMarker(findings: readonly Finding[]): string | undefined {
  const open = openFindings(findings)
  return open.length > most ? undefined : [prefix, ...open.map(keyOf)].join(' ')
}

/** The findings that a comment keeps; undefined where it keeps none. Anything else in it is ignored. */
export function keptFindings(comment: string): readonly string[] | undefined {
  const [, kept] = /^<!-- findings:((?: [a-z0-9-]+\/[a-z0-9-]+~[0-9a-f]{12})*) -->$/m.exec(comment) ?? []
  return kept?.split(' ').filter(Boolean)
}

export interface Since {
  readonly isNew: ReadonlySet<Finding>
  /** A sentence. */
  readonly text: Text
}

/** What changed since the check that an earlier comment is of. */
export function changesSince(kept: readonly string[], findings: readonly Finding[]): Since {
  const before = Map.groupBy(kept, key => key)
  const open = openFindings(findings)
  const isNew = new Set(open.filter(finding => before.get(keyOf(finding))?.pop() === undefined))
  const fixed = [...before.values()].flat().map(key => key.replace(/~.*/, ''))
  const parts: Text[] = [
    ...(isNew.size > 0 ? [[plural(isNew.size, 'new finding')]] : []),
    ...(fixed.length > 0 ? [[`${plural(fixed.length, 'finding')} fixed (`, ...listed(fixed), ')']] : []),
  ]
  const changes = parts.flatMap((part, index) => (index === 0 ? part : [', ', ...part]))
  return {
    isNew,
    text: [
      'Since the last check: ',
      ...(changes.length === 0 ? ['no change in the findings'] : changes),
      '.',
    ],
  }
}

function listed(ids: readonly string[]): readonly Inline[] {
  const names = [...new Set(ids)]
  return names
    .slice(0, 5)
    .flatMap((id, index): Inline[] => [
      ...(index === 0 ? [] : [', ']),
      code(id),
      ...(index === 4 && names.length > 5 ? [' …'] : []),
    ])
}
