import type { Lab } from '../lab.ts'
import { type GuideStep, type GuideStepName, guideStepNames, guideSteps } from './steps.ts'

export interface GuideStepResult {
  readonly name: GuideStepName
  readonly title: string
  /** ms since 1970. */
  readonly startedAt: number
  readonly seconds: number
  /** Of ansible-playbook or of the script; 0 where a file was edited. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface GuideResult {
  readonly steps: readonly GuideStepResult[]
  /** The operator stops at the first step that fails. */
  readonly failed?: GuideStepName
  /** All steps together, without time for a person to read or type. */
  readonly seconds: number
}

export interface GuideOptions {
  /** Where to begin: `edit-vars-prepared` on a server without MAS (default), `backup` where it is installed. */
  readonly from?: GuideStepName
  /** The last step to do. Default `doctor`. */
  readonly to?: GuideStepName
}

/** What the guide needs of a lab. */
export type GuideLab = Pick<Lab, 'dialect' | 'setVars' | 'ansible' | 'root'>

/**
 * Follows the playbook's guide by hand, as a script: the baseline of what a migration costs without this project.
 * `onStep` is called after each step, whether it went well or not.
 */
export async function runGuide(
  lab: GuideLab,
  onStep: (step: GuideStepResult) => void = () => {},
  { from = 'edit-vars-prepared', to = 'doctor' }: GuideOptions = {},
): Promise<GuideResult> {
  const wanted = guideStepNames.slice(guideStepNames.indexOf(from), guideStepNames.indexOf(to) + 1)
  const steps: GuideStepResult[] = []
  for (const step of guideSteps(lab.dialect).filter(({ name }) => wanted.includes(name))) {
    const result = await take(lab, step)
    steps.push(result)
    onStep(result)
    if (result.code !== 0) return { steps, failed: step.name, seconds: total(steps) }
  }
  return { steps, seconds: total(steps) }
}

async function take(lab: GuideLab, { name, title, action }: GuideStep): Promise<GuideStepResult> {
  const startedAt = Date.now()
  const ran = await act(lab, action)
  return { name, title, startedAt, seconds: (Date.now() - startedAt) / 1000, ...ran }
}

async function act(
  lab: GuideLab,
  action: GuideStep['action'],
): Promise<Pick<GuideStepResult, 'code' | 'stdout' | 'stderr'>> {
  switch (action.kind) {
    case 'vars':
      await lab.setVars(action.vars)
      return { code: 0, stdout: '', stderr: '' }
    case 'playbook': {
      const { code, stdout, stderr } = await lab.ansible([...action.args])
      return { code, stdout, stderr }
    }
    case 'server': {
      const { code, stdout, stderr } = await lab.root(action.script)
      return { code, stdout, stderr }
    }
  }
}

function total(steps: readonly GuideStepResult[]): number {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0)
}
