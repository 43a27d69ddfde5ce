/** What a person can do: the workflow is `workflows/matrix-auth-apply.yml`. In a terminal this becomes a command (`src/cli/words.ts`). */
export const startApply = 'manually start the workflow `Apply a change to the Matrix server`'

/** @param operation With further inputs of the workflow, if it needs some. */
export function startOperation(operation: string): string {
  return `${startApply}, with operation: ${operation}`
}
