import { shellWords } from '../../support/shell.ts'
import { isUsualInventory } from '../inventory.ts'
import { optionTexts } from '../options.ts'
import type { Setting } from './setting.ts'

/** @param files What is to be committed. */
export function nextSteps(setting: Setting, files: readonly string[], call: string): readonly string[] {
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
      : [
          'Put the repository on GitHub:\n   gh repo create matrix-inventory --private --source . --push',
          `Set up GitHub:\n   ${call} init --gh${keyOption(setting)}`,
        ]),
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
  return `Write the lines of the ${step} pull request, on a new branch:\n   ${call} plan${inventoryOption(setting)} --write ${step}`
}

function serverOptions(setting: Setting): string {
  const { knownHosts, hasVault, vaultPasswordFile = 'VAULT_PASSWORD_FILE', hasSeveralHosts } = setting
  return [
    inventoryOption(setting),
    knownHosts === optionTexts['known-hosts'].standard ? '' : optionOf('known-hosts', knownHosts),
    keyOption(setting),
    hasVault ? optionOf('vault-password-file', vaultPasswordFile) : '',
    // They work on one host at a time.
    hasSeveralHosts ? ' --limit HOST' : '',
  ].join('')
}

function inventoryOption({ inventory }: Setting): string {
  return isUsualInventory(inventory) ? '' : optionOf('inventory', inventory)
}

function keyOption({ sshKey }: Setting): string {
  return sshKey === undefined ? '' : optionOf('ssh-key-file', sshKey.file)
}

function optionOf(name: string, value: string): string {
  return ` --${name} ${shellWords([value])}`
}
