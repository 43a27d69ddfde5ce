import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ReportBuilder } from '../src/migration/run/report-builder.ts'
import { ToolkitError } from '../src/support/errors.ts'
import { finding } from './report/arbitrary.ts'

const root = resolve(import.meta.dirname, '..')
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true })
const ids = globSync('schemas/*.schema.json', { cwd: root }).map(file => {
  const schema = JSON.parse(readFileSync(resolve(root, file), 'utf8')) as { $id: string }
  ajv.addSchema(schema)
  return { file, id: schema.$id }
})
const schemaOf = (name: string) => ajv.getSchema(ids.find(({ file }) => file.includes(name))?.id ?? '')

test.each(ids)('$file compiles, with all that it refers to', ({ file, id }) => {
  expect(id.endsWith(`/${file}`)).toBe(true)
  expect(ajv.getSchema(id)).toBeTypeOf('function')
})

test('the report of a migration is what its schema says', () => {
  const builder = new ReportBuilder()
  builder.steps.push({ name: 'stop', seconds: 1.5, result: 'failed' })
  builder.proofs.push({ name: 'old session', result: 'holds', detail: '200' })
  builder.checks.push({ name: 'the server matches the vars', result: 'fails', detail: 'a file' })
  builder.windowSeconds = 5
  builder.expectedWindowSeconds = 6
  builder.syn2masSeconds = 0.4
  const head = { host: 'h', dialect: 'mas-cli', operation: 'migrate', run: 'r', startedAt: 'now' } as const
  const validate = schemaOf('migration')
  builder.failure = new ToolkitError({ reason: 'restored', what: 'It failed.', remedy: 'Look.' })
  expect(validate?.(builder.build({ ...head, outcome: 'restored' })), JSON.stringify(validate?.errors)).toBe(
    true,
  )
  expect(validate?.({ ...builder.build({ ...head, outcome: 'migrated' }), secret: 1 })).toBe(false)
})

test.each(['rehearsal', 'doctor'] as const)('a report of kind %s may hold every finding', kind => {
  const validate = schemaOf(kind)
  fc.assert(
    fc.property(finding, each => {
      const host = { host: 'h', findings: [each] }
      const report =
        kind === 'rehearsal'
          ? { version: 1, hosts: [{ ...host, verdict: 'findings', message: '' }], receipts: [] }
          : { version: 1, hosts: [{ ...host, healthy: false, good: 0 }] }
      expect(validate?.(report), JSON.stringify(validate?.errors)).toBe(true)
    }),
  )
})

const encryption = 'matrix_authentication_service_config_secrets_encryption'
const providers = 'matrix_authentication_service_config_upstream_oauth2_providers'
test.each([
  ['nothing', '', true],
  ['other variables only', 'matrix_domain: example.test\n', true],
  ['a secret of the right form', `${encryption}: ${'ab'.repeat(32)}\n`, true],
  ['a secret by Jinja', `${encryption}: "{{ vault_secret }}"\n`, true],
  ['a short secret', `${encryption}: abc\n`, false],
  ['a stage by Jinja', 'matrix_authentication_service_enabled: "{{ x }}"\n', false],
  ['a prefix that ends with a slash', 'matrix_authentication_service_path_prefix: /auth/\n', false],
  ['the prefix / alone', 'matrix_authentication_service_path_prefix: /\n', true],
  [
    'a transport that MAS no longer has',
    'matrix_authentication_service_config_email_transport: aws_ses\n',
    false,
  ],
  ['an unknown transport', 'matrix_authentication_service_config_email_transport: sendmail\n', false],
  ['a provider that is no mapping', `${providers}:\n  - https://idp.example.test/\n`, false],
  ['a switch by Jinja', 'matrix_synapse_oidc_enabled: "{{ x }}"\n', true],
])('the schema of vars, in an editor, takes or refuses %s', (_, text, good) => {
  expect(schemaOf('vars.schema')?.(parse(text))).toBe(good)
})
