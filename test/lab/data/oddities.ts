import type { Account } from './accounts.ts'

/** Changes the last few accounts into what old servers really hold, and no tool complains of. */
export function withOddities(accounts: readonly Account[], serverName: string): Account[] {
  const [first] = accounts
  const changes: ((account: Account) => Account)[] = [
    account => renamed(account, capitalised(first?.localpart ?? account.localpart), serverName),
    account => renamed(account, `ünïcode.${account.localpart.slice(-6)}`, serverName),
    account => ({ ...account, emails: [`Mixed.Case.${account.localpart.slice(-6)}@Mail.Example`] }),
    account => ({
      ...account,
      devices: account.devices.map(device => ({ ...device, ip: 'not an address' })),
    }),
    account => ({
      ...account,
      devices: [],
      tokens: account.tokens.filter(token => token.refresh === undefined),
    }),
  ]
  const odd = [...accounts]
  let at = odd.length
  for (const change of changes) {
    do at -= 1
    while (at > 0 && odd[at]?.kind !== 'password')
    const account = odd[at]
    if (account !== undefined) odd[at] = change(account)
  }
  return odd
}

function capitalised(localpart: string): string {
  return `${localpart.charAt(0).toUpperCase()}${localpart.slice(1)}`
}

function renamed(account: Account, localpart: string, serverName: string): Account {
  return { ...account, localpart, userId: `@${localpart}:${serverName}` }
}
