import { resolve } from 'node:path'
import { shown } from '../../actions/inputs.ts'
import { inventoryInClone, isPlaybookClone, originalPlaybook } from '../../actions/playbook.ts'
import { Repository } from '../../actions/repository.ts'
import { toolkitRelease } from '../../domain/toolkit.ts'
import { type Connection, connectionOf } from '../../inventory/connection.ts'
import type { Host } from '../../inventory/inventory.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { hasPart } from '../../inventory/value.ts'
import { folderOf } from '../../support/files/files.ts'
import { git } from '../../support/git.ts'
import { requireReadable } from '../inventory.ts'
import { type Invocation, readOption } from '../invocation.ts'
import type { OptionName } from '../options.ts'
import { type GitHubPlan, gitHubPlan, parsePlan } from './account-plan.ts'
import { defaultBranch, plainBranch } from './default-branch.ts'
import { type Agreement, agreement, readFingerprints } from './host-key-agreement.ts'
import { requireNoInnerRepository } from './inner-repository.ts'
import { invalid } from './invalid.ts'
import { fileOption, requireKind } from './option-path.ts'
import { isContained, playbookFolder } from './playbook-folder.ts'
import { isRelease, type PresentWorkflows, presentWorkflows } from './present-workflows.ts'
import { askUntilRead } from './questions.ts'
import { newKey, requireJobKey } from './ssh-key.ts'

/** What is known of the repository, the servers and GitHub. */
export interface Setting {
  readonly repository: Repository
  readonly inventory: string
  readonly knownHosts: string
  /** Without those of this machine. */
  readonly connections: readonly Connection[]
  readonly hasSeveralHosts: boolean
  readonly hasVault: boolean
  readonly branch: string
  /** Whether it has a repository on a server. */
  readonly hasRemote: boolean
  readonly toolkit: string
  /** Relative to the repository, if it is in it. */
  readonly playbookPath: string
  /** Whether the repository itself contains the playbook there, so that its own commits pin it. */
  readonly containsPlaybook: boolean
  readonly playbookRepository: string
  readonly playbookCommit?: string
  /** `isOurs`: init creates it. */
  readonly sshKey?: { readonly file: string; readonly isOurs: boolean }
  readonly vaultPasswordFile?: string
  readonly github: GitHubPlan
  readonly reviewer?: string
  /** Those of the servers' host keys, where the person gave them. */
  readonly fingerprints?: readonly string[]
  readonly requireAgreement: Agreement
}

const planQuestion =
  'paid is Pro or Team; public is for a public repository, on any plan.\nGitHub plan of the account (public, free, paid, enterprise): '

type Answered = <T>(question: string, read: (answer: string | undefined) => T | Promise<T>) => T | Promise<T>

/** @throws ToolkitError of reason `input-invalid` or `inventory-unreadable`. */
export async function settingOf(invocation: Invocation): Promise<Setting> {
  const { root, source, terminal } = invocation
  const repository = new Repository(root)
  await requireRepository(root)
  const inventory = source('inventory') ?? ''
  if (isPlaybookClone(root)) throw inventoryInClone(root, inventory.split('/')[0])
  await requireNoInnerRepository(repository, inventory)
  requireReadable({ inventory, files: repository.files })
  const hosts = chosenHosts(inventoryOf(repository.files, inventory), undefined)
  const answered: Answered = (question, read) =>
    invocation.isSet('check') ? read(undefined) : askUntilRead(terminal, question, read)
  // Wrong options are told before anything is asked.
  const given = givenOptions(invocation)
  const { option, fingerprints, reviewer, playbookCommit, vaultPasswordFile } = given
  const present = presentWorkflows(repository.files)
  const knownHosts = knownHostsOf(given, present, inventory)
  requireKind('known-hosts', resolve(root, knownHosts), 'file')
  const playbook = await playbookOf(repository, given, present)
  const branch = plainBranch(option('branch') ?? (await defaultBranch(root, present.branch)))
  const toolkit = toolkitOf(option('toolkit') ?? present.toolkit ?? toolkitRelease)
  const sshKey = await keyOf(given, root, answered)
  return {
    repository,
    inventory,
    knownHosts,
    connections: hosts.map(connectionOf).filter(({ local }) => !local),
    hasSeveralHosts: hosts.length > 1,
    hasVault: hosts.some(isWithVault),
    branch,
    hasRemote: (await git(root, ['remote'])).stdout !== '',
    toolkit,
    ...playbook,
    playbookRepository:
      option('playbook-repository') ?? present.input('playbook-repository') ?? originalPlaybook,
    ...(playbookCommit !== undefined && { playbookCommit }),
    ...(sshKey !== undefined && { sshKey }),
    ...(vaultPasswordFile !== undefined && { vaultPasswordFile }),
    github: await githubOf(given, present, root, answered),
    ...(reviewer !== undefined && { reviewer }),
    ...(fingerprints !== undefined && { fingerprints }),
    requireAgreement: agreement(fingerprints, terminal.screen),
  }
}

/** Those options that are wrong or right by themselves. */
function givenOptions(invocation: Invocation) {
  const { root, source } = invocation
  const option = (name: OptionName) => source(name) || undefined
  const playbookCommit = option('playbook-commit')
  if (playbookCommit !== undefined && !/^[0-9a-f]{40}$/.test(playbookCommit))
    throw invalid(
      `\`playbook-commit\` must be a full commit id of 40 digits${shown(playbookCommit)}.`,
      'Run git rev-parse HEAD in your clone of the playbook.',
    )
  const vaultPasswordFile = fileOption(option('vault-password-file'), root)
  if (vaultPasswordFile !== undefined) readOption('vault-password-file', vaultPasswordFile)
  return {
    option,
    fingerprints: readFingerprints(option('fingerprint')),
    plan: parsePlan(option('account-plan')),
    reviewer: readReviewer(option('reviewer')),
    playbookCommit,
    vaultPasswordFile,
    usesGh: invocation.isSet('gh'),
  }
}

type Given = ReturnType<typeof givenOptions>

function knownHostsOf({ option }: Given, present: PresentWorkflows, inventory: string): string {
  const isSameInventory = (present.input('inventory') ?? 'inventory/hosts') === inventory
  const folder = folderOf(inventory)
  return (
    option('known-hosts') ??
    (isSameInventory ? present.input('known-hosts') : undefined) ??
    `${folder === '' ? '' : `${folder}/`}known_hosts`
  )
}

async function playbookOf(
  repository: Repository,
  { option, playbookCommit }: Given,
  present: PresentWorkflows,
): Promise<Pick<Setting, 'playbookPath' | 'containsPlaybook'>> {
  const { root } = repository
  const playbookPath = await playbookFolder(
    repository,
    option('playbook-path'),
    present.input('playbook-path'),
  )
  requireKind('playbook-path', resolve(root, playbookPath), 'folder')
  const containsPlaybook = await isContained(root, playbookPath)
  if (containsPlaybook && playbookCommit !== undefined)
    throw invalid(
      'The repository contains the playbook, so its own commits pin it.',
      'Leave out --playbook-commit, and check that commit out in this folder.',
      playbookPath,
    )
  return { playbookPath, containsPlaybook }
}

async function keyOf({ option }: Given, root: string, answered: Answered): Promise<Setting['sshKey']> {
  const own = fileOption(option('ssh-key-file'), root)
  const toCreate = option('create-ssh-key')
  if (own !== undefined && toCreate !== undefined)
    throw invalid(
      '`--create-ssh-key` and `--ssh-key-file` name two keys for the jobs.',
      'Give one of them: --create-ssh-key for a new key, or --ssh-key-file for one that exists.',
    )
  if (own !== undefined) {
    await requireJobKey('ssh-key-file', own)
    return { file: own, isOurs: false }
  }
  const created =
    toCreate === undefined
      ? await answered('Create an SSH key for the jobs? Its path, or empty for no: ', path =>
          newKey(path || undefined, root),
        )
      : await newKey(toCreate, root)
  return created === undefined ? undefined : { file: created, isOurs: true }
}

async function githubOf(
  { plan, reviewer, usesGh }: Given,
  { onlyReview }: PresentWorkflows,
  root: string,
  answered: Answered,
): Promise<GitHubPlan> {
  const github = await gitHubPlan({
    given: plan ?? (usesGh || onlyReview ? undefined : await answered(planQuestion, parsePlan)),
    isSetUpForFree: onlyReview,
    usesGh,
    hasReviewer: reviewer !== undefined,
    root,
  })
  if (usesGh && reviewer !== undefined && github.plan === undefined)
    throw invalid(
      'GitHub does not say the plan of the account, on which required reviewers depend.',
      'Give it: --account-plan paid, enterprise or public. Or leave out --reviewer.',
      reviewer,
    )
  return github
}

function isWithVault({ layers }: Host): boolean {
  return layers.some(
    ({ vaults, variables }) =>
      vaults.length > 0 ||
      [...variables.values()].some(({ value }) => hasPart(value, ({ kind }) => kind === 'vault')),
  )
}

async function requireRepository(root: string): Promise<void> {
  const { stdout } = await git(root, ['rev-parse', '--is-inside-work-tree', '--show-cdup'])
  if (stdout === 'true\n\n') return
  // Another repository in that one would keep its files from GitHub.
  const [, wayUp = ''] = /^true\n(.+)\/\n$/.exec(stdout) ?? []
  throw invalid(
    'This folder is not the root of a git repository.',
    wayUp === ''
      ? 'Run the command in the root of your inventory repository, or make one: git init'
      : `Run the command in the root of the repository: cd ${wayUp}`,
    root,
  )
}

function toolkitOf(given: string): string {
  if (isRelease(given)) return given
  throw invalid(
    '`toolkit` is not a release of the actions.',
    `Write it like the default: --toolkit ${toolkitRelease}`,
  )
}

/** GitHub's form of a login. That of a managed account ends with an underscore and a short code. */
function readReviewer(given: string | undefined): string | undefined {
  if (given === undefined || /^[A-Za-z\d][\w-]{0,38}$/.test(given)) return given
  throw invalid(
    `\`reviewer\` must be the login of one GitHub account${shown(given)}.`,
    'Write it without @, such as --reviewer alice. Add a team or another reviewer to the environments on GitHub: init keeps them.',
  )
}
