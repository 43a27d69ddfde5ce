import { startApply } from '../domain/start-apply.ts'
import { withPageAddresses } from '../domain/toolkit.ts'
import type { RepeatedOption } from './options.ts'

/**
 * Messages of the actions in a terminal's words. They name inputs and workflows, which a person at a terminal does not have: here an
 * input is an option, and an operation of `migrate` is a command.
 */
export const programName = 'matrix-auth-actions'

const commandsByAction: Readonly<Record<string, string>> = {
  'syn2mas-dry-run': 'rehearse',
  'validate-config': 'validate',
  deploy: 'deploy',
  doctor: 'doctor',
  migrate: 'migrate',
}

type Replacement = readonly [pattern: RegExp, by: string | ((...groups: string[]) => string)]

const replacements: readonly Replacement[] = [
  [
    new RegExp(
      `\\b([Mm])${startApply.slice(1)}, with operation: (\\w+)(?: and confirm-lost-sessions: (\\w+))?`,
      'g',
    ),
    (_, first = '', operation = '', sessions = '') =>
      `${run(first)} \`${programName} ${operation}${sessions && ` --confirm-lost-sessions ${sessions}`}\``,
  ],
  [/,? or run the action `setup`[^.]*(?=\.)/g, ''],
  [/, or run actions\/setup-python[^.]*(?=\.)/g, ''],
  [/Add `submodules: true` to the step with actions\/checkout[^.]*\./g, 'Run `git submodule update --init`.'],
  [/Set `fetch-depth: 2` on actions\/checkout[^,]*, or/g, 'Fetch it with `git fetch`, or'],
  [
    /\b(run )?the action (deploy|doctor|migrate|syn2mas-dry-run|validate-config)\b/gi,
    (_, verb = '', action = '') => `${verb}\`${programName} ${commandsByAction[action]}\``,
  ],
  [/\b([Rr])un syn2mas-dry-run\b/g, (_, first = '') => `${run(first)} \`${programName} rehearse\``],
  [
    /\b([Rr])un (migrate|deploy) again\b/g,
    (_, first = '', name = '') => `${run(first)} \`${programName} ${name}\` again`,
  ],
  [
    /\bOn GitHub: Actions → Apply a change to the Matrix server → Run workflow\. Choose `operation: (\w+)` and this host: $/g,
    `Run \`${programName} $1\` for `,
  ],
  [/\bstart the workflow manually with `operation: (\w+)`/g, `run \`${programName} $1\``],
  [/`operation: (\w+)`/g, `\`${programName} $1\``],
  // `deploy` applies them, or `migrate` or `rollback`, with or without a merge.
  [/\bmerging this change\b/g, 'applying this change'],
  [/\b([Mm])erging\b/g, (_, first = '') => `${first === 'M' ? 'A' : 'a'}pplying these vars`],
  [/\bUse a runner\b/g, 'Use a machine'],
  [/\bwhether the runner\b/g, 'whether this machine'],
  [/\bfrom the runner's\b/g, "from this machine's"],
  [/\bthe runner\b/g, 'the machine that runs Ansible'],
  [/\bthe workspace\b/g, 'the current folder'],
  [/\bAn input is\b/g, 'An option is'],
  [/\b(\d+) inputs are\b/g, '$1 options are'],
  [/`ssh-private-key`/g, '`--ssh-key-file`'],
  [/Set the secret to the whole file of the private key[^.]*\./g, 'Name the file of a private key.'],
  [/`with:` of the step, or the options/g, 'the options'],
  [/docs\/reference describes every input\./g, 'Add `--help` to the command to read about its options.'],
  [/\bthe input `/g, 'the option `'],
]

function run(first: string): string {
  return first === 'M' || first === 'R' ? 'Run' : 'run'
}

/** A command as the person types it. `rest`: what follows its name, with a space before it. */
export type Offer = (command: string, rest?: string) => string

/** The value of an option, or `true` for a switch; undefined where it was not given. */
export type GivenOption = (name: RepeatedOption) => string | true | undefined

/** @param options The names of the command's options without dashes, such as `limit`. */
export function inTerminalWords(
  text: string,
  options: ReadonlySet<string>,
  offer: Offer = (command, rest = '') => `${programName} ${command}${rest}`,
): string {
  const reworded = replacements.reduce(
    (before, [pattern, by]) =>
      typeof by === 'string' ? before.replace(pattern, by) : before.replace(pattern, by),
    text,
  )
  const asCalled = reworded.replaceAll(
    /`(?:npx )?matrix-auth-actions ([a-z][a-z-]*)( [^`]*)?`/g,
    (_, command: string, rest = '') => `\`${offer(command, rest)}\``,
  )
  return withPageAddresses(asCalled).replace(
    /`([a-z][a-z\d-]*)(?:: ([\w./-]+))?`/g,
    (all, name: string, value?: string) => {
      if (options.has(`no-${name}`)) return value === 'true' ? `\`--${name}\`` : `\`--no-${name}\``
      if (options.has(name))
        return `\`--${name}${value === undefined || value === 'true' ? '' : ` ${value}`}\``
      if (options.has(`${name}-file`) && value === undefined) return `\`--${name}-file\``
      const command = value === undefined ? commandsByAction[name] : undefined
      return command === undefined ? all : `\`${command}\``
    },
  )
}
