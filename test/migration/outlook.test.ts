import { describe, expect, test } from 'vitest'
import { desiredStages } from '../../src/domain/stage.ts'
import { outlookFor } from '../../src/migration/plan/outlook.ts'

describe('what merging would do', () => {
  test.each([
    ['off', 'prepared', 'deploy', 'Merging installs MAS beside Synapse, which keeps its built-in login.'],
    [
      'prepared',
      'live',
      'migrate',
      'Merging migrates the accounts to MAS; from then on users log in through MAS.',
    ],
    ['live', 'prepared', 'roll-back', "Merging rolls the server back to Synapse's built-in login"],
    ['off', 'live', 'refuse', 'Merging is refused'],
    ['live', 'off', 'refuse', 'Merging is refused'],
    ['unknown', 'live', 'refuse', 'Merging is refused'],
    [
      undefined,
      'live',
      'deploy',
      'If MAS is live on the server, merging runs the playbook; users keep logging in through MAS.',
    ],
  ] as const)('from %s to %s is expected to be: %s', (before, after, expected, words) => {
    const outlook = outlookFor(before, after)
    expect(outlook.expected).toBe(expected)
    expect(outlook.sentence).toContain(words)
  })

  test('without a base, speaks of another stage of the server only where a deployment could lock users out', () => {
    for (const stage of desiredStages) {
      const { otherwise = '' } = outlookFor(undefined, stage)
      expect([stage, otherwise.includes('would lock them out')]).toEqual([stage, stage === 'live'])
    }
  })

  test('names the stages of the server that an unfinished migration leaves', () => {
    expect(outlookFor('prepared', 'prepared').otherwise).toBe(
      "If the server is at stage partial or copied, merging first removes what an unfinished migration left in MAS's database. If the server is at stage live or inconsistent, merging is refused.",
    )
  })

  test.each(desiredStages.flatMap(before => desiredStages.map(after => [before, after] as const)))(
    'from %s to %s is one sentence, and at most one more for each other plan',
    (before, after) => {
      const outlook = outlookFor(before, after)
      expect(outlook.sentence).toMatch(/^Merging [^\n`]*[^\n.`]\.$/)
      expect(outlook.sentence.match(/[.!?](?:\s|$)/g)).toHaveLength(1)
      expect(outlook.otherwise ?? 'If the server is in another stage.').toMatch(
        /^If the server [^\n`]*[^\n.`]\.$/,
      )
    },
  )
})
