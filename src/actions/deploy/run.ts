import { type Deployment, deployHost } from '../../migration/deploy.ts'
import { narrate } from '../../playbook/narrate.ts'
import { markdownText } from '../../support/escape.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

export interface DeployInputs extends ServerInputs {
  readonly tags: string | undefined
}

/** Deployments that are done, and the error at which the run stopped. */
export interface DeployResult {
  readonly deployments: readonly Deployment[]
  readonly error?: unknown
}

/**
 * Deploys each host, one after the other, and stops at the first that fails.
 * @param abort Ends Ansible, with all that it started here; what runs on the server ends by itself.
 * @param log Gets masked lines of untrusted text; whoever prints them escapes them.
 */
export async function deployServers(
  inputs: DeployInputs,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<DeployResult> {
  const targets = await resolveTargets(inputs, root, environment)
  const deployments: Deployment[] = []
  try {
    for (const target of targets.targets)
      deployments.push(await deployOne(inputs, targets, target, log, abort))
    return { deployments }
  } catch (error) {
    return { deployments, error }
  }
}

async function deployOne(
  inputs: DeployInputs,
  targets: Targets,
  target: Target,
  log: (line: string) => void,
  abort: AbortSignal | undefined,
): Promise<Deployment> {
  const { address, desired, before } = target
  return withServer(inputs, targets, target, log, async ({ server, playbook, masker, print }) =>
    deployHost(
      {
        host: address.inventoryName,
        after: desired.stage,
        ...(before === undefined ? {} : { before }),
        ...(inputs.tags === undefined ? {} : { tags: tagsIn(inputs.tags) }),
      },
      {
        probe: server.probe,
        playbook: run => playbook.run({ ...run, ...(abort === undefined ? {} : { abort }) }),
        log: print,
        onEvent: event => {
          const said = narrate(event)
          if (said !== undefined) print(said)
        },
        mask: masker.mask,
        cancelled: () => abort?.aborted ?? false,
      },
    ),
  )
}

function tagsIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map(tag => tag.trim())
    .filter(Boolean)
}

export interface DeployReport {
  readonly json: string
  readonly markdown: string
  /** A JSON list of `{host, plan, stage, changed}`. */
  readonly hosts: string
  /** The stage that all hosts reached, `mixed` where they differ, empty where none was deployed. */
  readonly stage: string
  readonly changed: number
}

export function deployReport({ deployments, error }: DeployResult): DeployReport {
  const stages = [...new Set(deployments.map(({ reached }) => reached ?? ''))]
  const rows = deployments.map(
    ({ host, before, after, actual, reached, changed, seconds }) =>
      `| ${[host, `${before} → ${after}`, `${actual} → ${reached ?? actual}`, String(changed.length), seconds.toFixed(0)].map(markdownText).join(' | ')} |`,
  )
  const failed = error instanceof Error ? [`**Stopped**: ${markdownText(error.message)}`, ''] : []
  return {
    json: `${JSON.stringify({ schema: 'deployment/1', deployments, ok: error === undefined }, undefined, 2)}\n`,
    markdown: [
      '### Deployment',
      '',
      ...failed,
      '| host | vars | server | tasks that changed something | seconds |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
    hosts: JSON.stringify(
      deployments.map(({ host, plan, reached, changed }) => ({
        host,
        plan,
        stage: reached ?? '',
        changed: changed.length,
      })),
    ),
    stage: stages.length > 1 ? 'mixed' : (stages[0] ?? ''),
    changed: deployments.reduce((sum, { changed }) => sum + changed.length, 0),
  }
}
