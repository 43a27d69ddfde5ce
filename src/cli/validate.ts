import { readInputs } from '../actions/inputs.ts'
import { availableSources, validateConfig } from '../actions/validate-config/action.ts'
import { validationInputs } from '../actions/validate-config/inputs.ts'
import { commonValue } from '../actions/validate-config/outcome.ts'
import { type Finding, openFindings } from '../domain/finding.ts'
import { plural } from '../support/plural.ts'
import { fixRounds, writeFix } from './fix.ts'
import { isPlainBranch, knownDefaultBranch } from './init/default-branch.ts'
import type { Invocation } from './invocation.ts'

/** The command `validate`. Throws as the action. */
export async function validateInventory(invocation: Invocation): Promise<void> {
  if (invocation.isSet('fix')) await fixAll(invocation)
  const { hosts } = await invocation.perform(validateConfig)
  const { offer } = invocation
  const { screen } = invocation.terminal
  if (!screen.isTerminal || invocation.isSet('json')) return
  const stage = commonValue(hosts.map(each => each.stage))
  if (stage === 'off') screen.out(`\nTo see the way to MAS: \`${offer('plan')}\`\n`)
  if (stage !== 'live' || invocation.source('base-ref')) return
  const branch = await knownDefaultBranch(invocation.root)
  if (branch === undefined || !isPlainBranch(branch)) return
  screen.out(
    `\nTo see what a change does, compare with the branch to merge it into: \`${offer('validate', ` --base-ref ${branch}`)}\`\n`,
  )
}

async function fixAll(invocation: Invocation): Promise<void> {
  const { say } = invocation.terminal
  const { sources } = await availableSources(
    readInputs(validationInputs, invocation.source),
    invocation.runtime(),
  )
  if (sources.playbookFailure) return say('Nothing was written: the playbook is not available.')
  const { changes, left } = await fixRounds(sources)
  for (const change of changes) writeFix(invocation.root, change)
  for (const own of Map.groupBy(changes, ({ real }) => real).values()) {
    const rules = own.flatMap(each => each.rules)
    const written = plural(rules.length, 'proposed change')
    say(`Wrote ${written} to ${own[0]?.file}: ${counted(rules)}. \`git diff\` shows the lines.`)
  }
  if (changes.length === 0) say(nothingWritten(left))
}

/** Each rule once, with how often it occurs. */
function counted(rules: readonly string[]): string {
  return [...Map.groupBy(rules, rule => rule)]
    .map(([rule, { length }]) => (length === 1 ? rule : `${rule} (${length})`))
    .join(', ')
}

function nothingWritten(findings: readonly Finding[]): string {
  const why =
    openFindings(findings).length === 0
      ? 'there is nothing to fix'
      : 'no finding has a fix that is certain. Do what each finding says'
  return `Nothing was written: ${why}.`
}
