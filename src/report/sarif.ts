import { createHash } from 'node:crypto'
import type { Fix, Location, Log, Region, ReportingDescriptor, Result } from 'sarif'
import type { Finding, Place, Severity, Suggestion } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'
import { jsonText, markdownSentence, visible } from '../support/escape.ts'
import { type Pages, pageAddress } from './pages.ts'
import { type Reword, rewordData } from './words.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
const levels = { error: 'error', warning: 'warning', notice: 'note' } as const satisfies Record<
  Severity,
  string
>
/** GitHub's limit for one run. */
const mostResults = 25_000

/**
 * The findings as SARIF 2.1.0, for code scanning. Accepted findings are suppressed results. GitHub requires a place for each: a
 * finding without one is placed at the top of the inventory. A fingerprint does not depend on `reword`.
 */
export function renderSarif(
  { findings }: Verdict,
  inventory: string,
  pages?: Pages,
  reword?: Reword,
): string {
  const sorted = findings.slice(0, mostResults)
  const shown = rewordData(sorted, reword)
  const ids = [...new Set(sorted.map(({ id }) => id))]
  const count = occurrences()
  const fingerprints = sorted.map(finding => fingerprint(finding, count))
  const log: Log = {
    version: '2.1.0',
    $schema: schema,
    runs: [
      {
        tool: {
          driver: {
            name: 'matrix-auth-actions',
            ...(pages && { informationUri: pages.root }),
            rules: ids.map(id => rule(id, shown, pages)),
          },
        },
        automationDetails: { id: 'matrix-auth-actions/validate-config/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
        results: shown.map((finding, index) =>
          result(finding, ids.indexOf(finding.id), inventory, fingerprints[index] ?? ''),
        ),
      },
    ],
  }
  return jsonText(log)
}

function rule(id: string, findings: readonly Finding[], pages: Pages | undefined): ReportingDescriptor {
  const example = findings.find(finding => finding.id === id)
  const { severity = 'notice', why = '', remedy = '', page } = example ?? {}
  const helpUri = pageAddress(pages, page)
  return {
    id,
    shortDescription: { text: plain(why) },
    fullDescription: { text: plain(why) },
    help: { text: plain(remedy), markdown: markdownSentence(remedy) },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [id.split('/')[0] ?? id] },
  }
}

function result(finding: Finding, ruleIndex: number, inventory: string, lineHash: string): Result {
  const { id, severity, message, place, host, remedy, suggestion, accepted } = finding
  const text = `${message}${host === undefined ? '' : ` (host ${host})`}. ${remedy}`
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: { text: plain(text), markdown: markdownSentence(text) },
    locations: [location(place ?? { file: inventory, line: 1, column: 1 })],
    partialFingerprints: { primaryLocationLineHash: lineHash },
    ...(suggestion && { fixes: [fix(suggestion, remedy)] }),
    ...(accepted && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: plain(accepted.reason) }],
    }),
  }
}

function location(place: Place): Location {
  return { physicalLocation: { artifactLocation: artifact(place.file), region: region(place) } }
}

function artifact(file: string): { uri: string; uriBaseId: string } {
  const uri = file
    .split('/')
    .map(segment => encodeURIComponent(segment.toWellFormed()))
    .join('/')
  return { uri, uriBaseId: 'SRCROOT' }
}

function region({ line, column, endLine, endColumn }: Place): Region {
  return {
    startLine: line,
    startColumn: column,
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  }
}

function fix({ place, text }: Suggestion, description: string): Fix {
  return {
    description: { text: plain(description) },
    artifactChanges: [
      {
        artifactLocation: artifact(place.file),
        replacements: [{ deletedRegion: region(place), insertedContent: { text } }],
      },
    ],
  }
}

/** A plain text message of SARIF, in which `[text](target)` would be a link. */
function plain(text: string): string {
  return visible(text).replace(/[\\[\]]/g, '\\$&')
}

type Occurrences = (key: string) => number

function occurrences(): Occurrences {
  const seen = new Map<string, number>()
  return key => {
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return before
  }
}

/** Code scanning recognises a finding by this text. It stays the same if the finding only moves to another line. */
function fingerprint({ id, message, place, host }: Finding, count: Occurrences): string {
  const key = JSON.stringify([id, message.replace(/\d+/g, '#'), place?.file ?? '', host ?? ''])
  return `${createHash('sha256').update(key).digest('hex').slice(0, 16)}:${count(key) + 1}`
}
