import { connectionVariable, connectionVariables } from '../../inventory/connection.ts'
import type { Host } from '../../inventory/inventory.ts'
import { changeBetween, changeOf } from '../facts/change-compare.ts'
import { fileText } from '../facts/source.ts'
import { defineRule, type InventoryContext, off } from '../kit/rule.ts'

/** What decides which machine Ansible connects to. */
const address = [connectionVariables.address, connectionVariables.port]
const keys = 'inventory/known_hosts'
const hosts = 'inventory/hosts'
const at = (line: string) => `[matrix_servers]\nmatrix.example.test ${line}\n`
const repository = (line: string, key: string) => ({
  vars: off,
  files: { [hosts]: at(line), [keys]: `192.0.2.7 ssh-ed25519 ${key}\n` },
})
const old = repository('ansible_host=192.0.2.7', 'AAAA')

export const otherServer = defineRule({
  id: 'change/other-server',
  severity: 'error',
  needs: 'base',
  why: 'The next run connects to another machine and sends it all secrets of this host. If the host keys change too, nothing proves that it is your server.',
  remedy:
    'If the server moved, check its host key over another channel, such as the console of the provider, and accept this finding in `accepted-findings.yml`. Do not change the vars of the host in the same pull request.',
  examples: {
    wrong: [
      { base: old, ...repository('ansible_host=198.51.100.9', 'BBBB') },
      { base: old, ...repository('ansible_host=198.51.100.9', 'AAAA') },
      { base: old, ...repository('', 'AAAA') },
      { base: old, ...repository('ansible_host=192.0.2.7 ansible_port=2222', 'AAAA') },
      { base: old, ...repository('ansible_host=192.0.2.7 ansible_ssh_host=198.51.100.9', 'AAAA') },
      {
        base: repository('ansible_ssh_port=2222 ansible_port=22', 'AAAA'),
        ...repository('ansible_port=22', 'AAAA'),
      },
    ],
    right: [
      { base: old, ...old },
      { base: old, ...repository('ansible_host=192.0.2.7', 'BBBB') },
      { base: old, ...repository('ansible_host="{{ address }}"', 'AAAA') },
      { base: old, ...repository('ansible_ssh_host=192.0.2.7', 'AAAA') },
      { base: old, ...repository('ansible_host=198.51.100.9 ansible_ssh_host=192.0.2.7', 'AAAA') },
      { base: { files: { [hosts]: '[matrix_servers]\nother.example.test\n' } }, ...old },
      old,
    ],
  },
  checkAll: context =>
    context.hosts.flatMap(({ host, base }) => {
      const before = base?.host
      const name = before && address.map(names => changedName(before, host, names)).find(Boolean)
      if (name === undefined) return []
      const keysChange = knownHosts(context, 'repository') !== knownHosts(context, 'base')
      const place = host.variable(name).value?.place ?? host.place
      const message = keysChange
        ? `\`${name}\` and the pinned host keys change together`
        : `\`${name}\` changes: the host is another machine`
      const severity = keysChange ? undefined : ('warning' as const)
      return [{ message, severity, place, host: host.name }]
    }),
})

/** The name that decides, if its value is another one than before. Of two names, one decides. */
function changedName(before: Host, host: Host, names: readonly string[]): string | undefined {
  const [old, now] = [connectionVariable(before, names), connectionVariable(host, names)]
  if (old?.value && now?.value)
    return changeBetween(old.value, now.value) === 'changed' ? now.name : undefined
  const name = (now ?? old)?.name
  const change = name === undefined ? 'same' : changeOf(before, host, name)
  return change === 'added' || change === 'removed' ? name : undefined
}

/** The pinned host keys beside the inventory, at the default of the input `known-hosts`. */
function knownHosts(context: InventoryContext, side: 'repository' | 'base'): string {
  const read = context[side]
  return (read?.inventory.folders ?? [])
    .map(
      folder => (read && fileText(read.files, folder === '' ? 'known_hosts' : `${folder}/known_hosts`)) ?? '',
    )
    .join('\n')
}
