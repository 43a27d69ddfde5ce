export interface Option {
  /** `--name`. */
  readonly name: string
  readonly short?: string
  /** What stands for the value; absent for a flag. */
  readonly value?: string
  readonly about: string
  /** Also understood behind a subcommand. */
  readonly global?: boolean
}

interface Positional {
  readonly name: string
  readonly optional?: boolean
}

export interface Command {
  readonly name: string
  readonly about: string
  readonly options?: readonly Option[]
  readonly positionals?: readonly Positional[]
  readonly subcommands?: readonly Command[]
  /** A command that does something without a subcommand too. */
  readonly runsAlone?: boolean
  /** Kept out of the list of commands. */
  readonly hidden?: boolean
}

/** What was asked for: the names of the commands, and each option's values (a flag's is empty). */
export interface Parsed {
  readonly path: readonly Command[]
  readonly options: ReadonlyMap<string, readonly string[]>
  readonly positionals: readonly string[]
  readonly wants?: 'help' | 'version'
}

/** Bad arguments; the text is what goes to stderr, and the exit code is 2. */
export class UsageError extends Error {}

function usage(path: readonly Command[], seen: readonly string[] = []): string {
  const command = path.at(-1)
  const words = path.map(({ name }) => name)
  if (seen.length > 0) words.push(...seen)
  else words.push('[OPTIONS]')
  for (const { name, optional } of command?.positionals ?? [])
    words.push(optional ? `[${name}]` : `<${name}>`)
  if (command?.subcommands !== undefined) words.push(command.runsAlone ? '[COMMAND]' : '<COMMAND>')
  return `Usage: ${words.join(' ')}`
}

function fail(first: string, path: readonly Command[], tip?: string, seen?: readonly string[]): UsageError {
  const advice = tip === undefined ? [] : [`  tip: ${tip}`, '']
  return new UsageError(
    [first, '', ...advice, usage(path, seen), '', "For more information, try '--help'.", ''].join('\n'),
  )
}

class Parser {
  readonly #path: Command[]
  readonly #options = new Map<string, string[]>()
  readonly #seen: string[] = []
  readonly #positionals: string[] = []
  readonly #rest: string[]
  #wants: 'help' | 'version' | undefined

  constructor(root: Command, args: readonly string[]) {
    this.#path = [root]
    this.#rest = [...args]
  }

  get #current(): Command {
    const command = this.#path.at(-1)
    if (command === undefined) throw new Error('no command')
    return command
  }

  run(): Parsed {
    for (let arg = this.#rest.shift(); arg !== undefined; arg = this.#rest.shift()) this.#take(arg)
    const parsed = { path: this.#path, options: this.#options, positionals: this.#positionals }
    if (this.#wants !== undefined) return { ...parsed, wants: this.#wants }
    this.#demand()
    return parsed
  }

  #take(arg: string): void {
    if (arg === '-h' || arg === '--help') this.#wants ??= 'help'
    else if (this.#path.length === 1 && (arg === '-V' || arg === '--version')) this.#wants ??= 'version'
    else if (arg.startsWith('-') && arg !== '-') this.#option(arg)
    else this.#word(arg)
  }

  #option(arg: string): void {
    const [given = '', ...tail] = arg.startsWith('--')
      ? arg.split('=')
      : [arg.slice(0, 2), ...(arg.length > 2 ? [arg.slice(2)] : [])]
    const option = this.#find(given)
    if (option === undefined)
      throw fail(`error: unexpected argument '${given}' found`, this.#path, this.#tip(given), this.#seen)
    const values = this.#options.get(option.name) ?? []
    this.#options.set(option.name, values)
    const written = option.value === undefined ? `--${option.name}` : `--${option.name} <${option.value}>`
    if (this.#current.options?.includes(option) === true) this.#seen.push(written)
    if (option.value === undefined) return
    const value = tail.length > 0 ? tail.join('=') : this.#rest.shift()
    if (value === undefined) {
      const text = `error: a value is required for '--${option.name} <${option.value}>' but none was supplied`
      throw new UsageError(`${text}\n\nFor more information, try '--help'.\n`)
    }
    values.push(value)
  }

  #find(given: string): Option | undefined {
    const fits = ({ name, short }: Option) =>
      given === `--${name}` || (short !== undefined && given === `-${short}`)
    const own = (this.#current.options ?? []).find(fits)
    return (
      own ?? this.#path.flatMap(({ options }) => (options ?? []).filter(({ global }) => global)).find(fits)
    )
  }

  #tip(given: string): string | undefined {
    const below = this.#current.subcommands ?? []
    const owner = below.find(({ options }) => options?.some(({ name }) => given === `--${name}`))
    return owner === undefined ? undefined : `'${owner.name} ${given}' exists`
  }

  #word(arg: string): void {
    const { subcommands, positionals } = this.#current
    if (subcommands !== undefined) {
      const found = subcommands.find(({ name }) => name === arg)
      if (found !== undefined) this.#enter(found)
      else if (arg === 'help') this.#wants ??= 'help'
      else throw fail(`error: unrecognized subcommand '${arg}'`, this.#path)
    } else if (this.#positionals.length < (positionals ?? []).length) this.#positionals.push(arg)
    else throw fail(`error: unexpected argument '${arg}' found`, this.#path)
  }

  #enter(command: Command): void {
    this.#path.push(command)
    this.#seen.length = 0
  }

  #demand(): void {
    const { subcommands, runsAlone, positionals } = this.#current
    if (subcommands !== undefined && runsAlone !== true) {
      const command = this.#path.map(({ name }) => name).join(' ')
      const list = [
        ...subcommands.filter(({ hidden }) => hidden !== true).map(({ name }) => name),
        'help',
      ].join(', ')
      throw fail(
        `error: '${command}' requires a subcommand but one was not provided\n  [subcommands: ${list}]`,
        this.#path,
      )
    }
    const missing = (positionals ?? [])
      .slice(this.#positionals.length)
      .filter(({ optional }) => optional !== true)
    if (missing.length === 0) return
    const names = missing.map(({ name }) => `  <${name}>`).join('\n')
    throw fail(
      `error: the following required arguments were not provided:\n${names}`,
      this.#path,
      undefined,
      this.#seen,
    )
  }
}

/** @throws UsageError in the words of the real one's parser (clap). */
export function parseArguments(root: Command, args: readonly string[]): Parsed {
  return new Parser(root, args).run()
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd())
}

/** The help of a command: its commands and options, with texts of our own. */
export function help(path: readonly Command[]): string {
  const command = path.at(-1)
  const inherited = path.slice(0, -1).flatMap(({ options }) => (options ?? []).filter(({ global }) => global))
  const options = [...inherited, ...(command?.options ?? [])].map(option => {
    const short = option.short === undefined ? '    ' : `-${option.short}, `
    const value = option.value === undefined ? '' : ` <${option.value}>`
    return [`${short}--${option.name}${value}`, option.about] as const
  })
  const below = (command?.subcommands ?? []).filter(({ hidden }) => hidden !== true)
  const commands = [
    ...below.map(({ name, about }) => [name, about] as const),
    ['help', 'Print this message'] as const,
  ]
  const lines = path.length === 1 ? [] : [command?.about ?? '', '']
  lines.push(usage(path), '')
  if (command?.subcommands !== undefined) lines.push('Commands:', ...table(commands), '')
  const last = path.length === 1 ? [['-V, --version', 'Print version'] as const] : []
  lines.push('Options:', ...table([...options, ['-h, --help', 'Print help'], ...last]))
  return `${lines.join('\n')}\n`
}
