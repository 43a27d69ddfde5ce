import type { PlaybookVariables } from '../../playbook/variables.ts'

/** What stands at the end of a chain of renames; `certain` where a role that is there has that variable. */
export interface FinalName {
  readonly name: string
  readonly certain: boolean
}

/** `undefined` where the chain ends in a removal, or in a circle. */
export function finalName(old: string, playbook: PlaybookVariables): FinalName | undefined {
  let name = old
  for (let step = 0; step < 10; step += 1) {
    const replacement = playbook.replacement(name)
    if (!replacement) return { name, certain: isThere(name, playbook) }
    const next = replacement.newName(name)
    if (next === undefined) return undefined
    name = next
  }
  return undefined
}

/** Roles of `requirements.yml` may not have been fetched; the playbook's own, whose variables begin so, are always there. */
function isThere(name: string, playbook: PlaybookVariables): boolean {
  return playbook.defaultsOf(name).length > 0 || !name.startsWith('matrix_')
}
