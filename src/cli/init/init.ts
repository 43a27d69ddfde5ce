import { existsSync } from 'node:fs'
import { ToolkitError } from '../../support/errors.ts'
import { plural } from '../../support/plural.ts'
import { shellWords } from '../../support/shell.ts'
import type { Invocation } from '../invocation.ts'
import { type Screen, wrapped } from '../screen.ts'
import { accountId, type GhCommand, ghCommands, ghLine, listed, runGh } from './github.ts'
import { type Item, itemsOf, type State } from './items.ts'
import { type Setting, settingOf } from './setting.ts'

/** What `init` did or found. `written` and `done`: by this run. */
export interface InitResult {
  readonly schema: 'init/1'
  readonly items: readonly {
    readonly name: string
    readonly state: State | 'written'
    readonly purpose: string
    readonly how: string
  }[]
  readonly commands: readonly {
    readonly line: string
    readonly why: string
    /** `unknown` without --gh. */
    readonly state: 'done' | 'missing' | 'unknown'
  }[]
  /** What the account does not offer, and what is chosen instead. */
  readonly remarks: readonly string[]
  readonly next: readonly string[]
}

/**
 * The command `init`.
 * @throws ToolkitError of reason `findings` where something is missing at the end.
 */
export async function initialise(invocation: Invocation): Promise<void> {
  const setting = await settingOf(invocation)
  const isCheck = invocation.isSet('check')
  const items: InitResult['items'][number][] = []
  for (const item of itemsOf(setting)) {
    const { name, purpose, how } = item
    items.push({
      name,
      purpose,
      how,
      state: isCheck ? await item.state() : await madeState(item, invocation),
    })
  }
  const commands = await setUpGitHub(setting, invocation, isCheck)
  const isMissing = (state: string) => state === 'missing' || state === 'differs'
  const result: InitResult = {
    schema: 'init/1',
    items,
    commands,
    remarks: setting.github.remarks,
    next: nextSteps(setting),
  }
  const { terminal } = invocation
  terminal.result(result, () => resultText(terminal.worded(result), terminal.screen))
  const missing = [...items, ...commands].filter(({ state }) => isMissing(state)).length
  if (missing === 0) return
  throw new ToolkitError({
    reason: 'findings',
    what: `${plural(missing, 'part')} of the setup ${missing === 1 ? 'is' : 'are'} missing or different.`,
    remedy: isCheck ? 'Run `matrix-auth-actions init`.' : 'Each of them says what to do.',
  })
}

async function madeState(item: Item, invocation: Invocation): Promise<State | 'written'> {
  const state = await item.state()
  const isWanted = state === 'missing' || (state === 'differs' && invocation.isSet('force'))
  if (!isWanted) return state
  try {
    await item.make()
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.reason === 'input-invalid') throw error
    // The other items do not need it.
    invocation.terminal.log(`${item.name}: ${error.describe()}`)
  }
  return (await item.state()) === 'there' ? 'written' : state
}

async function setUpGitHub(
  setting: Setting,
  invocation: Invocation,
  isCheck: boolean,
): Promise<InitResult['commands']> {
  const { root } = invocation
  const { reviewer } = setting
  const usesGh = invocation.isSet('gh')
  const id =
    reviewer === undefined
      ? ''
      : usesGh
        ? await accountId(reviewer, root)
        : `$(gh api users/${reviewer} --jq .id)`
  const commands = ghCommands(setting, id)
  if (!usesGh) return commands.map(command => shown(command, 'unknown'))
  const before = await listed(root)
  return commands.map(command => {
    if (command.isDone(before) && !invocation.isSet('force')) return shown(command, 'done')
    if (isCheck || !hasInput(command)) return shown(command, 'missing')
    runGh(command, root)
    return shown(command, 'done')
  })
}

function hasInput({ inputFile }: GhCommand): boolean {
  return inputFile === undefined || existsSync(inputFile)
}

function shown(command: GhCommand, state: 'done' | 'missing' | 'unknown') {
  return { line: ghLine(command), why: command.why, state }
}

function nextSteps({ sshKey, connections, branch, github }: Setting): readonly string[] {
  const copies = connections.map(({ user, address, port }) => {
    const at = ['-p', String(port), `${user}@${address}`]
    return `ssh-copy-id -f -i ${shellWords([`${sshKey?.file}.pub`, ...at])}`
  })
  return [
    ...(sshKey?.isOurs ? copies.map(line => `Let the key log in to the server:\n   ${line}`) : []),
    `Commit the files to ${branch}:\n   git add -A && git commit -m "Set up matrix-auth-actions" && git push`,
    'See what stands between you and MAS:\n   matrix-auth-actions plan',
    github.hasEnvironments
      ? 'Open the prepare pull request with the lines that plan shows.'
      : 'Commit the lines that plan shows for the prepare step, then run:\n   matrix-auth-actions deploy',
  ]
}

/** Its texts are escaped already. */
function resultText({ items, commands, remarks, next }: InitResult, { paint, width }: Screen): string {
  const marks = { there: '✔', written: '✔', done: '✔', missing: '✘', differs: '✘', unknown: '•' } as const
  const markOf = (state: keyof typeof marks) =>
    paint(marks[state] === '✔' ? 'green' : marks[state] === '✘' ? 'red' : 'dim', marks[state])
  const itemText = ({ name, state, purpose, how }: InitResult['items'][number]) => [
    `${markOf(state)} ${name}: ${state}`,
    wrapped(purpose, width, '    '),
    ...(state === 'missing' || state === 'differs' ? [`    ${how}`] : []),
  ]
  const commandText = ({ line, why, state }: InitResult['commands'][number]) =>
    state === 'done' ? [`${markOf(state)} ${why}`] : [wrapped(why, width, '# '), line]
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [[paint('bold', title), ...lines].join('\n')]
  return [
    ...titled('The repository', items.flatMap(itemText)),
    ...titled(
      'The plan of the account',
      remarks.map(text => wrapped(text, width, '  ')),
    ),
    ...titled(
      commands.some(({ state }) => state !== 'done') ? 'GitHub: run these commands, or init --gh' : 'GitHub',
      commands.flatMap(commandText),
    ),
    ...titled(
      'Next',
      next.map((text, index) => `${index + 1}. ${text}`),
    ),
  ].join('\n\n')
}
