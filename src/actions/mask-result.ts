import { ToolkitError } from '../support/errors.ts'
import { isRecord } from '../support/json.ts'

/**
 * Fields that hold only words of this toolkit, names from the inventory, digests and times. A program reads them, so they stay as they
 * are. Every other text is masked: a new field is masked until it is listed here.
 */
const safeFields: ReadonlySet<string> = new Set([
  'actual',
  'after',
  'at',
  'before',
  'commandDigest',
  'commit',
  'dialect',
  'digest',
  'file',
  'host',
  'id',
  'kind',
  'name',
  'operation',
  'outcome',
  'page',
  'rehearsedAt',
  'result',
  'run',
  'schema',
  'severity',
  'stage',
  'stageAfter',
  'startedAt',
  'verdict',
])

/** The same result with every text masked that may quote a server or a tool. */
export function maskResult<T>(result: T, mask: (text: string) => string): T {
  return maskValue(result, mask, false) as T
}

/** @returns the same error with its texts masked. A bug keeps its stack. */
export function maskError(error: unknown, mask: (text: string) => string): unknown {
  if (!(error instanceof ToolkitError)) return error
  const { reason, message, where, meaning, remedy, cause } = error
  return new ToolkitError({
    reason,
    what: mask(message),
    ...(where !== undefined && { where: mask(where) }),
    ...(meaning !== undefined && { meaning: mask(meaning) }),
    remedy: mask(remedy),
    cause,
  })
}

function maskValue(value: unknown, mask: (text: string) => string, isSafe: boolean): unknown {
  if (typeof value === 'string') return isSafe ? value : mask(value)
  if (value instanceof Error) return maskError(value, mask)
  if (Array.isArray(value)) return value.map(item => maskValue(item, mask, false))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, maskValue(item, mask, safeFields.has(key))]),
  )
}
