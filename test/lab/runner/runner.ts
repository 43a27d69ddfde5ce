/**
 * A stand-in for GitHub's runner: runs an action of this repository as a step, with the environment and files that the runner
 * gives, and reads back what the runner would read. It does not do: workflows and jobs, most expressions, containers, masking of logs.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { runProcess, type Step, type StepResult } from './step.ts'

export const projectRoot = resolve(import.meta.dirname, '../../..')

interface ActionFile {
  readonly inputs?: Record<string, { readonly default?: string | number | boolean }>
  readonly runs: { readonly using: 'node24'; readonly main: string; readonly post?: string }
}

/** The only expression in a default is the token, of which this runner has none. */
const evaluated = (text: string) => (text === `\${{ github.token }}` ? '' : text)

/** Every input of the action with its value: the given one, else its default. Throws where one is given that it does not have. */
function inputsOf(file: ActionFile, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(file.inputs ?? {})
  const unknown = Object.keys(given).find(name => !known.some(([input]) => input === name))
  if (unknown) throw new Error(`the action has no input ${unknown}`)
  return Object.fromEntries(
    known.map(([name, input]) => [name, given[name] ?? evaluated(String(input.default ?? ''))]),
  )
}

const asVariables = (inputs: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  )

/** Runs one step to its end. */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = join(step.root ?? projectRoot, step.action)
  const file = parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as ActionFile
  const inputs = inputsOf(file, step.inputs ?? {})
  mkdirSync(step.temp, { recursive: true })
  return runProcess(step, [process.execPath, resolve(folder, file.runs.main)], asVariables(inputs))
}

/** Runs the `post` step of an action, as the runner does at the end of the job. */
export function runPost(step: Step, { state }: StepResult): Promise<StepResult> {
  const folder = join(step.root ?? projectRoot, step.action)
  const file = parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as ActionFile
  if (file.runs.post === undefined) throw new Error(`${step.action} has no post step`)
  const kept = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
  return runProcess(step, [process.execPath, resolve(folder, file.runs.post)], kept)
}
