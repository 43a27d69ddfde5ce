import { bySeverity, type Finding } from '../../domain/finding.ts'
import { rehearsalIds } from '../../mas/output/rehearsal-ids.ts'
import type { Acceptance } from './read-acceptances.ts'
import { acceptanceFinding } from './texts.ts'

/** Families that a change cannot both introduce and accept: code on the runner, and files that could not be read. */
const notFromThisChange = /^(?:trust|inventory)\//

/**
 * Marks accepted findings, and adds findings about the entries themselves.
 *
 * @param today `YYYY-MM-DD` in UTC.
 * @param before The entries of the base, if there is a base.
 */
export function acceptFindings(
  findings: readonly Finding[],
  entries: readonly Acceptance[],
  today: string,
  before?: readonly Acceptance[],
): readonly Finding[] {
  const result = [...findings].sort(bySeverity)
  const entryFindings: Finding[] = []
  for (const entry of entries) {
    const matching = [...result.keys()].filter(index => matches(entry, result[index]))
    const added = before !== undefined && !before.some(earlier => isSame(earlier, entry))
    const entryFinding = findingAboutEntry(entry, matching.length, added, today)
    if (entryFinding) entryFindings.push(entryFinding)
    if (isExpired(entry, today) || (added && notFromThisChange.test(entry.id))) continue
    for (const index of matching.slice(0, entry.atMost)) {
      const finding = result[index]
      if (finding) result[index] = { ...finding, accepted: acceptedBy(entry) }
    }
  }
  return [...result, ...entryFindings]
}

function acceptedBy({ reason, until, place }: Acceptance): NonNullable<Finding['accepted']> {
  return { reason, place, ...(until !== undefined && { until }) }
}

function matches({ id, host, file }: Acceptance, finding: Finding | undefined): boolean {
  if (!finding || finding.accepted || finding.id !== id) return false
  return (host === undefined || finding.host === host) && (file === undefined || finding.place?.file === file)
}

function isExpired({ until }: Acceptance, today: string): boolean {
  return until !== undefined && until < today
}

function isSame(a: Acceptance, b: Acceptance): boolean {
  return (['id', 'reason', 'until', 'host', 'file', 'atMost'] as const).every(key => a[key] === b[key])
}

function findingAboutEntry(
  entry: Acceptance,
  count: number,
  added: boolean,
  today: string,
): Finding | undefined {
  const { id, place, atMost, until } = entry
  if (isExpired(entry, today)) {
    const message = `\`${id}\` was accepted until ${until}, which has passed`
    return acceptanceFinding('accepted/expired', message, place)
  }
  // Without a rehearsal, it is unknown whether its findings are there.
  if (count === 0 && !rehearsalIds.has(id)) {
    return acceptanceFinding('accepted/unused', `\`${id}\` is accepted, but no finding matches`, place)
  }
  if (added && notFromThisChange.test(id)) {
    const message = `\`${id}\` cannot be accepted by the change that introduces it, so it still counts`
    return acceptanceFinding('accepted/not-from-this-change', message, place)
  }
  if (atMost !== undefined && count > atMost) {
    const message = `\`${id}\` is accepted at most ${atMost} times, but occurs ${count} times`
    return acceptanceFinding('accepted/beyond-ceiling', message, place)
  }
  return added ? acceptanceFinding('accepted/added-here', `this change accepts \`${id}\``, place) : undefined
}
