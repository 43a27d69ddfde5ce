import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { ReadingProblem } from '../../inventory/read/problem.ts'
import { parseYaml } from '../../inventory/read/yaml-file.ts'
import { entryOf, truthOf, type Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'

/**
 * For how many days the file that prepares the host has said so without a break, however the line was written;
 * `untold` where the clone is too shallow.
 */
export function preparedFor({ stage, history }: HostContext): number | 'untold' | undefined {
  return stage.place && history?.daysSince(stage.place.file, says)
}

const inIni = new RegExp(`(?<![\\w])${inProgressVariable}\\s*=\\s*['"]?(?:true|yes|on|1)\\b`, 'i')

/** Whether a file has a migration in progress, and not at the same time a MAS that is off. */
function says(text: string): boolean {
  const value = mappingIn(text)
  if (!value) return inIni.test(text)
  const truth = (name: string) => {
    const entry = entryOf(value, name)
    return entry && truthOf(entry.value)
  }
  return truth(inProgressVariable) === true && truth(enabledVariable) !== false
}

function mappingIn(text: string): Value | undefined {
  try {
    const { value } = parseYaml('', text.replace(/^\ufeff/, ''))
    return value?.kind === 'map' ? value : undefined
  } catch (error) {
    if (error instanceof ReadingProblem) return undefined
    throw error
  }
}
