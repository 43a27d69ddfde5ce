import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DesiredStage } from '../domain/stage.ts'
import { type Connection, connectionOf } from '../inventory/connection.ts'
import { desiredStage, type StageReading, stageBefore } from '../inventory/desired-stage.ts'
import type { InventoryOptions } from '../inventory/host-variables.ts'
import type { Host } from '../inventory/inventory.ts'
import { inventoryAmong, inventoryOf } from '../inventory/inventory-of.ts'
import { chosenHosts, playbookGroup } from '../inventory/playbook-hosts.ts'
import { type Checkout, readCheckout } from '../playbook/checkout.ts'
import type { Subject } from '../rules/check-hosts.ts'
import type { ServerAddress } from '../server/session.ts'
import type { Trust } from '../server/ssh-session.ts'
import { ToolkitError } from '../support/errors.ts'
import { diskFiles } from '../support/files/disk-files.ts'
import { reading } from '../support/files/reading.ts'
import {
  type InputReader,
  type Inputs,
  jsonObject,
  optional,
  paths,
  secret,
  text,
  wholeNumber,
} from './inputs.ts'
import { labelOf, playbookInputs, playbookToRun } from './playbook.ts'
import { prepareRunner } from './prepare.ts'
import type { Repository } from './repository.ts'
import type { Runtime } from './run-action.ts'
import { requireKnownHosts } from './setup/known-hosts.ts'
import { factsOf } from './validate-config/sources.ts'

/** Inputs of every action that connects to a server. */
export const serverInputs = {
  inventory: paths('inventory/hosts'),
  'playbook-path': text('playbook'),
  ...playbookInputs,
  'github-token': optional(secret()),
  limit: optional(text()),
  'known-hosts': text('inventory/known_hosts'),
  'ssh-private-key': optional(secret()),
  'vault-password': optional(secret()),
  'extra-vars': jsonObject(),
  'base-ref': optional(text()),
}

/** The input of the actions that run on one host after the other. */
export function maxHosts(fallback: number): { 'max-hosts': InputReader<number> } {
  return { 'max-hosts': wholeNumber({ min: 1, fallback }) }
}

export type ServerInputs = Inputs<typeof serverInputs> & { readonly maxHosts?: number | undefined }

export interface Target {
  readonly host: Host
  readonly address: ServerAddress
  readonly sshArguments: Connection['sshArguments']
  readonly desired: StageReading
  /** The stage in `base-ref`; absent where none is given. */
  readonly before?: DesiredStage
}

/** What the inputs select, read from disk. No server was contacted yet. */
export interface Targets {
  /** Absolute paths. */
  readonly inventory: readonly string[]
  readonly checkout: Checkout
  readonly extraVars: ServerInputs['extraVars']
  readonly vaultPassword?: string
  readonly targets: readonly Target[]
  /** How the inventory is read. */
  readonly options: InventoryOptions
  /** What the rules of `validate-config` need to check them. */
  readonly subject: Omit<Subject, 'hosts'>
  readonly trust: Trust
}

/** @throws ToolkitError of reason `input-invalid`, `inventory-unreadable` or `checkout-unsupported`. */
export async function resolveTargets(
  inputs: ServerInputs,
  runtime: Pick<Runtime, 'repository' | 'environment' | 'log' | 'port'>,
): Promise<Targets> {
  const { repository } = runtime
  const { root } = repository
  const playbookPath = await playbookToRun(inputs, runtime)
  const checkout = await readCheckout(playbookPath)
  const agentSocket = await prepareRunner(inputs, runtime)
  if (agentSocket === '') throw noAgent()
  const knownHosts = readKnownHosts(resolve(root, inputs.knownHosts))
  const { targets, subject, options } = await readTargets(inputs, repository, playbookPath, checkout)
  return {
    inventory: inputs.inventory.map(path => resolve(root, path)),
    checkout,
    extraVars: inputs.extraVars,
    ...(inputs.vaultPassword === undefined ? {} : { vaultPassword: inputs.vaultPassword }),
    targets,
    options,
    subject,
    trust: { agentSocket, knownHosts, knownHostsFile: inputs.knownHosts },
  }
}

async function readTargets(
  inputs: ServerInputs,
  repository: Repository,
  playbookPath: string,
  checkout: Checkout,
): Promise<Pick<Targets, 'targets' | 'subject' | 'options'>> {
  const playbookFiles = diskFiles(playbookPath)
  const options = {
    playbook: { files: playbookFiles, label: labelOf(repository.root, playbookPath) },
    extraVars: inputs.extraVars,
  }
  const inventory = inventoryOf(repository.files, inputs.inventory, options)
  const hosts = inventory.groups.has(playbookGroup) ? chosenHosts(inventory, inputs.limit) : []
  if (hosts.length === 0) {
    throw invalid(
      `The inventory has no host in the group ${playbookGroup}, so the playbook would run on no host.`,
      `Add the server to the group ${playbookGroup}.`,
    )
  }
  if (inputs.maxHosts !== undefined && hosts.length > inputs.maxHosts) {
    throw invalid(
      `${hosts.length} hosts are selected, but \`max-hosts\` allows ${inputs.maxHosts}.`,
      'Set `limit` to one host, or raise `max-hosts`. Hosts are then processed one after the other.',
    )
  }
  const earlier = inputs.baseRef === undefined ? undefined : await repository.at(inputs.baseRef)
  const base = earlier && inventoryAmong(earlier, inputs.inventory, options)
  const targets = hosts.map(host => {
    const before = stageBefore(base?.host(host.name))
    const connection = connectionOf(host)
    return {
      host,
      address: addressOf(connection),
      sshArguments: connection.sshArguments,
      desired: desiredStage(host),
      ...(before === undefined ? {} : { before }),
    }
  })
  const subject = {
    repository: { files: repository.files, inventory },
    checkout: factsOf(checkout, playbookFiles),
    ...(earlier && base && { base: { files: earlier, inventory: base } }),
  }
  return { targets, subject, options }
}

/** @throws ToolkitError of reason `input-invalid` where Ansible would work on this machine. */
export function addressOf({ inventoryName, address, port, user, become, local }: Connection): ServerAddress {
  if (local) {
    throw invalid(
      `The host ${inventoryName} has ansible_connection=local, but this machine is not the server.`,
      'Set ansible_host and ansible_user, and remove ansible_connection=local.',
    )
  }
  // setup.yml sets `become` itself, regardless of the inventory.
  return { inventoryName, address, port, user, become: become || user !== 'root' }
}

function readKnownHosts(path: string): string {
  requireKnownHosts(path)
  return reading(path, () => readFileSync(path, 'utf8'))
}

function noAgent(): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: 'There is no SSH agent (SSH_AUTH_SOCK is empty).',
    remedy: 'Set `ssh-private-key`, or run the action `setup` with it in an earlier step of the same job.',
  })
}

function invalid(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, remedy })
}
