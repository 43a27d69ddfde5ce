import { shellWords } from '../support/shell.ts'
import { commands } from './commands.ts'
import type { OptionName } from './options.ts'
import type { Offer } from './words.ts'

/** What a person gives to command after command: where things are, and how they are reached. */
const repeated = [
  'inventory',
  'limit',
  'playbook-path',
  'playbook-repository',
  'accepted-findings',
  'known-hosts',
  'ssh-key-file',
  'vault-password-file',
  'no-setup',
  'backup',
  'backup-path',
  'create-ssh-key',
  'branch',
  'account-plan',
  'reviewer',
] as const satisfies readonly OptionName[]
type Repeated = (typeof repeated)[number]

/**
 * Writes commands with the options that were given and that they have, too.
 * @param current The command that runs.
 * @param given The value of an option, or `true` for a switch; undefined where it was not given.
 */
export function offerOf(
  call: string,
  current: string,
  given: (name: Repeated) => string | true | undefined,
): Offer {
  return (command, rest = '') => {
    const { options = [] } = commands.find(({ name }) => name === command) ?? {}
    const known: ReadonlySet<OptionName> = new Set(options)
    const added = repeated
      .filter(name => known.has(name) && !isSaid(name, rest) && !isKeyOfPerson(name, command, current))
      .map(name => [name, given(name)] as const)
      .map(([name, value]) =>
        value === undefined || cannotBeShown(value)
          ? ''
          : ` --${name}${value === true ? '' : ` ${shellWords([value])}`}`,
      )
    return `${call} ${command}${rest}${added.join('')}`
  }
}

/** `init` gives its key to the jobs. In other commands it can be the person's own. */
function isKeyOfPerson(name: Repeated, command: string, current: string): boolean {
  return name === 'ssh-key-file' && command === 'init' && current !== 'init'
}

/** It would end the backticks around the command, or it has a password. */
function cannotBeShown(value: string | true): boolean {
  return value !== true && /`|:\/\/[^/]*@/.test(value)
}

/** A command has one key. */
const keys: readonly Repeated[] = ['ssh-key-file', 'create-ssh-key']

function isSaid(name: Repeated, rest: string): boolean {
  return (keys.includes(name) ? keys : [name]).some(each => rest.includes(`--${each}`))
}
