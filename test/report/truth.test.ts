import { expect, test } from 'vitest'
import { healthDocument } from '../../src/report/health.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { migrationDocument } from '../../src/report/migration.ts'
import { rehearsalDocument } from '../../src/report/rehearsal.ts'
import { migration } from './samples.ts'

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
