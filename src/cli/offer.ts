import { shellWords } from '../support/shell.ts'
import { commands } from './commands.ts'
import { type OptionName, type RepeatedOption, repeatedOptions } from './options.ts'
import type { GivenOption, Offer } from './words.ts'

/**
 * Writes commands with the options that were given and that they have, too.
 * @param current The command that runs.
 */
export function offerOf(call: string, current: string, given: GivenOption): Offer {
  return (command, rest = '') => {
    const { options = [] } = commands.find(({ name }) => name === command) ?? {}
    const known: ReadonlySet<OptionName> = new Set(options)
    const added = repeatedOptions
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
function isKeyOfPerson(name: RepeatedOption, command: string, current: string): boolean {
  return name === 'ssh-key-file' && command === 'init' && current !== 'init'
}

/** It would end the backticks around the command, or it has a password or a token. With SSH, it can be a user alone. */
function cannotBeShown(value: string | true): boolean {
  return value !== true && /`|(?<!\bssh):\/\/[^/]*@|:\/\/[^/]*:[^/]*@/.test(value)
}

/** A command has one key. */
const keys: readonly RepeatedOption[] = ['ssh-key-file', 'create-ssh-key']

function isSaid(name: RepeatedOption, rest: string): boolean {
  return (keys.includes(name) ? keys : [name]).some(each => rest.includes(`--${each}`))
}
