/** Compiles the schemas that actions check data with to validators in `src/generated/`, so that no action loads a schema compiler. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'

const root = resolve(import.meta.dirname, '..')

const checkedInActions = [
  'accepted-findings',
  'doctor',
  'outcome',
  'receipt',
  'rehearsal',
  'upstream-provider',
  'validation',
]

function readSchema(file: string): { readonly $id: string } {
  return JSON.parse(readFileSync(resolve(root, file), 'utf8')) as { readonly $id: string }
}

function compileSchema(schemaFile: string): string {
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
    throw new Error(`${schemaFile} needs helpers of ajv at run time: use a pattern instead`)
  const named = code.replace(/^export default .*$/m, '')
  return `// @ts-nocheck Generated from ${schemaFile} by scripts/compile-schemas.ts.\n${named}\n`
}

/** Writes only files that differ, so that a watching tool sees no false change. */
for (const name of checkedInActions) {
  const file = resolve(root, `src/generated/${name}.ts`)
  const code = compileSchema(`schemas/${name}.schema.json`)
  if (existsSync(file) && readFileSync(file, 'utf8') === code) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
}
