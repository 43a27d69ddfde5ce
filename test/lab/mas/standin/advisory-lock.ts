import { hkdfSync } from 'node:crypto'

/**
 * The number that stands for a named lock of MAS in PostgreSQL, the same as the real one's (sqlx's `PgAdvisoryLock`),
 * so that the two shut each other out. As text: PostgreSQL's `bigint` does not fit into a number of JavaScript.
 */
export function advisoryLock(name: string): string {
  const key = Buffer.from(hkdfSync('sha256', name, '', 'SQLx (Rust) Postgres advisory lock', 8))
  return key.readBigInt64LE(0).toString()
}
