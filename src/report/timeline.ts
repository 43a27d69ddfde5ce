import type { MigrationReport, StepReport } from '../domain/reports.ts'
import { type Step, stepText } from '../domain/steps.ts'
import { type Document, heading, paragraph, type TimelineSection } from './document.ts'
import { hasFailed } from './proofs.ts'

/** Steps between the stop of Synapse and the first answer that users get again; the restore has such an end, too. */
const down: ReadonlySet<string> = new Set<Step>(['stop', 'syn2mas', 'files', 'start', 'answer', 'restore'])

/** The steps of the run on the server, and of the runner before, one after the other. */
export function timeline({ steps, outcome, lost: losses, checks }: MigrationReport): Document {
  const timed = steps.flatMap(({ name, seconds }) => (seconds === undefined ? [] : [{ name, seconds }]))
  const isDown = ({ name }: Pick<StepReport, 'name'>) => down.has(name)
  const isUp = (step: Pick<StepReport, 'name'>) => !isDown(step)
  const first = timed.findIndex(isDown)
  // Without one of its parts, the downtime would look shorter than it was.
  if (first === -1 || steps.some(step => isDown(step) && step.seconds === undefined)) return []
  const answered = timed.findIndex((step, index) => index > first && isUp(step))
  const last = answered === -1 ? timed.length : answered
  const after = timed.slice(last)
  const section = (name: string, isDown: boolean, own: typeof timed): TimelineSection => ({
    name,
    isDown,
    bars: own.map(({ name: step, seconds }) => ({ name: stepText(step), seconds })),
  })
  const sections = [
    section('Preparation', false, timed.slice(0, first)),
    section('Downtime', true, timed.slice(first, last)),
    section('Proofs', false, after.filter(isUp)),
    section('Second downtime', true, after.filter(isDown)),
  ].filter(({ bars }) => bars.length > 0)
  const isAll = outcome === 'migrated' && !losses && !hasFailed(checks)
  return [
    heading(3, 'When users had no homeserver'),
    paragraph(
      `During the downtime, users had no homeserver.${isAll ? ' Otherwise, they noticed nothing.' : ''}`,
    ),
    { kind: 'timeline', sections },
  ]
}
