import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command as Cli, CommanderError, Help, InvalidArgumentError, Option } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import { cleanUp } from '../actions/cleanup/job-end.ts'
import { type FailureReason, ToolkitError } from '../support/errors.ts'
import { jsonText, logText } from '../support/escape.ts'
import { type Command, commands, exitCodes } from './commands.ts'
import { usualInventory } from './inventory.ts'
import { Invocation } from './invocation.ts'
import { offerOf } from './offer.ts'
import { optionTexts } from './options.ts'
import { processScreen, type Screen, wrapped } from './screen.ts'
import { type Terminal, terminal } from './terminal.ts'
import { type GivenOption, inTerminalWords, programName } from './words.ts'

/**
 * Runs a command, and returns the exit code.
 * @param argv The words after the name of the program.
 * @param root The folder that it runs in.
 */
export async function runCommand(
  argv: readonly string[],
  screen: Screen = processScreen(),
  root: string = process.cwd(),
): Promise<number> {
  let exitCode = 0
  const program = newProgram(screen, async (command, cli) => {
    exitCode = await runOne(command, cli, screen, root)
  })
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true })
      return 2
    }
    await program.parseAsync(unknownCommand(argv, program) ?? argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.unknownOption') screen.err(misplaced(argv, program))
    if (error.exitCode !== 0 && argv.includes('--json'))
      screen.out(errorJson('input-invalid', { message: error.message.replace(/^error: /, '') }))
    return error.exitCode === 0 ? 0 : 2
  }
}

/** Where help is asked for, commander names no unknown command: it must see the command alone. */
function unknownCommand(argv: readonly string[], program: Cli): readonly string[] | undefined {
  const [name = '-'] = argv[0] === 'help' ? argv.slice(1) : argv
  const isKnown = name === 'help' || program.commands.some(command => command.name() === name)
  return isKnown || name.startsWith('-') ? undefined : [name]
}

/** What to do about an option of a command that is before the command; empty where it is not that. */
function misplaced([first = '', ...rest]: readonly string[], program: Cli): string {
  const [name] = first.split('=')
  const command = program.commands.find(each => rest.includes(each.name()))
  if (!command?.options.some(({ long }) => long === name)) return ''
  return `Write options after the command: ${command.name()} ${name}\n`
}

/** The program with all commands. `run` is called with the chosen command, which has its options and arguments. */
export function newProgram(screen: Screen, run: (command: Command, cli: Cli) => Promise<void>): Cli {
  const { paint } = screen
  const program = new Cli(programName)
    .description(
      'Migrates a Matrix homeserver of matrix-docker-ansible-deploy to Matrix Authentication Service (MAS). Run it in the folder that contains `inventory/`. Start with validate, which reads files only.',
    )
    .version(packageFile.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({ writeOut: screen.out, writeErr: screen.err, getOutHelpWidth: () => screen.width })
    .configureHelp({
      minWidthToWrap: 20,
      // Beside the names, a narrow screen has no room for the texts.
      formatItem: (term, termWidth, text, helper) =>
        screen.width - termWidth < 44
          ? `  ${term}\n${wrapped(text, screen.width, '      ')}`
          : Help.prototype.formatItem.call(helper, term, termWidth, text, helper),
      styleTitle: title => paint('bold', title),
      subcommandTerm: command =>
        [command.name(), ...command.registeredArguments.map(each => `<${each.name()}>`)].join(' '),
    })
    .showHelpAfterError('Add --help to see the options.')
    .exitOverride()
    .addHelpText(
      'after',
      `\n${examples(
        [
          { line: 'validate', what: 'the best first step' },
          { line: 'migrate --help', what: 'what a command does' },
        ],
        screen,
      )}\n\n${codes(screen)}`,
    )
  for (const command of commands) {
    const cli = program
      .command(command.name)
      .summary(command.summary)
      .description(command.about.join('\n\n'))
      .addHelpText('after', `\n${examples(command.examples, screen)}`)
      .action(() => run(command, cli))
    for (const { name, text } of command.arguments ?? []) cli.argument(`<${name}>`, text)
    for (const name of [...command.options, 'json'] as const) cli.addOption(optionOf(name))
  }
  return program
}

function optionOf(name: keyof typeof optionTexts): Option {
  const { text, value, standard } = { value: undefined, standard: undefined, ...optionTexts[name] }
  const note = standard === undefined ? '' : ` (default: ${standard})`
  const option = new Option(`--${name}${value === undefined ? '' : ` <${value}>`}`, `${text}${note}`)
  return value === undefined ? option : option.argParser(notEmpty)
}

/** A shell variable that is not set must not become all hosts. */
function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.')
  return value
}

function examples(
  lines: Command['examples'] | readonly { line: string; what: string }[],
  screen: Screen,
): string {
  const texts = lines.flatMap(({ line, what }) => [
    `  $ ${screen.call} ${line}`,
    wrapped(what, screen.width, '      '),
  ])
  return [screen.paint('bold', 'Examples:'), ...texts].join('\n')
}

function codes(screen: Screen): string {
  const lines = exitCodes.map(([code, meaning]) => {
    const text = wrapped(meaning, screen.width, '       ').trimStart()
    return `  ${String(code).padEnd(5)}${text}`
  })
  return [screen.paint('bold', 'Exit codes:'), ...lines].join('\n')
}

async function runOne(command: Command, cli: Cli, screen: Screen, root: string): Promise<number> {
  const values: Readonly<Record<string, unknown>> = cli.opts()
  // `gh` in a message is the program.
  const names: ReadonlySet<string> = new Set(command.options.filter(name => name !== 'gh'))
  const offerWith = (options: GivenOption) => offerOf(screen.call, command.name, options)
  const offer = offerWith(name => given(values, name))
  const reword = (text: string) => inTerminalWords(text, names, offer)
  const json = values.json === true
  const port = terminal(screen, { json, reword })
  const source = (name: string) => {
    const value = values[camelCase(name)]
    if (value !== undefined) return String(value)
    return name === 'inventory' ? usualInventory(root) : undefined
  }
  try {
    const invocation = new Invocation(
      { terminal: port, args: cli.args, source, root, offer, offerWith },
      ownEnvironment(),
    )
    await command.run(invocation)
    return 0
  } catch (error) {
    return report(error, port, json, reword)
  } finally {
    port.close()
    cleanUp(port.kept)
  }
}

/** The value of an option as it was typed; commander knows `--no-setup` as `setup`, which is on. */
function given(values: Readonly<Record<string, unknown>>, name: string): string | true | undefined {
  if (name.startsWith('no-')) return values[camelCase(name.slice(3))] === false ? true : undefined
  const value = values[camelCase(name)]
  return value === undefined || value === true ? value : String(value)
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** Without what a runner sets: at a terminal there is no event. What is installed goes into a cache of its own. */
function ownEnvironment(): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(([name]) => !/^(GITHUB|INPUT|RUNNER|ACTIONS)_/.test(name))
  return {
    ...Object.fromEntries(own),
    RUNNER_TEMP: tmpdir(),
    RUNNER_TOOL_CACHE: process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  }
}

const codeOfReason: Readonly<Partial<Record<FailureReason, number>>> = {
  'input-invalid': 2,
  'inventory-unreadable': 2,
  cancelled: 130,
}

function report(error: unknown, port: Terminal, json: boolean, reword: (text: string) => string): number {
  const { screen } = port
  port.close()
  if (!(error instanceof ToolkitError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    screen.err(`${logText(stack)}\nThis is a bug in ${programName}. Please report it with the lines above.\n`)
    if (json && !port.hasResult) screen.out(errorJson('internal', { message: 'Unexpected error.' }))
    return 70
  }
  const { reason, message, where, meaning, remedy } = error
  if (json && !port.hasResult) {
    const texts = Object.entries({ message, where, meaning, remedy }).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, reword(text)]],
    )
    screen.out(errorJson(reason, Object.fromEntries(texts)))
  }
  const width = screen.isLive ? screen.width : Number.POSITIVE_INFINITY
  const text = wrapped(`Error: ${logText(reword(error.describe()))}`, width)
  screen.err(`${text.replace(/^Error:/, screen.paintErr(['red', 'bold'], 'Error:'))}\n`)
  return codeOfReason[reason] ?? 1
}

function errorJson(reason: FailureReason, texts: Readonly<Record<string, string>>): string {
  return jsonText({ schema: 'error/1', error: { reason, ...texts } })
}
