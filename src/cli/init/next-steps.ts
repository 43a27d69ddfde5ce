import { originalPlaybook } from '../../actions/playbook.ts'
import { shellWords } from '../../support/shell.ts'
import { isUsualInventory } from '../inventory.ts'
import { optionTexts } from '../options.ts'
import type { Setting } from './setting.ts'

type KeyOption = 'create-ssh-key' | 'ssh-key-file'

/** The only step where a part could not be made: the others depend on it, and init then prints them. */
export function againStep(setting: Setting, call: string): string {
  // With --ssh-key-file, init would not print how the new key gets to the server.
  const keyName = setting.sshKey?.isOurs ? 'create-ssh-key' : 'ssh-key-file'
  return `Run init again, and follow the steps that it prints then:\n   ${call} init${initOptions(setting, keyName)}`
}

/**
 * @param files What is to be committed.
 * @param usesGh Whether this call has set GitHub up.
 */
export function nextSteps(
  setting: Setting,
  files: readonly string[],
  call: string,
  usesGh: boolean,
): readonly string[] {
  const { sshKey, connections, branch, hasRemote, github } = setting
  const copies = connections.map(({ user, address, port }) => {
    const at = ['-p', String(port), `${user}@${address}`]
    return `ssh-copy-id -f -i ${shellWords([`${sshKey?.file}.pub`, ...at])}`
  })
  const push = hasRemote ? ' && git push' : ''
  const commit = `git add ${shellWords(files)} && git commit -m "Set up matrix-auth-actions"${push}`
  return [
    ...(sshKey?.isOurs ? copies.map(line => `Let the key log in to the server:\n   ${line}`) : []),
    ...(files.length > 0 ? [`Commit the files to ${branch}:\n   ${commit}`] : []),
    ...(hasRemote
      ? []
      : ['Put the repository on GitHub:\n   gh repo create matrix-inventory --private --source . --push']),
    ...(usesGh ? [] : [`Set up GitHub:\n   ${call} init --gh${initOptions(setting, 'ssh-key-file')}`]),
    writing(setting, 'prepare', call),
    ...(github.hasEnvironments
      ? ['Commit and push them, and open the pull request.']
      : stepsInTerminal(setting, call)),
  ]
}

function stepsInTerminal(setting: Setting, call: string): readonly string[] {
  const { branch } = setting
  const onServer = (command: string) => `${call} ${command}${serverOptions(setting)}`
  const merged = (command: string) => `   git switch ${branch} && git pull && ${onServer(command)}`
  return [
    `Commit and push them, and open the pull request. When its check has succeeded, merge it and deploy:\n${merged('deploy')}`,
    writing(setting, 'migrate', call),
    `Commit and push them, open the pull request, and rehearse on its branch:\n   ${onServer('rehearse')}`,
    `When the check and the rehearsal have succeeded, merge it and migrate:\n${merged('migrate')}`,
  ]
}

function writing(setting: Setting, step: string, call: string): string {
  const options = `${inventoryOption(setting)}${playbookOptions(setting)}`
  const [plan, validate] = ['plan', 'validate'].map(name => `${call} ${name}${options}`)
  return `Write the lines of the ${step} pull request, on a new branch:\n   ${plan} --write ${step} && ${validate} --fix`
}

/** What a later `init` does not find in the repository. */
function initOptions(setting: Setting, keyName: KeyOption): string {
  const { github, reviewer } = setting
  return [
    inventoryOption(setting),
    knownHostsOption(setting),
    keyOption(setting, keyName),
    vaultOption(setting),
    github.plan === undefined ? '' : optionOf('account-plan', github.plan),
    reviewer === undefined ? '' : optionOf('reviewer', reviewer),
  ].join('')
}

function serverOptions(setting: Setting): string {
  const { hasSeveralHosts } = setting
  return [
    inventoryOption(setting),
    playbookOptions(setting),
    knownHostsOption(setting),
    keyOption(setting, 'ssh-key-file'),
    vaultOption(setting),
    // They work on one host at a time.
    hasSeveralHosts ? ' --limit HOST' : '',
  ].join('')
}

function vaultOption({ hasVault, vaultPasswordFile = 'VAULT_PASSWORD_FILE' }: Setting): string {
  return hasVault ? optionOf('vault-password-file', vaultPasswordFile) : ''
}

function inventoryOption({ inventory }: Setting): string {
  return isUsualInventory(inventory) ? '' : optionOf('inventory', inventory)
}

function playbookOptions({ playbookPath, playbookRepository }: Setting): string {
  return [
    playbookPath === optionTexts['playbook-path'].standard ? '' : optionOf('playbook-path', playbookPath),
    playbookRepository === originalPlaybook ? '' : optionOf('playbook-repository', playbookRepository),
  ].join('')
}

function knownHostsOption({ knownHosts }: Setting): string {
  return knownHosts === optionTexts['known-hosts'].standard ? '' : optionOf('known-hosts', knownHosts)
}

function keyOption({ sshKey }: Setting, name: KeyOption): string {
  return sshKey === undefined ? '' : optionOf(name, sshKey.file)
}

function optionOf(name: string, value: string): string {
  return ` --${name} ${shellWords([value])}`
}
