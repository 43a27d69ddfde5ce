/** What the two pull requests of a migration change in the vars of each host. Pure. */
import { randomBytes } from 'node:crypto'
import type { ValidationSources } from '../../actions/validate-config/run.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import {
  delegationVariable,
  elementVariable,
  enabledVariable,
  encryptionSecretVariable,
  inProgressVariable,
  isOidcVariable,
  wellKnownVariable,
} from '../../domain/variables.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { ownNames } from '../../rules/facts/written.ts'

export const changeNames = ['prepare', 'migrate'] as const
export type ChangeName = (typeof changeNames)[number]

/** YAML of values by variable. */
export type Vars = Readonly<Record<string, string>>

export interface VarsChange {
  /** The hosts that are not past it. */
  readonly hosts: readonly Host[]
  readonly added: (host: Host) => Vars
  readonly removed: (host: Host) => readonly string[]
  /** Variables that get a comment above the first one. */
  readonly explained: readonly string[]
}

export interface Changes extends Readonly<Record<ChangeName, VarsChange>> {
  readonly inventory: Inventory
  readonly stages: readonly { readonly host: Host; readonly stage: DesiredStage }[]
}

/** The same host gets the same new secret in both. */
export function changesOf({ inventory: path, files, limit, playbook }: ValidationSources): Changes {
  const inventory = inventoryOf(files, path, playbook && { playbook })
  const stages = chosenHosts(inventory, limit).map(host => ({ host, stage: desiredStage(host).stage }))
  const of = (...wanted: readonly DesiredStage[]) =>
    stages.filter(({ stage }) => wanted.includes(stage)).map(({ host }) => host)
  const traps = playbook?.facts.traps ?? [delegationVariable, wellKnownVariable, elementVariable]
  const switches = [inProgressVariable, ...traps]
  const secrets = new Map(stages.map(({ host }) => [host, randomBytes(32).toString('hex')]))
  const enabling = (host: Host): Vars => ({
    [enabledVariable]: 'true',
    ...(lacks(host, encryptionSecretVariable) && {
      [encryptionSecretVariable]: secrets.get(host) ?? '',
    }),
  })
  const preparing = (host: Host): Vars => ({
    ...enabling(host),
    [inProgressVariable]: 'true',
    ...Object.fromEntries(traps.map(name => [name, 'false'])),
  })
  return {
    inventory,
    stages,
    prepare: {
      hosts: of('off', 'unknown'),
      added: host => withoutSet(host, preparing(host)),
      removed: () => [],
      explained: traps,
    },
    migrate: {
      hosts: of('off', 'unknown', 'prepared'),
      added: host => withoutSet(host, enabling(host)),
      removed: host => [...switches, ...oidcVariables(host)],
      explained: traps,
    },
  }
}

/** The guide of the playbook has the secret as an empty text, to be filled in. */
function lacks(host: Host, name: string): boolean {
  const { state, value } = host.variable(name)
  return state === 'absent' || value?.kind === 'null' || (value?.kind === 'string' && value.value === '')
}

function withoutSet(host: Host, vars: Vars): Vars {
  const isSet = ([name, text]: [string, string]) => {
    const { value } = host.variable(name)
    return value?.kind === 'boolean' && String(value.value) === text
  }
  return Object.fromEntries(Object.entries(vars).filter(entry => !isSet(entry)))
}

/** Those that the inventory sets, in the order of their files. */
function oidcVariables(host: Host): readonly string[] {
  return [...ownNames(host)].filter(isOidcVariable)
}
