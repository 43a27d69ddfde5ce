/** What stands in the way to MAS, by the pull request that meets it. */
import { withProposals } from '../../actions/validate-config/proposals.ts'
import { type ValidationSources, validate } from '../../actions/validate-config/run.ts'
import { bySeverity, type Finding, openFindings, type Place, type Suggestion } from '../../domain/finding.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { encryptionSecretVariable, oidcProvidersVariable, synapseExtension } from '../../domain/variables.ts'
import type { Verdict } from '../../domain/verdict.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { extensionOf, isReadable } from '../../rules/facts/extensions.ts'
import { unreadProviders } from '../../rules/facts/synapse-links.ts'
import { type FileReader, textIn } from '../../support/files/files.ts'
import { fixRounds } from '../fix.ts'
import { readingErrors } from '../inventory.ts'
import { definitionsOf, isSame } from './definitions.ts'
import { asIfChanged, beforeEnd, withoutHosts } from './files.ts'
import { clientSecrets, type MovedSecret } from './secrets.ts'
import { type ChangeName, type Changes, changesOf, type VarsChange } from './steps.ts'

interface PlannedStep {
  readonly step: 'today' | ChangeName
  /** Lines of vars by host. */
  readonly lines: Readonly<Record<string, readonly string[]>>
  /** What stands in the way and was not found by an earlier step, most severe first. */
  readonly findings: readonly Finding[]
}

export interface WayToMas {
  readonly schema: 'plan/1'
  readonly hosts: readonly { readonly host: string; readonly stage: DesiredStage }[]
  /** The first alone where a part of the inventory cannot be read. */
  readonly steps: readonly PlannedStep[]
}

/** Checks the inventory as it is, as if it were prepared, and as if MAS were live. Reads files only. */
export async function wayToMas(sources: ValidationSources): Promise<WayToMas> {
  const { files } = sources
  const changes = changesOf(sources)
  const { inventory, stages, prepare, migrate } = changes
  const secrets = movedSecrets(files, changes)
  const closed = closedFiles(sources, changes)
  const moved = secrets.filter(({ definition }) => !closed.includes(definition.namePlace.file))
  const open = (change: VarsChange) => withoutHosts(change, files, inventory, closed)
  const preparedFiles = asIfChanged(files, inventory, open(prepare), moved)
  const liveFiles = asIfChanged(files, inventory, open(migrate), moved)
  const today = await check(sources)
  const hosts = stages.map(({ host, stage }) => ({ host: host.name, stage }))
  const first: PlannedStep = { step: 'today', lines: {}, findings: newFindings(today, []) }
  // What the vars lead to is unknown.
  if (readingErrors(today.findings).length > 0) return { schema: 'plan/1', hosts, steps: [first] }
  const prepared =
    prepare.hosts.length > 0 ? await check({ ...sources, files: preparedFiles, base: files }, files) : today
  const live =
    migrate.hosts.length > 0
      ? await check({ ...sources, files: liveFiles, base: preparedFiles }, files)
      : today
  const removed = (host: Host) =>
    migrate
      .removed(host)
      .filter(name => prepare.hosts.includes(host) || host.variable(name).state !== 'absent')
  return {
    schema: 'plan/1',
    hosts,
    steps: [
      first,
      {
        step: 'prepare',
        lines: linesBy(prepare.hosts, host => [
          ...Object.entries(prepare.added(host)).map(shownLine),
          ...secrets.filter(({ definition }) => uses(host, definition)).map(movedLine),
        ]),
        findings: newFindings(prepared, [today]),
      },
      {
        step: 'migrate',
        lines: linesBy(migrate.hosts, removed),
        findings: newFindings(live, [today, prepared]),
      },
    ],
  }
}

/** What the plan does not know, in sentences: login providers of Synapse, and what vars lead to that cannot have more lines. */
export function notSeen(sources: ValidationSources): readonly string[] {
  const changes = changesOf(sources)
  const open = changes.stages.filter(({ stage }) => stage !== 'live')
  const providers = open.flatMap(({ host }) => {
    const unread = unreadProviders(host)
    const extension = extensionOf(host, synapseExtension)
    return [
      ...(host.variable(oidcProvidersVariable).vaults ?? []).map(unseenIn),
      ...(unread ? [unseenAt(unread.namePlace)] : []),
      ...(extension && !isReadable({ host, repository: sources }, synapseExtension)
        ? [unseenExtension(extension.namePlace)]
        : []),
    ]
  })
  return [...new Set([...providers, ...closedFiles(sources, changes).map(endOf)])]
}

function movedSecrets(files: FileReader, { inventory, stages }: Changes): readonly MovedSecret[] {
  const off = stages.filter(({ stage }) => stage === 'off').map(({ host }) => host)
  return clientSecrets(files, inventory, off).flatMap(({ moved }) => moved)
}

/** The files that cannot have the lines of a change at their end. */
function closedFiles(sources: ValidationSources, changes: Changes): readonly string[] {
  const { files, playbook } = sources
  const { inventory, prepare, migrate } = changes
  const moved = movedSecrets(files, changes)
  const known = new Set(inventory.problems.map(({ place }) => place?.file))
  return [prepare, migrate].flatMap(change => {
    const changed = asIfChanged(files, inventory, change, moved)
    const { problems } = inventoryOf(changed, sources.inventory, playbook && { playbook })
    return problems.flatMap(({ severity, place }) =>
      severity === 'error' && place && !known.has(place.file) ? [place.file] : [],
    )
  })
}

function endOf(file: string): string {
  return `\`${file}\` cannot have more lines at its end, so what they lead to was not checked. First write the vars as YAML, each variable at the left margin.`
}

function unseenIn(file: string): string {
  return `\`${file}\` is encrypted, so login providers in it were not seen. If it has ${oidcProvidersVariable}, first move that to a file in plain text, and encrypt only each client_secret.`
}

function unseenAt({ file, line }: Place): string {
  return `The value of \`${oidcProvidersVariable}\` at ${file}:${line} is not in plain text, so its login providers were not seen. First write it in plain text, and encrypt only each client_secret.`
}

function unseenExtension({ file, line }: Place): string {
  return `The value of \`${synapseExtension}\` at ${file}:${line} cannot be read without Ansible, so login providers and other settings in it were not seen. First write it as plain YAML. Jinja for a single value can stay.`
}

function linesBy(hosts: readonly Host[], lines: (host: Host) => readonly string[]): PlannedStep['lines'] {
  return Object.fromEntries(hosts.map(host => [host.name, lines(host)]))
}

/** A secret is shown nowhere. */
function shownLine([name, value]: [string, string]): string {
  return name === encryptionSecretVariable ? `${name}: "…"   # openssl rand -hex 32` : `${name}: ${value}`
}

function uses(host: Host, list: Definition): boolean {
  return definitionsOf(host, oidcProvidersVariable).some(isSame(list))
}

function movedLine({ name }: MovedSecret): string {
  return `${name}: "…"   # moved from ${oidcProvidersVariable}`
}

/** `real`: the files on disk. What is found in lines that are not there has no place, but the host that they are for. */
async function check(sources: ValidationSources, real: FileReader = sources.files): Promise<Verdict> {
  const { verdict } = await withProposals(validate(sources), sources, false)
  const findings = verdict.findings.map(finding => {
    const { place, suggestion, ...rest } = finding
    const shown = { ...rest, ...(place && place.line <= lineCount(real, place.file) && { place }) }
    const added = suggestion && atEnd(suggestion, real)
    return added ? { ...shown, suggestion: added } : shown
  })
  return { ...verdict, findings }
}

/** Lines that belong between lines which are not there are added to the end of the document. A replacement there has no place. */
function atEnd(suggestion: Suggestion, real: FileReader): Suggestion | undefined {
  const { place, text } = suggestion
  const { file, line, column, endLine = line, endColumn = column } = place
  // At the line after the last, lines are added to the file.
  const next = lineCount(real, file) + 1
  if (line <= next) return suggestion
  const isInserted = column === 1 && endLine === line && endColumn === column && text.endsWith('\n')
  return isInserted && /(?:^|\n)$/.test(textIn(real, file))
    ? { place: { file, line: next, column: 1, endLine: next, endColumn: 1 }, text }
    : undefined
}

function lineCount(files: FileReader, file: string): number {
  return beforeEnd(textIn(files, file)).match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0
}

/** Those that are still there after `validate --fix`. */
export async function findingsByHand(
  findings: readonly Finding[],
  sources: ValidationSources,
): Promise<readonly Finding[]> {
  // A number can be that of a line, which a fix moves.
  const keyOf = ({ id, host, message }: Finding) => JSON.stringify([id, host, message.replace(/\d+/g, '#')])
  const { left } = await fixRounds(sources)
  const kept = new Set(left.map(keyOf))
  return findings.filter(finding => kept.has(keyOf(finding)))
}

/** By rule, host and message: a place differs where lines were added. */
function newFindings({ findings }: Verdict, earlier: readonly Verdict[]): readonly Finding[] {
  const keyOf = ({ id, host, message }: Finding) => JSON.stringify([id, host, message])
  const known = new Set(earlier.flatMap(verdict => verdict.findings.map(keyOf)))
  return openFindings(findings)
    .filter(finding => !known.has(keyOf(finding)))
    .toSorted(bySeverity)
}
