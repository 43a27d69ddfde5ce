/** Compiles the schemas that run in an action to validators, so that no action loads a schema compiler. `--check` only compares. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'

const root = resolve(import.meta.dirname, '..')

const compiled = [
  {
    schema: 'schemas/upstream-provider.schema.json',
    validator: 'src/rules/providers/upstream-provider.validator.generated.ts',
  },
  {
    schema: 'schemas/accepted-findings.schema.json',
    validator: 'src/rules/acceptance/accepted-findings.validator.generated.ts',
  },
  {
    schema: 'schemas/receipt.schema.json',
    validator: 'src/migration/receipt.validator.generated.ts',
  },
  ...['validation', 'rehearsal', 'doctor'].map(name => ({
    schema: `schemas/${name}.schema.json`,
    validator: `src/actions/tell/${name}.validator.generated.ts`,
  })),
]

function readSchema(file: string): { readonly $id: string } {
  return JSON.parse(readFileSync(resolve(root, file), 'utf8')) as { readonly $id: string }
}

export function compileSchema(schemaFile: string): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  })
  for (const file of globSync('schemas/*.schema.json', { cwd: root })) ajv.addSchema(readSchema(file))
  const validate = ajv.getSchema(readSchema(schemaFile).$id)
  if (!validate) throw new Error(`${schemaFile} has no $id`)
  const code = standalone.default(ajv, validate)
  if (/\brequire\(/.test(code))
    throw new Error(`${schemaFile} needs helpers of ajv at run time: say it with a pattern`)
  const named = code.replace(/^export default .*$/m, '')
  return `// @ts-nocheck Generated from ${schemaFile} by scripts/compile-schemas.ts.\n${named}\n`
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
for (const { schema, validator } of import.meta.main ? compiled : []) {
  const code = compileSchema(schema)
  const path = resolve(root, validator)
  if (!values.check) writeFileSync(path, code)
  else if (readFileSync(path, 'utf8') !== code) {
    console.error(`${validator} is not what ${schema} compiles to: run node scripts/compile-schemas.ts`)
    process.exitCode = 1
  }
}
