import { expect, test } from 'vitest'
import { deploymentSentence } from '../../src/report/deployment.ts'
import { healthDocument } from '../../src/report/health.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { migrationDocument, migrationSentence } from '../../src/report/migration.ts'
import { rehearsalDocument } from '../../src/report/rehearsal.ts'
import { health, migration } from './samples.ts'

test.each(['restored', 'unknown', 'abandoned'] as const)(
  'a run that ended as %s is not said to have migrated accounts',
  outcome => {
    const text = renderMarkdown(migrationDocument({ ...migration, outcome }))
    expect(text).not.toContain('Migrated:')
    expect(text).toContain('syn2mas had written 200 of 200 accounts')
  },
)

test('a server that is not healthy is never summed up as without findings', () => {
  const health = { host: 'matrix.example.test', healthy: false, findings: [], good: 0 }
  const text = renderMarkdown(healthDocument([health]))
  expect(text).not.toContain('No findings')
  expect(text).toContain('❌ 1 server is not healthy')
})

test('a rehearsal of no server is not clean', () => {
  const text = renderMarkdown(rehearsalDocument([]))
  expect(text).not.toContain('✅')
  expect(text).toContain('No server was rehearsed')
})

test('a doctor that checked no server does not pass', () => {
  const text = renderMarkdown(healthDocument([]))
  expect(text).not.toContain('✅')
  expect(text).toContain('No server was checked')
})

test('the sentence of a migration says what users lost, also where it was restored', () => {
  const restored = { ...migration, outcome: 'restored', lost: { sessions: 3 } } as const
  expect(migrationSentence(restored)).toMatch(/; downtime for users: [\d.]+ s; users lost 3 new sessions\.$/)
  expect(migrationSentence({ ...restored, lost: {} })).toMatch(/; users lost nothing\.$/)
})

test('users lost nothing by a migration that was restored before MAS was started', () => {
  const steps = (...names: readonly string[]) => names.map(name => ({ name, result: 'done' as const }))
  const restored = { ...migration, outcome: 'restored', lost: undefined } as const
  const sentence = (...names: readonly string[]) => migrationSentence({ ...restored, steps: steps(...names) })
  expect(sentence('stop', 'syn2mas', 'restore')).toMatch(/; users lost nothing\.$/)
  // Users may have used MAS, and what they did could not be counted.
  expect(sentence('stop', 'syn2mas', 'files', 'start', 'restore')).not.toContain('lost')
  expect(migrationSentence({ ...restored, operation: 'rollback', steps: steps('stop') })).not.toContain(
    'lost',
  )
})

test('the sentence of a deployment says what comes next only where it installed MAS', () => {
  const deployed = (actual: 'absent' | 'installed') =>
    deploymentSentence([
      {
        host: 'matrix.example.test',
        before: 'off',
        after: 'prepared',
        actual,
        plan: 'deploy',
        why: '',
        tags: [],
        stageAfter: 'installed',
        changed: ['a'],
        seconds: 1,
      },
    ])
  expect(deployed('absent')).toMatch(/^Deployed; 1 task changed something\. MAS now runs beside Synapse/)
  expect(deployed('installed')).toBe('Deployed; 1 task changed something.')
})

test('a server on which a check could not run is healthy only as far as it was checked', () => {
  const checks = [{ id: 'doctor/canary', result: 'unknown', detail: 'HTTP 429', seconds: 0 }] as const
  const text = renderMarkdown(healthDocument([{ ...health, healthy: true, findings: [], checks, good: 0 }]))
  expect(text).toContain('is healthy; 1 check could not run')
  expect(text).not.toContain('mas-cli doctor passed')
})
