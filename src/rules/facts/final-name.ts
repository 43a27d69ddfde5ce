import type { PlaybookVariables } from '../../playbook/variables.ts'

/** The last name in a chain of renames; `certain` if a role in the checkout has that variable. */
export interface FinalName {
  readonly name: string
  readonly certain: boolean
}

/** `undefined` if the chain ends in a removal or is circular. */
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

/** Roles of `requirements.yml` may be missing in the checkout. The playbook's own roles, with this prefix, are always there. */
function isThere(name: string, playbook: PlaybookVariables): boolean {
  return playbook.defaultsOf(name).length > 0 || !name.startsWith('matrix_')
}
