import type { Deployment } from '../domain/reports.ts'
import { plural } from '../support/plural.ts'
import { code, type Document, heading, lines, link, list, paragraph, strong } from './document.ts'
import { type Pages, pageAddress } from './pages.ts'

/** The job summary of a deployment. */
export function deploymentDocument(
  deployments: readonly Deployment[],
  failure: string | undefined,
  pages?: Pages,
): Document {
  const stages = link('stage', pageAddress(pages, 'docs/stages.md'))
  const items = deployments.map(({ host, before, after, actual, stageAfter, changed, seconds }) => [
    lines(
      [code(host), `: ${plural(changed.length, 'changed task')} in ${seconds.toFixed(0)} s`],
      [
        'Vars: ',
        fromTo(before, after),
        ' · ',
        stages,
        ' of the server: ',
        fromTo(actual, stageAfter ?? actual),
      ],
    ),
  ])
  return [
    heading(2, 'Deployment'),
    ...(failure === undefined ? [] : [paragraph(strong('Stopped:'), ` ${failure}`)]),
    ...list(items),
  ]
}

/** The result in one sentence, and what comes next where MAS is new. */
export function deploymentSentence(deployments: readonly Deployment[]): string {
  const changed = deployments.reduce((sum, each) => sum + each.changed.length, 0)
  const isPrepared = deployments.some(
    ({ actual, stageAfter }) => stageAfter === 'installed' && actual !== stageAfter,
  )
  const next = isPrepared
    ? ' MAS now runs beside Synapse, and users log in as before. Next, after a day or more: the pull request that migrates.'
    : ''
  return `Deployed; ${plural(changed, 'task')} changed something.${next}`
}

function fromTo(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`
}
