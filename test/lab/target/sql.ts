import { docker } from '../engine/docker.ts'
import type { Engine } from '../engine/ground.ts'
import { targetName } from './target.ts'

/**
 * Runs SQL as PostgreSQL's superuser in one psql session, statements and COPY data on its standard input.
 * Gives rows of cells as text; NULL is the empty text. Throws psql's own message.
 */
export async function psql(engine: Engine, database: string, text: string): Promise<string[][]> {
  const ran = await docker(
    engine,
    [
      ...['exec', '--interactive', targetName],
      ...[
        'docker',
        'exec',
        '--interactive',
        '--env-file=/matrix/postgres/env-postgres-psql',
        'matrix-postgres',
      ],
      ...[
        'psql',
        '-h',
        '/run/postgresql',
        '-d',
        database,
        '-v',
        'ON_ERROR_STOP=1',
        '-X',
        '-q',
        '-t',
        '--csv',
      ],
    ],
    { input: text },
  )
  if (ran.code !== 0) throw new Error(`psql on ${database}: ${ran.stderr.trim() || `code ${ran.code}`}`)
  return parseCsv(ran.stdout)
}

/** Rows of CSV as psql writes it: cells with commas, quotes or line breaks are in double quotes, quotes doubled. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}
