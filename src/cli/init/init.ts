import { existsSync } from 'node:fs'
import { ToolkitError } from '../../support/errors.ts'
import { folderOf } from '../../support/files/files.ts'
import { git } from '../../support/git.ts'
import { plural } from '../../support/plural.ts'
import type { Invocation } from '../invocation.ts'
import { type Screen, wrapped } from '../screen.ts'
import { accountId, type GhCommand, ghLine, runGh } from './gh.ts'
import { ghCommands } from './gh-commands.ts'
import { type Item, itemsOf, type State } from './items.ts'
import { listed } from './listed.ts'
import { againStep, nextSteps } from './next-steps.ts'
import { type Setting, settingOf } from './setting.ts'
import { unpublishedPin } from './unpublished-pin.ts'

/** What `init` did or found. `written`, `removed` and `done`: by this run. */
export interface InitResult {
  readonly schema: 'init/1'
  readonly items: readonly {
    readonly name: string
    readonly state: State | 'written' | 'removed'
    readonly purpose: string
    readonly how: string
    /** Why it could not be made. */
    readonly failure?: string
  }[]
  readonly commands: readonly {
    readonly line: string
    readonly why: string
    /** `unknown` without --gh. */
    readonly state: 'done' | 'missing' | 'unknown'
  }[]
  /** What the account does not offer, and what is chosen instead. */
  readonly remarks: readonly string[]
  /** Empty with --check. */
  readonly next: readonly string[]
}

/**
 * The command `init`.
 * @throws ToolkitError of reason `findings` where something is missing at the end.
 */
export async function initialise(invocation: Invocation): Promise<void> {
  const setting = await settingOf(invocation)
  const { terminal } = invocation
  const { screen } = terminal
  const isCheck = invocation.isSet('check')
  const wanted = itemsOf(setting, invocation.offer('init'))
  const items: InitResult['items'][number][] = []
  const made: string[] = []
  for (const item of wanted) {
    const { name, purpose, how, file } = item
    const state = isCheck ? { state: await item.state() } : await makeItem(item, invocation)
    items.push({ name, purpose, how, ...state })
    if (file !== undefined && !isMissing(state)) made.push(file)
  }
  const warning = await unpublishedPin(setting.repository.root, setting.playbookPath)
  if (warning !== undefined) terminal.say(warning)
  const { commands, failure } = await setUpGitHub(setting, invocation, isCheck)
  const { inventory, hasRemote, playbookPath, containsPlaybook } = setting
  // What is in no repository on a server yet is to be in the first one.
  const own = [folderOf(inventory) || inventory, ...(containsPlaybook ? [playbookPath] : [])]
  const files = [...new Set(hasRemote ? made : [...made, ...own])]
  const next = async () =>
    items.some(item => item.failure !== undefined)
      ? [againStep(setting, invocation.offerWith)]
      : nextSteps(setting, await uncommitted(setting, files), invocation.offerWith, invocation.isSet('gh'))
  const result: InitResult = {
    schema: 'init/1',
    items,
    commands,
    remarks: setting.github.remarks,
    next: isCheck ? [] : await next(),
  }
  terminal.result(result, () =>
    isCheck
      ? checkText(terminal.worded(result), screen, invocation.offer('init', ' --check --gh'))
      : resultText(terminal.worded(result), screen),
  )
  if (failure) throw failure
  const missing = [...items, ...commands].filter(isMissing).length
  if (missing === 0) return
  const differing = wanted.filter((_, index) => items[index]?.state === 'differs')
  const isByHand = differing.some(({ ignoresForce }) => ignoresForce)
  throw new ToolkitError({
    reason: 'findings',
    what: `${plural(missing, 'part')} of the setup ${missing === 1 ? 'is' : 'are'} missing or different.`,
    remedy:
      isCheck && !isByHand
        ? `Run \`matrix-auth-actions init${differing.length > 0 ? ' --force' : ''}\`.`
        : 'Do what is said of each part above.',
  })
}

function isMissing({ state }: { readonly state: string }): boolean {
  return state === 'missing' || state === 'differs'
}

type Made = Pick<InitResult['items'][number], 'state' | 'failure'>

async function makeItem(item: Item, invocation: Invocation): Promise<Made> {
  const state = await item.state()
  const isOverwritten = invocation.isSet('force') && !item.ignoresForce
  const isWanted = state === 'missing' || (state === 'differs' && isOverwritten)
  if (!isWanted) return { state }
  try {
    await item.make()
  } catch (error) {
    if (!(error instanceof ToolkitError) || ['input-invalid', 'cancelled'].includes(error.reason)) throw error
    // The other items do not need it.
    return { state, failure: error.describe() }
  }
  if ((await item.state()) !== 'there') return { state }
  return { state: item.isSurplus ? 'removed' : 'written' }
}

/** Those of the files that exist and are not as in the newest commit. */
async function uncommitted(
  { repository: { root } }: Setting,
  files: readonly string[],
): Promise<readonly string[]> {
  const listed = await Promise.all(
    files.map(async file => {
      const { stdout } = await git(root, ['status', '--porcelain', '--', file])
      return stdout === '' ? [] : [file]
    }),
  )
  return listed.flat()
}

async function setUpGitHub(
  setting: Setting,
  invocation: Invocation,
  isCheck: boolean,
): Promise<{ readonly commands: InitResult['commands']; readonly failure?: ToolkitError }> {
  const { root } = invocation
  const { reviewer } = setting
  const usesGh = invocation.isSet('gh')
  const id =
    reviewer === undefined
      ? ''
      : usesGh
        ? await accountId(reviewer, root)
        : `$(gh api users/${reviewer} --jq .id)`
  if (!usesGh) return { commands: ghCommands(setting, id).map(command => shown(command, 'unknown')) }
  const commands = ghCommands(setting, id, await listed(root))
  let failure: ToolkitError | undefined
  const states = commands.map(command => {
    if (command.isDone && !invocation.isSet('force')) return 'done'
    if (isCheck || failure || !hasInput(command)) return 'missing'
    failure = failureOf(() => runGh(command, root))
    return failure ? 'missing' : 'done'
  })
  return {
    commands: commands.map((command, index) => shown(command, states[index] ?? 'missing')),
    ...(failure && { failure }),
  }
}

function failureOf(call: () => void): ToolkitError | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return error
  }
}

function hasInput({ inputFile }: GhCommand): boolean {
  return inputFile === undefined || existsSync(inputFile)
}

function shown(command: GhCommand, state: 'done' | 'missing' | 'unknown') {
  const { why, placeholder } = command
  const isExplained = state !== 'done' && placeholder !== undefined
  return { line: ghLine(command), why: isExplained ? `${why} ${placeholder}` : why, state }
}

/** Its texts are escaped already. What is missing comes first. */
function resultText({ items, commands, remarks, next }: InitResult, screen: Screen): string {
  const { width } = screen
  const failed = items.filter(isMissing)
  const done = items.filter(item => !isMissing(item))
  return [
    ...titled(screen, 'Fix this first', failed.flatMap(itemText(screen))),
    ...titled(screen, 'The repository', done.flatMap(itemText(screen))),
    ...titled(
      screen,
      'The GitHub plan of the account',
      remarks.map(text => wrapped(text, width, '  ')),
    ),
    ...titled(screen, gitHubTitle(commands), commands.flatMap(commandText(screen))),
    ...titled(
      screen,
      failed.length > 0 ? 'Next, when that is fixed' : 'Next',
      next.map((text, index) => `${index + 1}. ${text}`),
    ),
  ].join('\n\n')
}

function gitHubTitle(commands: InitResult['commands']): string {
  if (commands.some(({ state }) => state === 'unknown'))
    return 'GitHub: init --gh runs these commands. To run them yourself, when the repository is there'
  return commands.some(isMissing)
    ? 'GitHub: not all of it is set up. Run these commands, or init --gh again'
    : 'GitHub'
}

/** Only what is missing. */
function checkText({ items, commands }: InitResult, screen: Screen, checkGitHub: string): string {
  const isAsked = commands.every(({ state }) => state !== 'unknown')
  const asking = `GitHub was not asked: ${checkGitHub}`
  const [missing, missingOnGitHub] = [items.filter(isMissing), commands.filter(isMissing)]
  if (missing.length + missingOnGitHub.length === 0)
    return isAsked ? 'Nothing is missing.' : `Nothing is missing in the repository. ${asking}`
  return [
    ...titled(screen, 'Missing in the repository', missing.flatMap(itemText(screen))),
    ...titled(screen, 'Missing on GitHub', missingOnGitHub.flatMap(commandText(screen))),
    ...(isAsked ? [] : [asking]),
  ].join('\n\n')
}

function titled({ paint }: Screen, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [[paint('bold', title), ...lines].join('\n')]
}

function itemText({ paint, width }: Screen) {
  return (item: InitResult['items'][number]): readonly string[] => {
    const { name, state, purpose, how, failure } = item
    const mark = isMissing(item) ? paint('red', '✘') : paint('green', '✔')
    return [
      `${mark} ${name}: ${state}`,
      wrapped(purpose, width, '    '),
      ...(failure === undefined ? [] : [wrapped(failure, width, '    ')]),
      ...(isMissing(item) && failure === undefined ? [`    ${how}`] : []),
    ]
  }
}

function commandText({ paint, width }: Screen) {
  return ({ line, why, state }: InitResult['commands'][number]): readonly string[] =>
    state === 'done' ? [`${paint('green', '✔')} ${why}`] : [wrapped(why, width, '# '), line]
}
