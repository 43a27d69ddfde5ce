import { ToolkitError } from '../support/errors.ts'

/** Where texts stand that may quote a server or a tool; everything else is a word of ours, and stays as it is. */
const quoting: ReadonlySet<string> = new Set([
  'message',
  'detail',
  'failure',
  'warnings',
  'remedy',
  'where',
  'toolOutput',
  'rehearsal',
  'migration',
])

/** The same result with the texts masked that may quote what a server said: findings, proofs, reports and errors. */
export function maskResult<T>(result: T, mask: (text: string) => string): T {
  return maskValue(result, mask, false) as T
}

/** @returns the same error with its texts masked; a bug is left alone, for its stack is of use. */
export function maskError(error: unknown, mask: (text: string) => string): unknown {
  if (!(error instanceof ToolkitError)) return error
  const { kind, reason, message, where, meaning, remedy, cause } = error
  return new ToolkitError({
    kind,
    reason,
    what: mask(message),
    ...(where !== undefined && { where: mask(where) }),
    ...(meaning !== undefined && { meaning }),
    remedy: mask(remedy),
    cause,
  })
}

function maskValue(value: unknown, mask: (text: string) => string, isQuoting: boolean): unknown {
  if (typeof value === 'string') return isQuoting ? mask(value) : value
  if (value instanceof Error) return maskError(value, mask)
  if (Array.isArray(value)) return value.map(item => maskValue(item, mask, isQuoting))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, maskValue(item, mask, quoting.has(key))]),
  )
}
