import { originalPlaybook } from '../../actions/playbook.ts'
import { shellWords } from '../../support/shell.ts'
import { isUsualInventory } from '../inventory.ts'
import type { Invocation } from '../invocation.ts'
import { optionTexts, type RepeatedOption } from '../options.ts'
import type { Offer } from '../words.ts'
import type { Setting } from './setting.ts'

/** The only step where a part could not be made: the others depend on it, and init then prints them. */
export function againStep(setting: Setting, offerWith: OfferWith): string {
  // With --ssh-key-file, init would not print how the new key gets to the server.
  const keyName = setting.sshKey?.isOurs ? 'create-ssh-key' : 'ssh-key-file'
  const offer = offerFor(setting, offerWith, { [keyName]: setting.sshKey?.file })
  return `Run init again, and follow the steps that it prints then:\n   ${offer('init')}`
}

/**
 * @param files What is to be committed.
 * @param usesGh Whether this call has set GitHub up.
 */
export function nextSteps(
  setting: Setting,
  files: readonly string[],
  offerWith: OfferWith,
  usesGh: boolean,
): readonly string[] {
  const { sshKey, connections, branch, hasRemote, github } = setting
  const offer = offerFor(setting, offerWith, { 'ssh-key-file': sshKey?.file })
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
    ...(usesGh ? [] : [`Set up GitHub:\n   ${offer('init', ' --gh')}`]),
    writing('prepare', offer),
    ...(github.hasEnvironments
      ? ['Commit and push them, and open the pull request.']
      : stepsInTerminal(setting, offer)),
  ]
}

function stepsInTerminal({ branch, hasSeveralHosts }: Setting, offer: Offer): readonly string[] {
  // They work on one host at a time.
  const onServer = (command: string) => offer(command, hasSeveralHosts ? ' --limit HOST' : '')
  const merged = (command: string) => `   git switch ${branch} && git pull && ${onServer(command)}`
  return [
    `Commit and push them, and open the pull request. When its check has succeeded, merge it and deploy:\n${merged('deploy')}`,
    writing('migrate', offer),
    `Commit and push them, open the pull request, and rehearse on its branch:\n   ${onServer('rehearse')}`,
    `When the check and the rehearsal have succeeded, merge it and migrate:\n${merged('migrate')}`,
  ]
}

function writing(step: string, offer: Offer): string {
  return `Write the lines of the ${step} pull request, on a new branch:\n   ${offer('plan', ` --write ${step}`)} && ${offer('validate', ' --fix')}`
}

type OfferWith = Invocation['offerWith']
type Given = { readonly [Name in RepeatedOption]?: string | undefined }

/** With the options without which a later command does not find here what this one found. */
function offerFor(setting: Setting, offerWith: OfferWith, key: Given): Offer {
  const { inventory, playbookPath, playbookRepository, knownHosts, github, reviewer } = setting
  const { hasVault, vaultPasswordFile = 'VAULT_PASSWORD_FILE' } = setting
  const unless = (isUsual: boolean, value: string) => (isUsual ? undefined : value)
  const given: Given = {
    inventory: unless(isUsualInventory(inventory), inventory),
    'playbook-path': unless(playbookPath === optionTexts['playbook-path'].standard, playbookPath),
    'playbook-repository': unless(playbookRepository === originalPlaybook, playbookRepository),
    'known-hosts': unless(knownHosts === optionTexts['known-hosts'].standard, knownHosts),
    'vault-password-file': unless(!hasVault, vaultPasswordFile),
    'account-plan': github.plan,
    reviewer,
    ...key,
  }
  return offerWith(name => given[name])
}
