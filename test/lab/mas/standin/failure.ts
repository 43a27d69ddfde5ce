import process from 'node:process'

/** What ends the program with exit code 1: a sentence, and below it what caused it. */
export class Failure extends Error {
  readonly causes: readonly string[]

  constructor(message: string, causes: readonly string[] = []) {
    super(message)
    this.name = 'Failure'
    this.causes = causes
  }
}

/** `Error: TOP`, and `Caused by:` numbered where there is more than one cause (Rust's `anyhow`). */
export function formatFailure(failure: Failure): string {
  const lines = [`Error: ${failure.message}`]
  if (failure.causes.length > 0) {
    lines.push('', 'Caused by:')
    const only = failure.causes.length === 1
    lines.push(...failure.causes.map((cause, index) => (only ? `    ${cause}` : `    ${index}: ${cause}`)))
  }
  return lines.join('\n')
}

/** Prints what `Failure` says; anything else is a mistake in the stand-in and keeps its stack. */
export function reportFailure(error: unknown): void {
  if (error instanceof Failure) process.stderr.write(`${formatFailure(error)}\n`)
  else
    process.stderr.write(
      `Error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
}

interface DatabaseError {
  readonly message: string
  readonly code?: string
}

const systemErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused (os error 111)',
  ENOENT: 'No such file or directory (os error 2)',
  EACCES: 'Permission denied (os error 13)',
  ECONNRESET: 'Connection reset by peer (os error 104)',
  ETIMEDOUT: 'Connection timed out (os error 110)',
}

/** The chain of causes that sqlx shows for an error of PostgreSQL or of the way to it. */
export function databaseCauses(error: unknown): string[] {
  const { message, code } = asDatabaseError(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const text = 'failed to lookup address information: Name or service not known'
    return [`error communicating with database: ${text}`, text]
  }
  const system = code === undefined ? undefined : systemErrors[code]
  if (system !== undefined) return [`error communicating with database: ${system}`, system]
  return [`error returned from database: ${message}`, message]
}

/** The last link of such a chain for an error of the network, if it is a known one. */
export function systemCause(error: unknown): string[] {
  const { code } = asDatabaseError(error)
  const text = code === undefined ? undefined : systemErrors[code]
  return text === undefined ? [] : [text]
}

/** The one-line form that MAS puts into a sentence of its own. */
export function databaseMessage(error: unknown): string {
  return databaseCauses(error)[0] ?? 'unknown error'
}

function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof AggregateError && error.errors.length > 0) return asDatabaseError(error.errors[0])
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return code === undefined ? { message: error.message } : { message: error.message, code }
}
