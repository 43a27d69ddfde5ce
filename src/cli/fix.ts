import { realpathSync } from 'node:fs'
import { withProposals } from '../actions/validate-config/proposals.ts'
import { type ValidationSources, validate } from '../actions/validate-config/run.ts'
import { type Finding, openFindings } from '../domain/finding.ts'
import { applySuggestion, withoutOverlaps } from '../domain/suggestion.ts'
import type { FileReader } from '../support/files/files.ts'
import { overlaid } from '../support/files/overlay.ts'
import { writeBelow } from '../support/report-file.ts'

/** A fix can make another one possible. */
const mostRounds = 5

interface FixedFile {
  readonly file: string
  /** Its absolute path on disk. Links inside of the repository are resolved, as when it was read. */
  readonly real: string
  readonly text: string
  /** The rule of each change, in the order of the file. A line would be that of the file before. */
  readonly rules: readonly string[]
}

/** The files with every suggestion applied that does not overlap another one. */
export function fixed(findings: readonly Finding[], files: FileReader): readonly FixedFile[] {
  const suggestions = new Map(
    openFindings(findings).flatMap(({ suggestion, id }) => (suggestion ? [[suggestion, id] as const] : [])),
  )
  const byFile = Map.groupBy(suggestions.keys(), ({ place }) => files.identity(place.file))
  return [...byFile].flatMap(([real, own]) => {
    const [file = ''] = own.map(({ place }) => place.file)
    if (files.entry(file).kind !== 'file') return []
    const apart = withoutOverlaps(own)
    const before = new TextDecoder().decode(files.read(file))
    const text = apart.reduce((changed, each) => applySuggestion(changed, each), before)
    const rules = apart.flatMap(each => suggestions.get(each) ?? []).toReversed()
    return text === before ? [] : [{ file, real, text, rules }]
  })
}

/** @throws ToolkitError where the path now has a link. */
export function writeFix(root: string, { real, text }: Pick<FixedFile, 'real' | 'text'>): void {
  writeBelow(realpathSync.native(root), real, text, 'A proposed change')
}

/** What `validate --fix` writes, in this order, and what is found afterwards. Nothing is written. */
export async function fixRounds(
  sources: ValidationSources,
): Promise<{ readonly changes: readonly FixedFile[]; readonly left: readonly Finding[] }> {
  const changes: FixedFile[] = []
  let { files } = sources
  for (let round = 0; ; round++) {
    const present = { ...sources, files }
    const { verdict } = await withProposals(validate(present), present, false)
    const changed = round < mostRounds ? fixed(verdict.findings, files) : []
    if (changed.length === 0) return { changes, left: verdict.findings }
    changes.push(...changed)
    files = overlaid(files, new Map(changed.map(({ file, text }) => [file, text])))
  }
}
