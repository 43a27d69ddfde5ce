/** `plan --write`: writes what a pull request changes in the vars. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { BadInput, oneOf } from '../../actions/inputs.ts'
import { type ValidationSources, validate } from '../../actions/validate-config/run.ts'
import { openFindings, type Place } from '../../domain/finding.ts'
import { stageMeanings } from '../../domain/stage.ts'
import { encryptionSecretVariable, oidcProvidersVariable } from '../../domain/variables.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { referencesTo } from '../../rules/facts/references.ts'
import { unreadProviders } from '../../rules/facts/synapse-links.ts'
import { ownNames } from '../../rules/facts/written.ts'
import { synapseProviderUnmapped } from '../../rules/providers/synapse-unmapped.ts'
import { ToolkitError } from '../../support/errors.ts'
import { overlaid } from '../../support/files/overlay.ts'
import { writeBelow } from '../../support/report-file.ts'
import { requireReadable } from '../inventory.ts'
import type { Invocation } from '../invocation.ts'
import { definitionsOf } from './definitions.ts'
import { changedTexts, type Texts } from './files.ts'
import { type ClientSecrets, clientSecrets } from './secrets.ts'
import { type ChangeName, type Changes, changeNames, changesOf, type VarsChange } from './steps.ts'

const wanted = { prepare: 'prepared', migrate: 'live' } as const

/**
 * Writes nothing unless the inventory then asks for the stage of the change.
 * @throws ToolkitError of reason `input-invalid`.
 */
export function writeChange(invocation: Invocation, name: ChangeName, sources: ValidationSources): void {
  requireReadable(sources)
  const { inventory, stages, ...changes } = changesOf(sources)
  const change = { ...changes[name], hosts: readyHosts(name, stages) }
  const secrets = name === 'prepare' ? clientSecrets(sources.files, inventory, change.hosts) : []
  const texts = changedTexts(
    sources.files,
    inventory,
    change,
    secrets.flatMap(({ moved }) => moved),
  )
  const changed = inventoryOf(overlaid(sources.files, texts), sources.inventory, {
    ...(sources.playbook && { playbook: sources.playbook }),
  })
  requireUnsealed(inventory, texts)
  requireParsed(changed, texts)
  requireStage(changed, change, name)
  requireUnused(change)
  if (name === 'migrate') requireMapped(sources, change.hosts)
  const root = realpathSync.native(invocation.root)
  for (const [file, content] of texts) {
    writeBelow(root, sources.files.identity(file) || resolve(root, file), content, 'The vars')
    invocation.terminal.say(`Wrote ${file}.`)
  }
  const notes = [
    ...secretNotes(secrets),
    ...hiddenNotes(name, change.hosts),
    ...(change.hosts.some(host => encryptionSecretVariable in change.added(host)) ? [newSecret] : []),
  ]
  for (const note of notes) invocation.terminal.say(note)
}

/** The change removes Synapse's providers. What MAS lacks of them would be gone, and later checks would not know of it. */
function requireMapped(sources: ValidationSources, hosts: readonly Host[]): void {
  const unread = hosts.flatMap(host => unreadProviders(host)?.namePlace ?? [])
  if (unread.length > 0)
    throw invalid(
      'Nothing was written: the login providers of Synapse are not in plain text, and MAS has none.',
      unread.map(placeText).join(', '),
      `Write ${oidcProvidersVariable} in plain text, and encrypt only each client_secret. Then run \`matrix-auth-actions validate --fix\`: it writes these providers for MAS.`,
    )
  const unmapped = openFindings(validate(sources).findings).filter(
    ({ id, severity }) => id === synapseProviderUnmapped.id && severity === 'error',
  )
  if (unmapped.length === 0) return
  throw invalid(
    `Nothing was written: ${unmapped.map(({ message }) => message).join('; ')}.`,
    unmapped
      .flatMap(({ place }) => place ?? [])
      .map(placeText)
      .join(', '),
    'Run `matrix-auth-actions validate --fix` first: it writes these providers for MAS.',
  )
}

/** The hosts at the stage before the change. */
function readyHosts(name: ChangeName, stages: Changes['stages']): readonly Host[] {
  const before = name === 'prepare' ? 'off' : 'prepared'
  const ready = stages.filter(({ stage }) => stage === before).map(({ host }) => host)
  if (ready.length > 0) return ready
  const areLive = stages.length > 0 && stages.every(({ stage }) => stage === 'live')
  throw invalid(
    `No host is at stage ${before} (${stageMeanings[before]}), so there is nothing to write.`,
    stages.map(({ host, stage }) => `${host.name}: ${stage}`).join(', '),
    name === 'migrate' && !areLive
      ? 'Prepare the host first: `matrix-auth-actions plan --write prepare`'
      : 'To see the next step, run `matrix-auth-actions plan`.',
  )
}

const newSecret = `${encryptionSecretVariable} is a new random secret. Keep it: MAS cannot read its data without it. To encrypt it, use ansible-vault encrypt_string.`

function secretNotes(secrets: readonly ClientSecrets[]): readonly string[] {
  const names = [...new Set(secrets.flatMap(({ moved }) => moved.map(({ name }) => name)))]
  const movedNote = `MAS will need the client secrets in ${oidcProvidersVariable}, too. They are variables of their own now: ${names.join(', ')}.`
  const leftNotes = secrets.flatMap(({ left }) =>
    left.map(
      ({ provider, reason }) =>
        `Not moved: the client secret of ${provider}, because ${reason}: move it to a variable of its own before you migrate.`,
    ),
  )
  return [...(names.length > 0 ? [movedNote] : []), ...leftNotes]
}

/** What an encrypted or broken file may hold. */
function hiddenNotes(name: ChangeName, hosts: readonly Host[]): readonly string[] {
  const filesOf = (files: readonly string[]) => [...new Set(files)].join(', ')
  if (name === 'migrate') {
    const files = filesOf(hosts.flatMap(host => host.layers.flatMap(({ opaque }) => opaque)))
    return files === '' ? [] : [`Check ${files} for matrix_synapse_oidc_* yourself.`]
  }
  const files = filesOf(hosts.flatMap(host => host.variable(encryptionSecretVariable).hiddenIn))
  return files === ''
    ? []
    : [
        `Not written, because ${files} may set it: ${encryptionSecretVariable}. If it does not, add it with the output of \`openssl rand -hex 32\`.`,
      ]
}

/** @throws ToolkitError of reason `input-invalid`. */
export function changeNamed(text: string): ChangeName {
  try {
    return oneOf(changeNames).read(text)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `\`write\` ${error.message}.`,
      remedy: 'Use --write prepare, or --write migrate on a host that is prepared.',
    })
  }
}

/** New lines would change the only file of a host, although it is one of SOPS. */
function requireUnsealed({ hosts }: Inventory, texts: Texts): void {
  const definitions = hosts.flatMap(({ layers }) => layers.flatMap(layer => [...layer.variables.values()]))
  const file = definitions.find(each => each.isSealed && texts.has(each.namePlace.file))?.namePlace.file
  if (file === undefined) return
  throw invalid(
    `Nothing was written: SOPS refuses ${file} once another program changes it.`,
    file,
    'Make a folder with the name of the host, move the file into it, and run this command again. It then writes a file in plain text beside it: SOPS would encrypt the switches of MAS, which the checks must read.',
  )
}

/** JSON, and a mapping in braces or with a margin, cannot have lines added. */
function requireParsed({ problems }: Inventory, texts: Texts): void {
  const broken = problems.find(
    ({ severity, place }) => severity === 'error' && place && texts.has(place.file),
  )
  if (!broken?.place) return
  throw invalid(
    `Nothing was written: ${broken.place.file} cannot have more lines at its end.`,
    placeText(broken.place),
    'Write the vars as YAML, each variable at the left margin. Or add the lines yourself: `matrix-auth-actions plan` lists them.',
  )
}

/** A variable can also be set where nothing is written: for the whole group, in the inventory file, in an encrypted file. */
function requireStage(changed: Inventory, change: VarsChange, name: ChangeName): void {
  for (const before of change.hosts) {
    const host = changed.host(before.name)
    const left = change.removed(before).flatMap(each => (host ? definitionsOf(host, each) : []))
    const reading = host && desiredStage(host)
    if (left.length === 0 && reading?.stage === wanted[name]) continue
    const places = left.length > 0 ? left.map(({ namePlace }) => namePlace) : [reading?.place ?? before.place]
    throw invalid(
      left.length > 0
        ? `Nothing was written: ${before.name} also gets ${left.map(each => each.name).join(', ')} from lines that this command does not change, because other hosts use them or they are in a file of another kind.`
        : `Nothing was written: with the new lines, the vars of ${before.name} would not ask for the stage ${wanted[name]} (${reading?.reason}).`,
      places.map(placeText).join(', '),
      'Change these lines yourself. `matrix-auth-actions plan` lists what each step needs.',
    )
  }
}

/** A variable that stays may need one that ends, such as a client secret. Those of the playbook have defaults for that. */
function requireUnused({ hosts, added, removed }: VarsChange): void {
  const uses = hosts.flatMap(host => {
    const ended = new Set(removed(host).filter(name => host.variable(name).definition))
    const changed = new Set([...ended, ...Object.keys(added(host))])
    const stay = [...ownNames(host)].filter(name => !changed.has(name))
    return stay.flatMap(name => usesIn(host, name, ended))
  })
  if (uses.length === 0) return
  const texts = new Set(uses.map(({ variable, name }) => `${variable} uses ${name}`))
  throw invalid(
    `Nothing was written: this change would remove variables that are still used. ${[...texts].join('; ')}.`,
    [...new Set(uses.map(({ part }) => placeText(part.place)))].join(', '),
    'Move each value, such as a client secret, to a variable of its own, and refer to that one. Then run this command again.',
  )
}

function usesIn(host: Host, variable: string, removed: ReadonlySet<string>) {
  const { value } = host.variable(variable)
  return value ? referencesTo(removed, value).map(use => ({ variable, ...use })) : []
}

const placeText = ({ file, line }: Place) => `${file}:${line}`

function invalid(what: string, where: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, where, remedy })
}
