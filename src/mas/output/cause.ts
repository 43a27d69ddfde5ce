import { createMasker } from '../../support/redaction.ts'

const masker = createMasker()
const longestShown = 300
/** What is read for it: the time for one long word grows with its square. */
const longestRead = 10_000

/** A text of a tool for people: on one line, masked, shortened and without account names, because it may contain anything. */
export function shownText(text: string): string {
  return masker
    .mask(text)
    .slice(0, longestRead)
    .replace(/(?<=\)=)\([^)\n]*\)/g, '(…)')
    .replace(/@[^\s"'`),\]]+|[^\s"'`(,[]+@[^\s"'`),\]]+/g, '@…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestShown)
}

/**
 * The cause that a failing tool gives in a message, for people; empty where there is none. Forms: the innermost of `Caused by:`
 * (anyhow, in `mas-cli`), the fields `error` and `error.sources` of a log line, the keys of a `ZodError` and the first line of an
 * error of Node, the message of a panic. Stacks are left out.
 */
export function causeOf(text: string): string {
  const message = withoutStack(text)
  const [top = '', causes] = message.split(/^Caused by:\s*$/m)
  const cause = causes === undefined ? causeIn(top) : innermost(causes)
  return shownText(plainCause(cause))
}

function withoutStack(text: string): string {
  const [message = ''] = text.split(/^(?:Stack )?backtrace:/im)
  const isOfStack = (line: string) =>
    /^\s*(?:at (?:async )?(?:\S+ )*\(?\S*:\d|at \.\/|\d+: <unknown>|note: )/.test(line)
  return message
    .split('\n')
    .filter(line => !isOfStack(line))
    .join('\n')
}

/** anyhow numbers the causes if there are several, and indents their further lines. */
function innermost(causes: string): string {
  return causes.split(/^[ \t]+\d+: /m).at(-1) ?? ''
}

function causeIn(text: string): string {
  if (text.includes('ZodError')) return zodIssues(text)
  const [, field] = /\berror=(.*?)(?: error\.sources=|$)/s.exec(text) ?? []
  const [, panic] = /^thread '.*' .*panicked at [^\n]*\n([\s\S]*)/.exec(text) ?? []
  // Node prints the properties of an error in braces after its message.
  const [line = ''] = (field ?? panic ?? text).trim().split(/ \{$|\n\s*\n/m)
  return line.replace(/^(?:Uncaught )?(?:\w*Error|error|docker): (?:Error response from daemon: )?/, '')
}

/** The keys that zod rejects, outermost only: those of a union repeat. */
function zodIssues(text: string): string {
  const issues = [...text.matchAll(/"path": \[([^\]]*)\],\s*"message": "((?:[^"\\]|\\.)*)"/g)].map(
    ([, path = '', message = '']) => {
      const keys = [...path.matchAll(/"([^"]*)"|(\d+)/g)].map(([, key, index]) => key ?? index)
      return `\`${keys.join('.')}\`: ${message}`
    },
  )
  const told = issues.filter(issue => !issue.endsWith(': Invalid input'))
  return [...new Set(told.length > 0 ? told : issues)].slice(0, 5).join(', ')
}

/** A rejected value may be a secret; its key is enough. */
function plainCause(cause: string): string {
  return cause
    .replace(/\berror returned from database: /g, '')
    .replace(/\bfound ([\w ]+?) (?:"(?:[^"\\]|\\.)*"|`[^`]*`)/g, 'found $1')
    .replace(/^([^:\n]+?): \1$/, '$1')
}
