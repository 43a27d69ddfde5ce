import type { Delegation, ServerFacts } from '../../domain/server-facts.ts'
import { databasesOf, delegationOf } from '../../server/configuration.ts'
import { readConfiguration } from '../../server/names.ts'
import { type PublicFacts, publicFacts } from '../../server/public-facts.ts'
import type { PublicWeb } from '../../server/public-web.ts'
import type { Server } from '../../server/server.ts'
import { actualStage } from '../plan/actual-stage.ts'
import type { CanaryOptions } from './canary.ts'
import { publicTasks, withoutPublicView } from './public-tasks.ts'
import { type ServerTaskOptions, serverTasks } from './server-tasks.ts'
import type { HealthTask } from './tasks.ts'

export interface TaskOptions extends Pick<ServerTaskOptions, 'desired' | 'digest' | 'pins'> {
  readonly web: PublicWeb
  readonly canary?: CanaryOptions['canary']
}

type Ports = Pick<Server, 'session' | 'sql' | 'window'>

/** The checks of one host, beside those that the probe is enough for. */
export async function tasksFor(
  server: Ports,
  facts: ServerFacts,
  { web, canary, ...given }: TaskOptions,
): Promise<readonly HealthTask[]> {
  const { homeserver, mas } = await readConfiguration(server.session)
  const found = publicFacts(homeserver, facts.mas.installed ? mas : undefined)
  const masDatabase = databasesOf(homeserver, mas).mas.database
  const onServer = serverTasks({
    ...given,
    server,
    facts,
    stage: actualStage(facts).stage,
    ...(found?.mas === undefined ? {} : { mas: found.mas }),
    ...(masDatabase === undefined ? {} : { masDatabase }),
  })
  return [...onServer, ...(await ofPublic(found, facts.synapse.delegating, web, canary))]
}

/** The public view of a server whose databases cannot be read. */
export async function publicTasksFor(
  { session }: Pick<Server, 'session'>,
  { web, canary }: Pick<TaskOptions, 'web' | 'canary'>,
): Promise<readonly HealthTask[]> {
  const { homeserver, mas } = await readConfiguration(session)
  return ofPublic(publicFacts(homeserver, mas), delegationOf(homeserver), web, canary)
}

async function ofPublic(
  facts: PublicFacts | undefined,
  delegating: Delegation,
  web: PublicWeb,
  canary: CanaryOptions['canary'],
): Promise<readonly HealthTask[]> {
  if (facts === undefined) return withoutPublicView('homeserver.yaml has no server name that can be read')
  const isDelegating = delegating === 'mas' || delegating === 'msc3861'
  return publicTasks({ web, facts, isDelegating, now: new Date(), ...(canary && { canary }) })
}
