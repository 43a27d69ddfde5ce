import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { type ValidationSources, validate } from '../../src/actions/validate-config/run.ts'
import { type Severity, severities } from '../../src/domain/finding.ts'
import { enabledVariable } from '../../src/domain/variables.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import { PlaybookVariables } from '../../src/playbook/variables.ts'
import { trapVariables } from '../../src/rules/facts/variables.ts'

const exampleHost = 'matrix.example.test'
const varsFile = `inventory/host_vars/${exampleHost}/vars.yml`

const enabled = `matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: "{{ vault_mas_encryption }}"
`
/** The vars of a host at each stage, for the headers `use` and `before`. */
const stages: Readonly<Record<string, string>> = {
  off: 'matrix_authentication_service_enabled: false\n',
  prepared: `${enabled}matrix_authentication_service_migration_in_progress: true
matrix_synapse_matrix_authentication_service_enabled: false
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false
`,
  live: enabled,
}

function stageFile(stage: string | undefined): Readonly<Record<string, string>> {
  if (stage === undefined) return {}
  const text = stages[stage]
  if (text === undefined) throw new Error(`no stage: ${stage}`)
  return { [`inventory/host_vars/${exampleHost}/mas.yml`]: text }
}

/** An expected finding. */
export interface Expected {
  readonly id: string
  /** `FILE:LINE`, or `-` for a finding without a place. */
  readonly where: string
  /** The text at the place; only its start if it ends in `…`. */
  readonly text: string
}

/** An expected finding of at least a severity, whose message, reason or remedy matches. */
export interface Mark {
  readonly severity: Severity
  /** Absent if the finding may be anywhere. A finding one line away counts too. */
  readonly file?: string
  readonly line?: number
  readonly text: RegExp
}

/** One inventory of a case file. README.md describes the format. */
export interface Case {
  readonly source: string
  readonly name: string
  readonly expected: readonly Expected[]
  /** What `field.test.ts` expects: the marks in the files, and the headers `expect`. */
  readonly marks: readonly Mark[]
  /** Texts that no finding may contain. */
  readonly never: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly base: Readonly<Record<string, string>> | undefined
}

/** All cases in a folder. */
export function casesIn(folder: string): readonly Case[] {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path)
    .filter(name => name.endsWith('.cases'))
    .toSorted()
    .flatMap(name => parseCases(`${folder}/${name}`, readFileSync(join(path, name), 'utf8')))
}

function parseCases(source: string, text: string): readonly Case[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map(part => parseCase(source, part))
}

function parseCase(source: string, text: string): Case {
  const [head = '', ...sections] = text.split(/^@ /m)
  const [name = '', ...lines] = head.trimEnd().split('\n')
  const pairs = lines.filter(Boolean).map(line => {
    const [, key, value] = /^([a-z]+): (.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined) throw new Error(`${source}, ${name}: ${line}`)
    return [key, value] as const
  })
  const files = sections.map(section => {
    const end = section.indexOf('\n')
    return [section.slice(0, end), section.slice(end + 1)] as const
  })
  const isBase = (path: string) => path.startsWith('base ')
  const headers = Object.fromEntries(pairs.filter(([key]) => !lists.has(key)))
  const values = (key: string) => pairs.flatMap(([name, value]) => (name === key ? [value] : []))
  const marked = files.filter(([path]) => !isBase(path)).map(full)
  const after = withHosts(headers.hosts !== 'none', {
    ...stageFile(headers.use),
    ...manyNames(Number(headers.many ?? 0)),
    ...Object.fromEntries(marked.map(([path, body]) => [path, body.replaceAll(mark, '')])),
  })
  const before = {
    ...stageFile(headers.before),
    ...Object.fromEntries(
      files.filter(([path]) => isBase(path)).map(([path, body]) => full([path.slice(5), body])),
    ),
  }
  const hosts = { 'inventory/hosts': after['inventory/hosts'] ?? '' }
  return {
    source,
    name,
    expected: values('found').map(expectedOf),
    marks: [...marked.flatMap(([path, body]) => marksIn(path, body)), ...values('expect').map(markOf)],
    never: values('never'),
    headers,
    files: after,
    base: Object.keys(before).length > 0 ? { ...hosts, ...before } : undefined,
  }
}

/** Headers that may occur several times. */
const lists = new Set(['found', 'expect', 'never'])
const mark = / *#! (error|warning|notice): (.*)$/gm

function marksIn(file: string, text: string): readonly Mark[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(mark)].map(([, severity = '', pattern = '']) => ({
      severity: severityOf(severity),
      file,
      line: index + 1,
      text: new RegExp(pattern, 'i'),
    })),
  )
}

/** `LEVEL FILE:LINE REGEX`, with `-` for a finding anywhere. */
function markOf(header: string): Mark {
  const [, severity = '', where = '', pattern = ''] = /^(\w+) (\S+) (.*)$/.exec(header) ?? []
  const [, path, line] = /^(.*):(\d+)$/.exec(where) ?? []
  const text = new RegExp(pattern, 'i')
  const place = path !== undefined && { file: path === 'vars' ? varsFile : path, line: Number(line) }
  return { severity: severityOf(severity), text, ...place }
}

function severityOf(text: string): Severity {
  const severity = severities.find(each => each === text)
  if (!severity) throw new Error(`no severity: ${text}`)
  return severity
}

function expectedOf(line: string): Expected {
  const [id = '', where = '', ...text] = line.split(' | ')
  return {
    id,
    where: where.replace(/^(vars|mas):/, `inventory/host_vars/${exampleHost}/$1.yml:`),
    text: text.join(' | '),
  }
}

function full([path, text]: readonly [string, string]): readonly [string, string] {
  return [path === 'vars' ? varsFile : path, text]
}

/** Variables of the operator's own, for the header `many`. */
function manyNames(count: number): Readonly<Record<string, string>> {
  if (count === 0) return {}
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `matrix_fleet_overlay_number_${index}_of_our_own_settings_enabled: "{{ fleet_${index} | default(false) }}"\n`,
  )
  return { [`inventory/host_vars/${exampleHost}/many.yml`]: lines.join('') }
}

function withHosts(
  isWanted: boolean,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!isWanted) return files
  return { 'inventory/hosts': `[matrix_servers]\n${exampleHost} ansible_host=192.0.2.7\n`, ...files }
}

/** Checks a case's inventory like `validate-config`. */
export function verdictOn({ files, base, headers }: Case): Verdict {
  const { inventory = 'inventory/hosts', limit } = headers
  return validate({
    inventory: inventory.split(','),
    files: memoryFiles(withoutPlaybook(files)),
    ...(limit !== undefined && { limit }),
    ...(base && { base: memoryFiles(base) }),
    ...(headers.public === 'yes' && { visibility: 'public' as const }),
    ...checkoutOf(files, headers.checkout),
  })
}

/** The `group_vars/matrix_servers` of a playbook, reduced to what decides the stage. */
const groupVars = [enabledVariable, ...trapVariables]
  .map(name => `${name}: ${name === enabledVariable ? 'false' : `"{{ ${enabledVariable} }}"`}\n`)
  .join('')

const playbookPath = /^playbook\//

function withoutPlaybook(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !playbookPath.test(path)))
}

function checkoutOf(
  files: Readonly<Record<string, string>>,
  dialect: string | undefined,
): Pick<ValidationSources, 'playbook'> {
  if (dialect !== 'mas-cli' && dialect !== 'syn2mas-tool') return {}
  const own = Object.entries(files).filter(([path]) => playbookPath.test(path))
  const texts = Object.fromEntries(own.map(([path, text]) => [path.replace(playbookPath, ''), text]))
  const playbook = memoryFiles(own.length > 0 ? texts : { 'group_vars/matrix_servers': groupVars })
  const traps = dialect === 'mas-cli' ? trapVariables : []
  return {
    playbook: {
      files: playbook,
      label: 'playbook/',
      facts: { dialect, traps, variables: new PlaybookVariables(playbook) },
    },
  }
}

/** The text at a place, to the end of the line if the place has no end. */
export function coveredText(
  files: Readonly<Record<string, string>>,
  place: {
    readonly file: string
    readonly line: number
    readonly column: number
    readonly endLine?: number
    readonly endColumn?: number
  },
): string {
  const lines = (files[place.file] ?? '').split('\n')
  const { line, column, endLine = line, endColumn = column } = place
  if (endLine === line) return (lines[line - 1] ?? '').slice(column - 1, endColumn - 1)
  return [
    (lines[line - 1] ?? '').slice(column - 1),
    ...lines.slice(line, endLine - 1),
    (lines[endLine - 1] ?? '').slice(0, endColumn - 1),
  ].join('\n')
}
