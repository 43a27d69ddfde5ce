import type { Place } from '../../domain/finding.ts'
import { limits } from './limits.ts'
import { type ReadingProblem, syntaxProblem } from './problem.ts'

const portSuffix = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/
const bracketed = /^\[(.+)\]:(\d+)$/
const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const hostName = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{N}_-]*)*$/u
const ipv6 = /^[0-9a-fA-F:]+(?:\d{1,3}(?:\.\d{1,3}){3})?$/

export interface HostPattern {
  readonly names: readonly string[]
  readonly port: number | undefined
}

/**
 * The hosts of an inventory entry: `host`, `host:2222`, `[::1]:22`, `web[01:50:2].example`, `db[a:c]`.
 *
 * @throws ReadingProblem whose message quotes only numbers.
 */
export function hostPattern(text: string, place: Place): HostPattern {
  const match = bracketed.exec(text) ?? portSuffix.exec(text)
  const [, host = text, port] = match ?? []
  if (text.endsWith(':') && !match && !ipv6.test(text)) {
    throw syntaxProblem('a host name cannot end with a colon', place)
  }
  const names = ipv6.test(host) && host.includes(':') ? [host] : expand(host, place)
  for (const name of names) {
    if (!hostName.test(name) && !(ipv6.test(name) && name.includes(':'))) {
      throw syntaxProblem('this is not a host name', place)
    }
  }
  return { names, port: port === undefined ? undefined : Number(port) }
}

function expand(text: string, place: Place): string[] {
  const open = text.indexOf('[')
  if (open < 0) return [text]
  const close = text.indexOf(']', open)
  if (close < 0) throw syntaxProblem('a range is not closed', place)
  const heads = range(text.slice(open + 1, close), place)
  const tails = expand(text.slice(close + 1), place)
  if (heads.length * tails.length > limits.hosts) throw tooMany(place)
  return heads.flatMap(head => tails.map(tail => text.slice(0, open) + head + tail))
}

function range(text: string, place: Place): string[] {
  const [begin = '', end = '', stepText = '1', ...more] = text.split(':')
  if (more.length > 0 || end === '')
    throw syntaxProblem('a range must have the form `[begin:end]` or `[begin:end:step]`', place)
  const step = Number(stepText)
  if (!/^\d+$/.test(stepText) || step === 0)
    throw syntaxProblem('the step of a range must be a number above 0', place)
  if (/^[a-zA-Z]$/.test(begin) && /^[a-zA-Z]$/.test(end)) {
    const [from, to] = [alphabet.indexOf(begin), alphabet.indexOf(end)]
    if (from > to) throw syntaxProblem('a range cannot count backwards', place)
    return steps(from, to, step, place).map(index => alphabet.charAt(index))
  }
  const start = begin === '' ? '0' : begin
  if (!/^\d+$/.test(start) || !/^\d+$/.test(end)) {
    throw syntaxProblem('a range must have two numbers or two letters', place)
  }
  const padded = start.length > 1 && start.startsWith('0')
  if (padded && start.length !== end.length) {
    throw syntaxProblem('both ends of a range with leading zeros must have the same length', place)
  }
  return steps(Number(start), Number(end), step, place).map(value =>
    String(value).padStart(padded ? start.length : 0, '0'),
  )
}

function steps(from: number, to: number, step: number, place: Place): number[] {
  const count = Math.max(0, Math.floor((to - from) / step) + 1)
  if (!(count <= limits.hosts)) throw tooMany(place)
  return Array.from({ length: count }, (_, index) => from + index * step)
}

function tooMany(place: Place): ReadingProblem {
  return syntaxProblem(`a range has more than ${limits.hosts} hosts`, place)
}
