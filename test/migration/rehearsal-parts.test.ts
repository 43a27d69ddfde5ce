import { describe, expect, test } from 'vitest'
import { isLeftover, withDatabase } from '../../src/migration/rehearsal/scratch.ts'
import { commandDigest, realCommand } from '../../src/migration/rehearsal/syn2mas-command.ts'

describe('the command of the real run', () => {
  const command = [
    'docker',
    'run',
    '--mount=src=/x/config.yaml,dst=/config.yaml',
    'syn2mas',
    'migrate',
    '--dry-run',
    'more',
  ]

  test("is the rehearsal's without the flag, with MAS's configuration", () => {
    expect(realCommand(command, 'mas-cli', '/x')).toEqual([
      'docker',
      'run',
      '--mount=src=/matrix/matrix-authentication-service/config/config.yaml,dst=/config.yaml',
      'syn2mas',
      'migrate',
      'more',
    ])
  })

  test('is refused where the rehearsal was not a dry run', () => {
    expect(() => realCommand(['docker', 'run', 'migrate'], 'mas-cli', '/x')).toThrow()
    expect(() => realCommand(['--dry-run', '--dry-run'], 'mas-cli', '/x')).toThrow()
    expect(() => realCommand(command, 'syn2mas-tool', '/x')).toThrow()
  })

  test('has a different digest for other words', () => {
    expect(commandDigest(['a', 'b'])).not.toBe(commandDigest(['a b']))
  })
})

describe('the scratch database', () => {
  test("replaces MAS's own in the configuration, in both notations", () => {
    expect(withDatabase('# hi\ndatabase:\n  uri: postgresql://mas:pw@db/mas?host=/run\n', 'scratch')).toBe(
      '# hi\ndatabase:\n  uri: postgresql://mas:pw@db/scratch?host=/run\n',
    )
    expect(withDatabase('database:\n  host: db\n  database: mas\nsecrets: {a: b}\n', 'scratch')).toMatch(
      /host: db\n {2}database: scratch\nsecrets:/,
    )
  })

  test('is a leftover only with its name and after an hour', () => {
    expect(isLeftover('matrix_auth_actions_rehearsal_1700000000', 1_700_003_601, 3600)).toBe(true)
    expect(isLeftover('matrix_auth_actions_rehearsal_1700000000', 1_700_000_010, 3600)).toBe(false)
    expect(isLeftover('matrix_authentication_service', 1_700_003_601, 3600)).toBe(false)
    expect(isLeftover('matrix_auth_actions_rehearsal_x', 1_700_003_601, 3600)).toBe(false)
  })
})
