import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { runStep } from '../lab/runner/runner.ts'

async function workspace(stage: 'off' | 'prepared' | 'live', base?: 'off' | 'prepared'): Promise<string> {
  const path = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-e2e-'))
  const options = { dialect: 'mas-cli', address: '192.0.2.1' } as const
  await writeInventory(path, { ...options, stage })
  if (base) await writeInventory(join(path, 'base'), { ...options, stage: base })
  return path
}

const temp = () => mkdtempSync(join(tmpdir(), 'matrix-auth-actions-temp-'))

test('the built validate-config says what merging a migration does', async () => {
  const step = await runStep({
    action: 'validate-config',
    inputs: { 'base-path': 'base' },
    workspace: await workspace('live', 'prepared'),
    temp: temp(),
  })
  expect(step).toMatchObject({ code: 0, outputs: { stage: 'live', plan: 'migrate', 'failure-reason': '' } })
  expect(step.summary).toContain('matrix.example.test')
})

test('the built validate-config annotates the line of what is wrong, and fails', async () => {
  const path = await workspace('prepared')
  writeFileSync(
    join(path, 'inventory/host_vars/matrix.example.test/vars.yml'),
    'matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: "abc"\n',
  )
  const step = await runStep({ action: 'validate-config', workspace: path, temp: temp() })
  expect(step).toMatchObject({ code: 1, outputs: { 'failure-reason': 'findings' } })
  const errors = step.annotations.filter(({ command }) => command === 'error')
  expect(errors.map(({ properties }) => [properties.file, properties.line])).toContainEqual([
    'inventory/host_vars/matrix.example.test/vars.yml',
    '2',
  ])
  expect(step.log).not.toContain('"abc"')
})

test('the root action validates on a pull request, by the event alone', async () => {
  const step = await runStep({
    action: '.',
    inputs: { 'base-path': 'base' },
    workspace: await workspace('prepared', 'off'),
    eventName: 'pull_request',
    temp: temp(),
  })
  expect(step).toMatchObject({ code: 0, outputs: { stage: 'prepared' } })
})

test('the root action says what to give where the event says nothing', async () => {
  const step = await runStep({
    action: '.',
    workspace: await workspace('off'),
    eventName: 'release',
    temp: temp(),
  })
  expect(step).toMatchObject({ code: 1, outputs: { 'failure-reason': 'input-invalid' } })
})

test.each(['deploy', 'migrate', 'syn2mas-dry-run', 'doctor'])(
  'the built %s names what is missing before it reaches for a server',
  async action => {
    const step = await runStep({ action, workspace: await workspace('live'), temp: temp() })
    expect(step.code).toBe(1)
    expect(['checkout-unsupported', 'input-invalid']).toContain(step.outputs['failure-reason'])
  },
)
