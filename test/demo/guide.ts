/** The baseline: the playbook's guide, followed by hand as a script, on the same homeserver with the same life around it. */
import { type GuideResult, runGuide } from '../lab/guide/run.ts'
import type { Lab } from '../lab/lab.ts'
import { type Lived, liveThrough } from './life.ts'
import { say } from './print.ts'

export interface GuideWay {
  readonly lived: Lived
  readonly guide: GuideResult
  /** Of the playbook's run of syn2mas alone, the call of the playbook around it included. */
  readonly syn2masSeconds: number
}

/** Takes the lab from `installed` to `live` as the guide says, without a pause for a person to read or type. */
export async function goByTheGuide(lab: Lab): Promise<GuideWay> {
  await lab.reset('installed')
  await lab.settle()
  let guide: GuideResult | undefined
  const lived = await liveThrough(lab, async () => {
    guide = await runGuide(lab, step => say(`by the guide: ${step.title} (${step.seconds.toFixed(1)} s)`), {
      from: 'backup',
    })
    if (guide.failed) throw new Error(`the guide failed at ${guide.failed}:\n${guide.steps.at(-1)?.stdout}`)
  })
  if (!guide) throw new Error('the guide was not followed')
  const syn2masSeconds = guide.steps.find(({ name }) => name === 'migrate')?.seconds ?? 0
  return { lived, guide, syn2masSeconds }
}
