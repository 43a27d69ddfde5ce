import { realpathSync } from 'node:fs'
import { readInputs } from '../actions/inputs.ts'
import { availableSources, validateConfig } from '../actions/validate-config/action.ts'
import { validationInputs } from '../actions/validate-config/inputs.ts'
import { commonValue } from '../actions/validate-config/outcome.ts'
import { withProposals } from '../actions/validate-config/proposals.ts'
import { validate } from '../actions/validate-config/run.ts'
import { type Finding, openFindings } from '../domain/finding.ts'
import { applySuggestion, withoutOverlaps } from '../domain/suggestion.ts'
import type { FileReader } from '../support/files/files.ts'
import { plural } from '../support/plural.ts'
import { writeBelow } from '../support/report-file.ts'
import type { Invocation } from './invocation.ts'

/** A fix can make another one possible. */
export const mostRounds = 5

/** The command `validate`. Throws as the action. */
export async function validateInventory(invocation: Invocation): Promise<void> {
  if (invocation.isSet('fix')) await fixAll(invocation)
  const { hosts } = await invocation.perform(validateConfig)
  const { offer } = invocation
  const { screen } = invocation.terminal
  if (!screen.isTerminal || invocation.isSet('json')) return
  const stage = commonValue(hosts.map(each => each.stage))
  if (stage === 'off') screen.out(`\nTo see the way to MAS: \`${offer('plan')}\`\n`)
  if (stage === 'live' && !invocation.source('base-ref'))
    screen.out(
      `\nTo see what a change does, compare with the branch to merge it into: \`${offer('validate', ' --base-ref main')}\`\n`,
    )
}

async function fixAll(invocation: Invocation): Promise<void> {
  const inputs = readInputs(validationInputs, invocation.source)
  const { say } = invocation.terminal
  for (let round = 0; round < mostRounds; round++) {
    const runtime = invocation.runtime()
    const { sources } = await availableSources(inputs, runtime)
    if (sources.playbookFailure) return say('Nothing was written: the playbook is not available.')
    const { verdict } = await withProposals(validate(sources), sources, false)
    const changed = fixed(verdict.findings, sources.files)
    for (const change of changed) {
      writeFix(invocation.root, change)
      const written = plural(change.rules.length, 'proposed change')
      say(`Wrote ${written} to ${change.file}: ${change.rules.join(', ')}. \`git diff\` shows the lines.`)
    }
    if (changed.length === 0) return round === 0 ? say(nothingWritten(verdict.findings)) : undefined
  }
}

function nothingWritten(findings: readonly Finding[]): string {
  const why =
    openFindings(findings).length === 0
      ? 'there is nothing to fix'
      : 'no finding has a fix that is certain. Do what each finding says'
  return `Nothing was written: ${why}.`
}

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
  const byFile = Map.groupBy(suggestions.keys(), ({ place }) => place.file)
  return [...byFile].flatMap(([file, own]) => {
    if (files.entry(file).kind !== 'file') return []
    const apart = withoutOverlaps(own)
    const before = new TextDecoder().decode(files.read(file))
    const text = apart.reduce((changed, each) => applySuggestion(changed, each), before)
    const rules = apart.flatMap(each => suggestions.get(each) ?? []).toReversed()
    return text === before ? [] : [{ file, real: files.identity(file), text, rules }]
  })
}

/** @throws ToolkitError where the path now has a link. */
export function writeFix(root: string, { real, text }: Pick<FixedFile, 'real' | 'text'>): void {
  writeBelow(realpathSync.native(root), real, text, 'A proposed change')
}
