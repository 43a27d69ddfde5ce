import { log } from '../log.ts'
import { migrateExternalIds, migrateThreepids, migrateUsers } from './accounts.ts'
import type { Counter, Entity } from './progress.ts'
import { estimate } from './reader.ts'
import { migrateDevices, migratePlainTokens, migrateTokenPairs } from './sessions.ts'
import { type MigrationInput, State } from './state.ts'

interface Step {
  readonly entity: Entity
  readonly name: string
  readonly line: number
  readonly expected: number
  readonly work: (state: State, counter: Counter) => Promise<void>
}

/** Takes over everything, kind by kind. Sessions get their time from tokens, so tokens come before devices. */
export async function migrateAll(input: MigrationInput): Promise<void> {
  const state = new State(input)
  for (const step of await steps(input)) {
    const start = performance.now()
    const counter = input.progress.migrating(step.entity, step.expected)
    await step.work(state, counter)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const text = `${counter.migrated} ${step.name} migrated (${counter.skipped} skipped) in ${seconds}s`
    log('INFO', { module: 'syn2mas::migration', line: step.line }, text)
  }
}

async function steps({ synapse }: MigrationInput): Promise<Step[]> {
  const count = (table: string) => estimate(synapse, table)
  const [tokens, pairs] = [await count('access_tokens'), await count('refresh_tokens')]
  return [
    { entity: 'users', name: 'users', line: 330, expected: await count('users'), work: migrateUsers },
    {
      entity: 'threepids',
      name: 'third-party IDs',
      line: 446,
      expected: await count('user_threepids'),
      work: migrateThreepids,
    },
    {
      entity: 'external_ids',
      name: 'upstream links (external IDs)',
      line: 557,
      expected: await count('user_external_ids'),
      work: migrateExternalIds,
    },
    {
      entity: 'nonrefreshable_access_tokens',
      name: 'non-refreshable access tokens',
      line: 857,
      expected: Math.max(0, tokens - pairs),
      work: migratePlainTokens,
    },
    {
      entity: 'refreshable_tokens',
      name: 'refreshable token pairs',
      line: 1001,
      expected: pairs,
      work: migrateTokenPairs,
    },
    { entity: 'devices', name: 'devices', line: 705, expected: await count('devices'), work: migrateDevices },
  ]
}
