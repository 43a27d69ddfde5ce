import type { Bare } from '../value.ts'

const boolean = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
const truthy = /^(?:yes|true|on)$/i
const nothing = /^(?:~|null|Null|NULL|)$/
const binary = /^[-+]?0b[01_]+$/
const octal = /^[-+]?0[0-7_]+$/
const decimal = /^[-+]?(?:0|[1-9][0-9_]*)$/
const hexadecimal = /^[-+]?0x[0-9a-fA-F_]+$/
const sexagesimal = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/
const float = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/
const sexagesimalFloat = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/
const infinite = /^[-+]?\.(?:inf|Inf|INF)$/
const notANumber = /^\.(?:nan|NaN|NAN)$/
const date = /^\d{4}-\d\d-\d\d$/
const time =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?(?:[ \t]*(?:Z|[-+](\d\d?)(?::(\d\d))?))?$/
/** Python rejects numbers with more digits. */
const maxDigits = 4300

/**
 * Gives an unquoted YAML scalar the same type as PyYAML's SafeLoader: YAML 1.1 with PyYAML's own patterns.
 *
 * @returns `undefined` if PyYAML fails: at an invalid date or number, and at `=` and `<<`.
 */
export function plainScalar(text: string): Bare | undefined {
  if (text === '=' || text === '<<') return undefined
  if (!/^(?:[-+.0-9~nNyYtTfFoO]|$)/.test(text)) return { kind: 'string', value: text }
  if (nothing.test(text)) return { kind: 'null' }
  if (boolean.test(text)) return { kind: 'boolean', value: truthy.test(text) }
  if (!/^[-+.0-9]/.test(text)) return { kind: 'string', value: text }
  if (text.charAt(4) === '-' && (date.test(text) || time.test(text)))
    return isDate(text) ? { kind: 'date', text } : undefined
  if (isInteger(text)) return integer(text)
  return floating(text) ?? { kind: 'string', value: text }
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split(/[-Tt \t]+/, 3).map(Number)
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days) return false
  const [hour = 0, minute = 0, second = 0, zone = 0] =
    time
      .exec(text)
      ?.slice(4, 8)
      .map(part => Number(part ?? 0)) ?? []
  return hour < 24 && minute < 60 && second < 60 && zone < 24
}

function isInteger(text: string): boolean {
  return [binary, octal, decimal, hexadecimal, sexagesimal].some(pattern => pattern.test(text))
}

function integer(text: string): Bare | undefined {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '')
  if (digits.length > maxDigits) return undefined
  const magnitude = integerMagnitude(digits)
  if (magnitude === undefined) return undefined
  return { kind: 'integer', value: text.startsWith('-') ? -magnitude : magnitude }
}

/** `undefined` for digits such as `0b` alone. */
function integerMagnitude(digits: string): bigint | undefined {
  if (digits === '0b' || digits === '0x') return undefined
  if (/^0[bx]/.test(digits)) return BigInt(digits)
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  return digits.length > 1 && digits.startsWith('0') ? BigInt(`0o${digits}`) : BigInt(digits)
}

function floating(text: string): Bare | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  if (infinite.test(text)) return { kind: 'float', value: sign * Infinity }
  if (notANumber.test(text)) return { kind: 'float', value: Number.NaN }
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '')
  if (float.test(text)) return { kind: 'float', value: sign * Number(digits) }
  if (!sexagesimalFloat.test(text)) return undefined
  return { kind: 'float', value: sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) }
}
