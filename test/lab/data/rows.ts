import type { Account } from './accounts.ts'
import type { Plan } from './plan.ts'

type Cell = string | number | boolean | undefined

/** One COPY of a table. `lines` are in COPY's text format, one row each. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly lines: readonly string[]
}

/** Above what a running Synapse counts up to by itself: it takes the highest id there is when it starts, and adds one from memory. */
export const firstTokenId = 10_000_000

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function cellText(cell: Cell): string {
  if (cell === undefined) return '\\N'
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  if (typeof cell === 'number') return String(cell)
  return cell.replace(/[\\\t\n\r]/g, character => escapes[character] ?? character)
}

function rowsOf(
  table: string,
  columns: readonly string[],
  accounts: readonly Account[],
  cells: (account: Account) => readonly (readonly Cell[])[],
): TableRows {
  const lines = accounts.flatMap(account => cells(account).map(row => row.map(cellText).join('\t')))
  return { table, columns, lines }
}

const smallint = (value: boolean): number => (value ? 1 : 0)

function accountTables(accounts: readonly Account[]): TableRows[] {
  return [
    rowsOf(
      'users',
      [
        'name',
        'password_hash',
        'creation_ts',
        'admin',
        'is_guest',
        'appservice_id',
        'deactivated',
        'approved',
        'locked',
      ],
      accounts,
      account => [
        [
          account.userId,
          account.password?.hash,
          account.createdAt,
          smallint(account.admin),
          smallint(account.guest),
          account.appservice,
          smallint(account.deactivated),
          true,
          account.locked,
        ],
      ],
    ),
    rowsOf('profiles', ['user_id', 'displayname', 'full_user_id'], accounts, account => [
      [account.localpart, account.displayName, account.userId],
    ]),
    rowsOf('user_external_ids', ['auth_provider', 'external_id', 'user_id'], accounts, account =>
      account.links.map(link => [link.provider, link.subject, account.userId]),
    ),
    rowsOf(
      'user_threepids',
      ['user_id', 'medium', 'address', 'validated_at', 'added_at'],
      accounts,
      account => {
        const row = (medium: string, address: string): Cell[] => [
          account.userId,
          medium,
          address,
          account.createdAt * 1000,
          account.createdAt * 1000,
        ]
        return [
          ...account.emails.map(mail => row('email', mail)),
          ...account.phones.map(to => row('msisdn', to)),
        ]
      },
    ),
  ]
}

function sessionTables(accounts: readonly Account[]): TableRows[] {
  const refreshIds = new Map<string, number>()
  for (const token of accounts.flatMap(account => account.tokens))
    if (token.refresh !== undefined) refreshIds.set(token.refresh.token, firstTokenId + refreshIds.size)
  let tokenId = firstTokenId
  return [
    rowsOf(
      'devices',
      ['user_id', 'device_id', 'display_name', 'last_seen', 'ip', 'user_agent', 'hidden'],
      accounts,
      account =>
        account.devices.map(device => [
          account.userId,
          device.id,
          device.displayName,
          device.lastSeenMs,
          device.ip,
          device.ip === undefined ? undefined : 'Mozilla/5.0',
          device.hidden,
        ]),
    ),
    rowsOf('refresh_tokens', ['id', 'user_id', 'device_id', 'token', 'next_token_id'], accounts, account =>
      account.tokens.flatMap(({ refresh, deviceId }) =>
        refresh === undefined
          ? []
          : [
              [
                refreshIds.get(refresh.token),
                account.userId,
                deviceId,
                refresh.token,
                refresh.next === undefined ? undefined : refreshIds.get(refresh.next),
              ],
            ],
      ),
    ),
    rowsOf(
      'access_tokens',
      [
        'id',
        'user_id',
        'device_id',
        'token',
        'valid_until_ms',
        'puppets_user_id',
        'refresh_token_id',
        'used',
      ],
      accounts,
      account =>
        account.tokens.map(token => [
          tokenId++,
          account.userId,
          token.deviceId,
          token.token,
          token.validUntilMs,
          token.puppets,
          token.refresh === undefined ? undefined : refreshIds.get(token.refresh.token),
          token.used ?? false,
        ]),
    ),
  ]
}

/** The plan as rows of Synapse's tables, in an order that satisfies its foreign keys. */
export function rowsOfPlan(plan: Plan): TableRows[] {
  return [...accountTables(plan.accounts), ...sessionTables(plan.accounts)]
}

/**
 * SQL for psql's standard input: each text is one transaction of COPY statements with their rows inline, at most about
 * `limit` characters long, to be run in order.
 */
export function copyStatements(tables: readonly TableRows[], limit = 4_000_000): string[] {
  return tables.flatMap(({ table, columns, lines }) => {
    const pieces: string[][] = []
    let room = 0
    for (const line of lines) {
      const piece = pieces.at(-1)
      if (piece === undefined || room < line.length) {
        pieces.push([line])
        room = limit - line.length
      } else {
        piece.push(line)
        room -= line.length + 1
      }
    }
    return pieces.map(
      piece => `COPY ${table} (${columns.join(', ')}) FROM STDIN;\n${piece.join('\n')}\n\\.\n`,
    )
  })
}
