import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommand, parseOutputFile } from '../lab/runner/commands.ts'
import { projectRoot } from '../lab/runner/runner.ts'

let root = ''
const secret = 'S3cr3tValue'

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'entry-'))
  const vars = join(root, 'inventory/host_vars/matrix.example.test')
  mkdirSync(vars, { recursive: true })
  writeFileSync(join(root, 'inventory/hosts'), '[matrix_servers]\nmatrix.example.test\n')
  writeFileSync(
    join(vars, 'vars.yml'),
    `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${secret}\n`,
  )
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function node(script: string, argv: readonly string[], environment: Record<string, string> = {}) {
  const { PATH = '' } = process.env
  return spawnSync(process.execPath, [join(projectRoot, script), ...argv], {
    cwd: root,
    env: { PATH, ...environment },
    encoding: 'utf8',
  })
}

describe('the action validate-config, as the runner starts it', () => {
  function step(inputs: Record<string, string>, environment: Record<string, string> = {}) {
    const files = { GITHUB_OUTPUT: join(root, 'output'), GITHUB_STEP_SUMMARY: join(root, 'summary') }
    for (const file of Object.values(files)) writeFileSync(file, '')
    const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    const { status, stdout, stderr } = node('src/actions/validate-config/main.ts', [], {
      GITHUB_WORKSPACE: root,
      ...files,
      ...Object.fromEntries(given),
      ...environment,
    })
    const annotations = stdout
      .split('\n')
      .map(parseCommand)
      .filter(command => command !== undefined)
    const outputs = parseOutputFile(readFileSync(files.GITHUB_OUTPUT, 'utf8'))
    return {
      status,
      log: stdout + stderr,
      annotations,
      outputs,
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    }
  }

  test('says more of secrets where the event tells that the repository is public', () => {
    const event = join(root, 'event.json')
    writeFileSync(event, '{"repository": {"private": false}}')
    const titles = (environment: Record<string, string>) =>
      step({}, environment).annotations.map(({ properties }) => properties.title)
    expect(titles({ GITHUB_EVENT_PATH: event })).toContain('mas/secret-in-public')
    expect(titles({})).not.toContain('mas/secret-in-public')
  })

  test('annotates the line, writes the summary, the report and its outputs, and fails', () => {
    const { status, log, annotations, outputs, summary } = step({ 'json-path': 'report.json' })
    expect(status).toBe(1)
    expect(outputs).toMatchObject({
      stage: 'live',
      plan: 'deploy',
      findings: '2',
      errors: '1',
      'failure-reason': 'findings',
    })
    expect(JSON.parse(outputs.hosts ?? '')).toEqual([
      { host: 'matrix.example.test', stage: 'live', before: '', plan: 'deploy' },
    ])
    expect(annotations[0]).toMatchObject({
      command: 'error',
      properties: {
        file: 'inventory/host_vars/matrix.example.test/vars.yml',
        line: '2',
        title: 'mas/encryption-secret-format',
      },
    })
    expect(summary).toContain('mas/encryption-secret-format')
    const report = readFileSync(join(root, 'report.json'), 'utf8')
    const schema = JSON.parse(readFileSync(join(projectRoot, 'schemas/validation.schema.json'), 'utf8'))
    expect(new Ajv().validate(schema, JSON.parse(report))).toBe(true)
    expect(log + summary + report).not.toContain(secret)
  })

  test('succeeds where findings are not to fail it, and writes no summary where it is told so', () => {
    const { status, outputs, summary } = step({ 'fail-on': 'never', summary: 'false' })
    expect(status).toBe(0)
    expect(outputs['failure-reason']).toBe('')
    expect(summary).toBe('')
  })

  test('writes SARIF with links to the release that runs, and counts what is accepted', () => {
    const reason = 'It is a lab.'
    const file = join(root, 'accepted.yml')
    writeFileSync(file, `accepted:\n  - id: mas/encryption-secret-format\n    reason: ${reason}\n`)
    const { status, outputs, summary } = step(
      { 'sarif-path': 'out/report.sarif', 'accepted-findings': 'accepted.yml' },
      {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_ACTION_REPOSITORY: 'owner/matrix-auth-actions',
        GITHUB_ACTION_REF: 'v1',
      },
    )
    rmSync(file)
    expect(status).toBe(0)
    expect(outputs).toMatchObject({ findings: '1', errors: '0', accepted: '1', 'failure-reason': '' })
    expect(summary).toContain(reason)
    const page =
      'https://github.com/owner/matrix-auth-actions/blob/v1/docs/rules/mas-encryption-secret-format.md'
    expect(summary).toContain(page)
    const run = JSON.parse(readFileSync(join(root, 'out/report.sarif'), 'utf8')).runs[0]
    expect(run.tool.driver.rules[0].helpUri).toBe(page)
    expect(run.results[0].suppressions[0].justification).toBe(reason)
  })

  test('writes the counterparts of the providers of Synapse where it is told to', () => {
    const vars = join(root, 'inventory/host_vars/matrix.example.test/oidc.yml')
    writeFileSync(
      vars,
      `matrix_synapse_oidc_providers:\n  - idp_id: sso\n    client_id: x\n    client_secret: ${secret}\n`,
    )
    const convert = (path: string) => step({ 'convert-path': path, 'fail-on': 'never' })
    const { log, summary } = convert('out/providers.yml')
    const text = readFileSync(join(root, 'out/providers.yml'), 'utf8')
    expect(text).toContain('synapse_idp_id: oidc-sso')
    expect(text + log + summary).not.toContain(secret)
    expect(log).toContain('Wrote the converted providers to out/providers.yml.')
    expect(convert('out/providers.yml').status).toBe(0)
    const before = readFileSync(vars, 'utf8')
    const refused = convert('inventory/host_vars/matrix.example.test/oidc.yml')
    expect(refused.outputs['failure-reason']).toBe('input-invalid')
    expect(readFileSync(vars, 'utf8')).toBe(before)
    rmSync(vars)
    expect(convert('out/other.yml').log).toContain('No login provider was converted')
    expect(existsSync(join(root, 'out/other.yml'))).toBe(false)
  })

  test('refuses a file of accepted findings that is not there', () => {
    expect(step({ 'accepted-findings': 'nowhere.yml' }).outputs['failure-reason']).toBe('input-invalid')
  })

  test('names all bad inputs at once', () => {
    const { status, annotations, outputs } = step({ 'fail-on': 'sometimes', summary: 'perhaps' })
    expect(status).toBe(1)
    expect(outputs).toEqual({ 'failure-reason': 'input-invalid' })
    expect(annotations.map(({ message }) => message).join()).toMatch(/`fail-on`.*`summary`/s)
  })
})

describe('the command validate', () => {
  test('prints findings with their places and exits with 1', () => {
    const { status, stdout, stderr } = node('src/cli/main.ts', ['validate'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/vars\.yml:2:\d+: error: .*\[mas\/encryption-secret-format\]/)
    expect(stdout + stderr).not.toContain(secret)
  })

  test('prints JSON, and exits with 0 where nothing is to fail', () => {
    const { status, stdout } = node('src/cli/main.ts', ['validate', '--json', '--fail-on', 'never'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, counts: { error: 1 } })
  })

  test.each([[[]], [['migrat']], [['validate', '--nonsense']], [['validate', '--fail-on', 'x']]])(
    'exits with 2 for %j, which it does not understand',
    argv => {
      expect(node('src/cli/main.ts', argv).status).toBe(2)
    },
  )
})
