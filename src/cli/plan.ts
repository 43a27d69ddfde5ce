import { randomBytes } from 'node:crypto'
import { readInputs } from '../actions/inputs.ts'
import { availableSources, requirePlaybook } from '../actions/validate-config/action.ts'
import { validationInputs } from '../actions/validate-config/inputs.ts'
import { withProposals } from '../actions/validate-config/proposals.ts'
import { type ValidationSources, validate } from '../actions/validate-config/run.ts'
import { bySeverity, type Finding, openFindings, type Place } from '../domain/finding.ts'
import type { DesiredStage } from '../domain/stage.ts'
import {
  delegationVariable,
  elementVariable,
  enabledVariable,
  encryptionSecretVariable,
  inProgressVariable,
  isOidcVariable,
  wellKnownVariable,
} from '../domain/variables.ts'
import type { Verdict } from '../domain/verdict.ts'
import { desiredStage } from '../inventory/desired-stage.ts'
import type { Host, Inventory } from '../inventory/inventory.ts'
import { inventoryOf } from '../inventory/inventory-of.ts'
import { chosenHosts } from '../inventory/playbook-hosts.ts'
import { removeVariable } from '../rules/kit/fix.ts'
import type { Entry, FileReader } from '../support/files/files.ts'
import { plural } from '../support/plural.ts'
import type { Invocation } from './invocation.ts'
import { type Screen, wrapped } from './screen.ts'
import { findingsBlock } from './verdict.ts'

const stepTitles = {
  today: 'The inventory as it is',
  prepare: 'The prepare pull request installs MAS beside Synapse',
  migrate: 'The migrate pull request makes MAS live',
} as const
type StepName = keyof typeof stepTitles

interface PlannedStep {
  readonly step: StepName
  /** Lines of vars by host. */
  readonly lines: Readonly<Record<string, readonly string[]>>
  /** What stands in the way and was not found by an earlier step, most severe first. */
  readonly findings: readonly Finding[]
}

export interface WayToMas {
  readonly schema: 'plan/1'
  readonly hosts: readonly { readonly host: string; readonly stage: DesiredStage }[]
  readonly steps: readonly PlannedStep[]
}

/** The command `plan`. */
export async function showPlan(invocation: Invocation): Promise<void> {
  const inputs = readInputs(validationInputs, invocation.source)
  const { sources } = await availableSources(inputs, invocation.runtime())
  const way = await wayToMas(sources)
  const { terminal } = invocation
  terminal.result(way, () => wayText(terminal.worded(way), terminal.screen))
  requirePlaybook(sources)
}

/** Checks the inventory as it is, as if it were prepared, and as if MAS were live. Reads files only. */
export async function wayToMas(sources: ValidationSources): Promise<WayToMas> {
  const { inventory: path, files, limit, playbook } = sources
  const inventory = inventoryOf(files, path, playbook && { playbook })
  const hosts = chosenHosts(inventory, limit)
  const stages = hosts.map(host => ({ host, stage: desiredStage(host).stage }))
  const of = (...wanted: readonly DesiredStage[]) =>
    stages.filter(({ stage }) => wanted.includes(stage)).map(({ host }) => host)
  const [unprepared, unmigrated] = [of('off', 'unknown'), of('off', 'unknown', 'prepared')]
  const traps = sources.playbook?.facts.traps ?? [delegationVariable, wellKnownVariable, elementVariable]
  const switches = [inProgressVariable, ...traps]
  const removedBy = (host: Host) => [...switches, ...oidcVariables(host)]
  const preparedFiles = withVars(files, inventory, unprepared, preparing(traps))
  const liveFiles = withVars(files, inventory, unmigrated, live, removedBy)
  const today = await check(sources)
  const prepare =
    unprepared.length > 0 ? await check({ ...sources, files: preparedFiles, base: files }, files) : today
  const migrate =
    unmigrated.length > 0 ? await check({ ...sources, files: liveFiles, base: preparedFiles }, files) : today
  const added = (host: Host) =>
    Object.entries(preparing(traps)(host)).map(([name, value]) =>
      name === encryptionSecretVariable ? `${name}: "…"   # openssl rand -hex 32` : `${name}: ${value}`,
    )
  const removed = (host: Host) =>
    removedBy(host).filter(name => unprepared.includes(host) || host.variable(name).state !== 'absent')
  return {
    schema: 'plan/1',
    hosts: stages.map(({ host, stage }) => ({ host: host.name, stage })),
    steps: [
      { step: 'today', lines: {}, findings: newFindings(today, []) },
      {
        step: 'prepare',
        lines: Object.fromEntries(unprepared.map(host => [host.name, added(host)])),
        findings: newFindings(prepare, [today]),
      },
      {
        step: 'migrate',
        lines: Object.fromEntries(unmigrated.map(host => [host.name, removed(host)])),
        findings: newFindings(migrate, [today, prepare]),
      },
    ],
  }
}

/** `real`: the files on disk. What is found in lines that are not there has no place, but the host that they are for. */
async function check(sources: ValidationSources, real: FileReader = sources.files): Promise<Verdict> {
  const { verdict } = await withProposals(validate(sources), sources, false)
  const findings = verdict.findings.map(finding => {
    const { place, suggestion: _, ...rest } = finding
    const isReal = place === undefined || place.line <= lineCount(real, place.file)
    return isReal ? finding : rest
  })
  return { ...verdict, findings }
}

function lineCount(files: FileReader, file: string): number {
  return textOf(files, new Map(), file).match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0
}

/** By rule, host and message: a place differs where lines were added. */
function newFindings({ findings }: Verdict, earlier: readonly Verdict[]): readonly Finding[] {
  const keyOf = ({ id, host, message }: Finding) => JSON.stringify([id, host, message])
  const known = new Set(earlier.flatMap(verdict => verdict.findings.map(keyOf)))
  return openFindings(findings)
    .filter(finding => !known.has(keyOf(finding)))
    .toSorted(bySeverity)
}

type Vars = Readonly<Record<string, string>>

/** The lines of the prepare pull request. The secret is only for the check: it is shown nowhere. */
function preparing(traps: readonly string[]): (host: Host) => Vars {
  return host => ({
    ...live(host),
    [inProgressVariable]: 'true',
    ...Object.fromEntries(traps.map(name => [name, 'false'])),
  })
}

/** One for all steps: another one would be a change. */
const exampleSecret = randomBytes(32).toString('hex')

function live(host: Host): Vars {
  const hasSecret = host.variable(encryptionSecretVariable).state !== 'absent'
  return {
    [enabledVariable]: 'true',
    ...(!hasSecret && { [encryptionSecretVariable]: exampleSecret }),
  }
}

/** The files as if these variables, and no others of `removed`, were set in the vars of each host. */
function withVars(
  files: FileReader,
  { folders }: Inventory,
  hosts: readonly Host[],
  varsOf: (host: Host) => Vars,
  removedBy: (host: Host) => readonly string[] = () => [],
): FileReader {
  const texts = new Map<string, string>()
  for (const host of hosts) {
    const vars = varsOf(host)
    const replaced = new Set([...removedBy(host), ...Object.keys(vars)])
    for (const name of replaced) {
      const { definition, overridden } = host.variable(name)
      for (const place of [definition, ...overridden].flatMap(each => removeVariable(each)?.place ?? []))
        texts.set(place.file, without(textOf(files, texts, place.file), place))
    }
    const file = varsFile(files, folders[0] ?? '', host.name)
    const lines = Object.entries(vars).map(([name, value]) => `${name}: ${value}\n`)
    const before = textOf(files, texts, file)
    texts.set(file, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${lines.join('')}`)
  }
  return overlaid(files, texts)
}

function textOf(files: FileReader, texts: ReadonlyMap<string, string>, file: string): string {
  const text = texts.get(file)
  if (text !== undefined) return text
  return files.entry(file).kind === 'file' ? new TextDecoder().decode(files.read(file)) : ''
}

/** As comments, so that the lines keep their numbers. */
function without(text: string, { line, endLine = line }: Place): string {
  const lines = text.split('\n')
  const isRemoved = (index: number) => index >= line - 1 && index < endLine - 1
  return lines.map((each, index) => (isRemoved(index) ? `# ${each}` : each)).join('\n')
}

/** Those that the inventory sets, in the order of their files. */
function oidcVariables(host: Host): readonly string[] {
  const isOwn = (name: string) => !host.variable(name).definition?.source.startsWith('playbook_')
  return [...host.variableNames()].filter(name => isOidcVariable(name) && isOwn(name))
}

/** Ansible reads a folder with the name of the host, or else a file with it. */
function varsFile(files: FileReader, folder: string, host: string): string {
  const base = `${folder === '' ? '' : `${folder}/`}host_vars/${host}`
  if (files.entry(base).kind === 'directory') return `${base}/matrix-auth-actions-plan.yml`
  const found = ['', '.yml', '.yaml']
    .map(end => `${base}${end}`)
    .find(path => files.entry(path).kind === 'file')
  return found ?? `${base}.yml`
}

function overlaid(files: FileReader, texts: ReadonlyMap<string, string>): FileReader {
  const encoded = new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]))
  const folders = new Set(
    [...texts.keys()].flatMap(path => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))),
  )
  const entry = (path: string): Entry => {
    const bytes = encoded.get(path)
    if (bytes) return { kind: 'file', size: bytes.length, executable: false }
    const real = files.entry(path)
    return real.kind === 'absent' && folders.has(path) ? { ...real, kind: 'directory' } : real
  }
  return {
    entry,
    read: path => encoded.get(path) ?? files.read(path),
    identity: path => files.identity(path) || path,
    list: path => {
      const own = [...encoded.keys(), ...folders]
        .filter(each => each.slice(0, Math.max(0, each.lastIndexOf('/'))) === path && each !== '')
        .map(each => each.slice(path === '' ? 0 : path.length + 1))
      return [...new Set([...files.list(path), ...own])].toSorted((a, b) => (a < b ? -1 : 1))
    },
  }
}

function wayOf(step: StepName, lists: readonly string[], findings: readonly Finding[]): string {
  if (step !== 'today' && lists.length === 0) return 'All hosts are already past this step.'
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const way = errors === 0 ? 'Nothing stands in the way.' : `In the way: ${plural(errors, 'error')}.`
  return findings.length === errors
    ? way
    : `${way} To read: ${plural(findings.length - errors, 'other finding')}.`
}

/** Its texts are escaped already. */
function wayText({ hosts, steps }: WayToMas, screen: Screen): string {
  const { paint, width } = screen
  const parts = steps.map(({ step, lines, findings }, index) => {
    const verb = step === 'prepare' ? 'Add to' : 'Remove from'
    const lists = Object.entries(lines).map(([host, own]) =>
      [`${verb} the vars of ${host}:`, ...own.map(line => `  ${line}`)].join('\n'),
    )
    return [
      paint('bold', `${index + 1}. ${stepTitles[step]}`),
      ...lists,
      wayOf(step, lists, findings),
      ...(findings.length === 0 ? [] : [findingsBlock(findings, screen)]),
    ].join('\n')
  })
  if (hosts.length === 0) return parts[0] ?? ''
  const heads = hosts.map(({ host, stage }) => `${paint('bold', host)}: stage ${stage}`)
  const firstChange = steps.findIndex(({ lines }) => Object.keys(lines).length > 0)
  const shown = parts.flatMap((part, index) => (index === firstChange ? [setUp(width), part] : [part]))
  return [heads.join('\n'), ...shown].join('\n\n')
}

function setUp(width: number): string {
  const inTerminal =
    'To work from this terminal instead, run `deploy` with the lines of step 2, then `rehearse` and `migrate` with those of step 3.'
  return `Before you open the next pull request, set up GitHub:\n  matrix-auth-actions init\n${wrapped(inTerminal, width)}`
}
