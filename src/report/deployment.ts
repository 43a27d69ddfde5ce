import type { Deployment } from '../domain/reports.ts'
import { markdownCode, markdownSentence, markdownText } from '../support/escape.ts'
import { sections, stageHeading, table } from './markdown.ts'
import type { Pages } from './pages.ts'

/** The job summary of a deployment, as Markdown. */
export function renderDeployment(
  deployments: readonly Deployment[],
  failure: string | undefined,
  pages?: Pages,
): string {
  const rows = deployments.map(({ host, before, after, actual, stageAfter, changed, seconds }) => [
    markdownCode(host),
    fromTo(before, after),
    fromTo(actual, stageAfter ?? actual),
    String(changed.length),
    `${seconds.toFixed(0)} s`,
  ])
  return sections(
    '## Deployment',
    failure === undefined ? '' : `**Stopped:** ${markdownSentence(failure)}`,
    table(['Host', 'Stage of the vars', stageHeading(pages), 'Changed tasks', 'Duration'], rows),
  )
}

function fromTo(before: string, after: string): string {
  return before === after ? markdownText(after) : `${markdownText(before)} → ${markdownText(after)}`
}
