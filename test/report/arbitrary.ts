import fc from 'fast-check'
import { type Finding, severities } from '../../src/domain/finding.ts'
import { desiredStages } from '../../src/domain/stage.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import { commentMarker } from '../../src/report/comment.ts'

/** Text that must not break a report. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '::error::x',
    '\n::add-mask::y',
    'a ##[group]b',
    '##[add-path]x',
    '\u202egpj.exe',
    '[text](https://evil.example)',
    'https://evil.example',
    '\ud800',
    '\u2028::error::z',
    '\x1b[2J',
    commentMarker,
    '@octocat',
    '| a |',
    '`',
    '<b>',
  ),
)
const place = fc.record(
  {
    file: hostile,
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
    endLine: fc.integer({ min: 1 }),
    endColumn: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['file', 'line', 'column'] },
)
export const finding: fc.Arbitrary<Finding> = fc.record(
  {
    id: fc.constantFrom('mas/a', 'synapse/b'),
    severity: fc.constantFrom(...severities),
    message: hostile,
    place,
    host: hostile,
    why: hostile,
    remedy: hostile,
    page: fc.constantFrom('docs/rules/mas-a.md', 'docs/rules/synapse-b.md'),
    suggestion: fc.record({ place, text: hostile }),
    isUncertain: fc.constant(true),
    accepted: fc.record({ reason: hostile, until: fc.constant('2027-01-31'), place }),
  } satisfies Record<keyof Finding, unknown>,
  { requiredKeys: ['id', 'severity', 'message', 'why', 'remedy'] },
)
export const verdict: fc.Arbitrary<Verdict> = fc.record({
  findings: fc.array(finding, { maxLength: 15 }),
  hosts: fc.array(
    fc.record({
      host: hostile,
      stage: fc.constantFrom(...desiredStages),
      reason: hostile,
      outlook: fc.record({
        expected: fc.constantFrom('deploy', 'unknown'),
        sentence: hostile,
      }),
    }),
    { maxLength: 3 },
  ),
})
