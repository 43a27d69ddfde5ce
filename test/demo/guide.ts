/** The baseline: the steps of the playbook's guide, run by a script, on the same homeserver with the same active user. */
import { shown } from '../lab/engine/run.ts'
import { type GuideResult, runGuide } from '../lab/guide/run.ts'
import type { Lab } from '../lab/lab.ts'
import { type Lived, liveThrough } from './life.ts'
import { say } from './print.ts'

export interface GuideWay {
  readonly lived: Lived
  readonly guide: GuideResult
  /** Of the playbook's run of syn2mas alone, Ansible's own time included. */
  readonly syn2masSeconds: number
}

/** Takes the lab from `installed` to `live` as the guide says, without a pause for a person to read or type. */
export async function migrateByGuide(lab: Lab, recordFile: string): Promise<GuideWay> {
  await shown('preparing the server', async () => {
    await lab.reset('installed')
    await lab.settle()
  })
  let guide: GuideResult | undefined
  const lived = await liveThrough(lab, recordFile, async () => {
    const onStep = (step: { title: string; seconds: number }) =>
      say(`guide: ${step.title} (${step.seconds.toFixed(1)} s)`)
    guide = await shown("migrating by the playbook's guide", () => runGuide(lab, onStep, { from: 'backup' }))
    if (guide.failed)
      throw new Error(`The guide failed at the step "${guide.failed}":\n${guide.steps.at(-1)?.stdout}`)
  })
  if (!guide) throw new Error('The guide did not run.')
  const syn2masSeconds = guide.steps.find(({ name }) => name === 'migrate')?.seconds ?? 0
  return { lived, guide, syn2masSeconds }
}
