import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { validate } from '../../src/actions/validate-config/run.ts'
import type { Place } from '../../src/domain/finding.ts'
import { problemTexts } from '../../src/inventory/read/problem.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { annotations } from '../../src/report/annotations.ts'
import { renderComment } from '../../src/report/comment.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { printedAnnotation } from '../lab/runner/printed.ts'

const varsFile = 'inventory/host_vars/h/vars.yml'

const iniPart = fc.constantFrom(
  '[g]',
  '[g:vars]',
  '[g:children]',
  '[g',
  '[all:vars]',
  'h',
  'h a=1',
  'h[1:3]',
  'h[1:99999999]',
  'h[a:c]:22',
  'g',
  'k=v',
  "k='",
  'a = [1, {',
  '# c',
  '; c',
  '\\',
  '"',
  "'",
  '{{ x }}',
  '__proto__=1',
  'constructor',
  '\u202e',
  '\t',
  '[[',
  ']]',
  ':22',
  '::1',
  '[::1]:22',
  '=',
  '\r',
)
const yamlPart = fc.constantFrom(
  'a: 1',
  'a: 1',
  'b: *x',
  'b: &x [1]',
  '- a',
  '  - b',
  'c: {{ x }}',
  'd: "{{ x }}"',
  'e: !vault |',
  '  $ANSIBLE_VAULT;1.1',
  'f: !unsafe x',
  'g: !odd x',
  '<<: *x',
  '<<: [1]',
  '---',
  '...',
  '\tt: 1',
  'h: "',
  "i: '",
  '? j',
  ': k',
  'l: |',
  '  text',
  'm: >-',
  '{',
  '[',
  ']',
  '}',
  '&x',
  '*x',
  '__proto__: 1',
  'hosts: {h: {}}',
  'all:',
  '  hosts:',
  '    h:',
  '  children:',
  '    all:',
  'matrix_authentication_service_enabled: true',
  '#',
  '%YAML 1.1',
  '!!binary x',
  'matrix_authentication_service_config_upstream_oauth2_providers:',
  '  - id: x',
  '    claims_imports: []',
  '"a": b',
  '12: 30',
  '\u0007',
  '\ufeff',
  '- ? {',
)
const soup = (part: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.oneof({ weight: 9, arbitrary: part }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }),
      { maxLength: 14 },
    )
    .map(lines => lines.join('\n'))
const bytes = fc.uint8Array({ maxLength: 200 })
const content = (part: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 8, arbitrary: soup(part) }, { weight: 1, arbitrary: bytes })
const repository = fc.record({
  'inventory/hosts': content(iniPart),
  [varsFile]: content(yamlPart),
  'inventory/hosts.yml': content(yamlPart),
  'inventory/group_vars/all.yml': content(yamlPart),
  'inventory/group_vars/g': content(yamlPart),
})

function everyPlace(
  files: Record<string, string | Uint8Array>,
  visit: (place: Place, text: string) => void,
): void {
  const inventory = readInventory('inventory', memoryFiles(files))
  const places = inventory.problems.map(({ place }) => place)
  for (const host of inventory.hosts) {
    places.push(host.place)
    for (const name of host.variableNames()) {
      const { value, definition } = host.variable(name)
      places.push(value?.place, definition?.namePlace)
    }
  }
  for (const place of places) if (place) visit(place, textOf(files[place.file] ?? ''))
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

describe('any inventory', () => {
  test('is read and checked without a crash, and each problem has a known id', () => {
    fc.assert(
      fc.property(repository, files => {
        const { findings } = validate({ inventory: 'inventory', files: memoryFiles(files) })
        for (const { id } of findings.filter(finding => finding.id.startsWith('inventory/'))) {
          expect(Object.keys(problemTexts)).toContain(id)
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('has places inside their files', () => {
    fc.assert(
      fc.property(repository, files => {
        everyPlace(files, (place, text) => {
          if (!(place.file in files)) {
            expect(place).toMatchObject({ line: 1, column: 1 })
            return
          }
          const lines = text.replace(/^\ufeff/, '').split(/\r\n|[\n\r\x85\u2028\u2029]/)
          expect(place.line).toBeGreaterThanOrEqual(1)
          expect(place.line).toBeLessThanOrEqual(lines.length)
          expect(place.column).toBeGreaterThanOrEqual(1)
          if (place.endLine !== undefined && place.endColumn !== undefined) {
            expect(place.endLine * 1e6 + place.endColumn).toBeGreaterThanOrEqual(
              place.line * 1e6 + place.column,
            )
          }
        })
      }),
      { numRuns: 800 },
    )
  })
})

const identifier = fc
  .stringMatching(/^[a-z][a-z_]{0,12}$/)
  .filter(name => !['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf'].includes(name))
const word = fc
  .stringMatching(/^[a-z][a-z0-9 ]{0,20}[a-z]$/)
  .filter(text => !/^(?:yes|no|on|off|true|false|null)$/.test(text))

describe('the place of a variable', () => {
  test('covers exactly its name and value in YAML', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(identifier, word, fc.constantFrom('', '"', "'")), {
          selector: ([name]) => name,
          minLength: 1,
        }),
        entries => {
          const text = entries
            .map(
              ([name, value, quote], index) =>
                `${'\n'.repeat(index % 3)}${name}:${' '.repeat(1 + (index % 4))}${quote}${value}${quote} # note\n`,
            )
            .join('')
          const inventory = readInventory('hosts', memoryFiles({ hosts: 'h\n', 'host_vars/h.yml': text }))
          expect(inventory.problems).toEqual([])
          for (const [name, value, quote] of entries) {
            const variable = inventory.host('h')?.variable(name)
            expect(slice(text, variable?.definition?.namePlace)).toBe(name)
            expect(slice(text, variable?.value?.place)).toBe(`${quote}${value}${quote}`)
            expect(variable?.value).toMatchObject({ kind: 'string', value })
          }
        },
      ),
    )
  })

  test('covers exactly its name and value in INI', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(identifier, fc.stringMatching(/^[a-z]{1,9}$/)), {
          selector: ([name]) => name,
          minLength: 1,
        }),
        entries => {
          const text = `# c\n  h\t ${entries.map(([name, value]) => `${name}=${value}`).join('   ')} # note\n[all:vars]\n${entries.map(([name, value]) => ` ${name}_all = ${value}`).join('\n')}\n`
          const inventory = readInventory('hosts', memoryFiles({ hosts: text }))
          expect(inventory.problems).toEqual([])
          const host = inventory.host('h')
          expect(slice(text, host?.place)).toBe('h')
          for (const [name, value] of entries) {
            for (const wanted of [name, `${name}_all`]) {
              expect(slice(text, host?.variable(wanted).definition?.namePlace)).toBe(wanted)
              expect(slice(text, host?.variable(wanted).value?.place)).toBe(value)
            }
          }
        },
      ),
    )
  })
})

function slice(text: string, place: Place | undefined): string | undefined {
  if (!place || place.endLine !== place.line) return undefined
  return text.split('\n')[place.line - 1]?.slice(place.column - 1, (place.endColumn ?? 1) - 1)
}

describe('the reports', () => {
  const secretNames = fc.constantFrom(
    'matrix_authentication_service_config_secrets_encryption',
    'matrix_authentication_service_enabled',
    'matrix_authentication_service_migration_in_progress',
    'matrix_synapse_matrix_authentication_service_enabled',
    'matrix_synapse_oidc_providers',
    'matrix_synapse_ext_password_provider_ldap_enabled',
    'matrix_authentication_service_config_upstream_oauth2_providers',
    'matrix_homeserver_generic_secret_key',
  )
  const secret = 'S3cr3tValue'
  const shapes = fc.constantFrom(
    (name: string) => `${name}: ${secret}`,
    (name: string) => `${name}: "${secret}`,
    (name: string) => `${name}: [${secret}`,
    (name: string) =>
      `${name}:\n  - id: ${secret}\n    token_endpoint_auth_method: ${secret}\n    client_id: ${secret}`,
    (name: string) =>
      `${name}: [{id: ${secret}, claims_imports: ${secret}, issuer: ${secret}, scope: [${secret}]}]`,
    (name: string) => `${name}: ${secret}: ${secret}`,
    (name: string) => `${name}: \t${secret}\n\t${secret}`,
    (name: string) => `${name}: *${secret}`,
    (name: string) => `${name}: !${secret} ${secret}`,
    (name: string) => `${name}: "\\q${secret}"`,
    (name: string) => `${name}: |\n  ${secret}\n ${secret}`,
    (name: string) => `${name}: {{ ${secret} }}`,
  )

  test('never contain a value of a valid or broken inventory', () => {
    const switches = 'matrix_authentication_service_enabled: true\n'
    fc.assert(
      fc.property(
        fc.array(fc.tuple(secretNames, shapes), { maxLength: 4 }),
        fc.boolean(),
        (lines, enabled) => {
          const vars = `${enabled ? switches : ''}${lines.map(([name, shape]) => shape(name)).join('\n')}\n`
          const hosts = `h token=${secret} "${enabled ? '' : `x${secret}"`}\n[all:vars]\npassword=${secret}\n`
          const files = memoryFiles({ 'inventory/hosts': hosts, [varsFile]: vars })
          const verdict = validate({ inventory: 'inventory/hosts', files })
          const output = [
            renderText(verdict),
            renderJson(verdict),
            renderSummary(verdict),
            renderComment({ verdict }),
            ...annotations(verdict.findings).shown.map(printedAnnotation),
          ]
          for (const text of output) expect(text).not.toContain(secret)
        },
      ),
      { numRuns: 600 },
    )
  })
})
