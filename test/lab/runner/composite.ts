/** Steps of a composite action, each a script for bash. Of expressions only what these actions use is understood. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess, type Step, type StepResult } from './step.ts'

export interface CompositeStep {
  readonly id?: string
  readonly if?: string
  readonly shell: string
  readonly env?: Readonly<Record<string, string>>
  readonly run: string
}

export interface Composite {
  readonly steps: readonly CompositeStep[]
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
}

/** Values by the name that an expression gives them: `inputs.NAME`, `steps.ID.outputs.NAME`. */
type Values = ReadonlyMap<string, string>

const template = (text: string, values: Values) =>
  text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values.get(name) ?? '')

function holds(condition: string | undefined, values: Values): boolean {
  if (condition === undefined) return true
  const [, name = '', operator, text] = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(condition) ?? []
  if (operator === undefined)
    throw new Error(`a condition that this runner does not understand: ${condition}`)
  return ((values.get(name) ?? '') === text) === (operator === '==')
}

/** Runs the steps until one fails, each with the environment that those before it left. */
export async function runComposite(
  step: Step,
  composite: Composite,
  folder: string,
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const values = new Map(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]))
  const results: StepResult[] = []
  let envAfter: Record<string, string> = {}
  for (const each of composite.steps) {
    if (!holds(each.if, values)) continue
    if (each.shell !== 'bash') throw new Error(`a shell that this runner does not know: ${each.shell}`)
    const script = join(step.temp, 'script.sh')
    writeFileSync(script, each.run)
    const env = Object.entries(each.env ?? {}).map(([name, text]) => [name, template(text, values)] as const)
    const result = await runProcess(
      { ...step, env: { ...step.env, ...envAfter } },
      ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script],
      { ...Object.fromEntries(env), GITHUB_ACTION_PATH: folder },
    )
    results.push(result)
    envAfter = { ...envAfter, ...result.envAfter }
    for (const [name, value] of Object.entries(result.outputs))
      values.set(`steps.${each.id}.outputs.${name}`, value)
    if (result.code !== 0) break
  }
  const outputs = Object.entries(composite.outputs).map(([name, { value }]) => [
    name,
    template(value, values),
  ])
  return {
    code: results.at(-1)?.code ?? 0,
    log: results.map(({ log }) => log).join('\n'),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
    summary: results.map(({ summary }) => summary).join(''),
    annotations: results.flatMap(({ annotations }) => annotations),
    envAfter,
  }
}
