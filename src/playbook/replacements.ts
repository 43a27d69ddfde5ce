/** A variable that a checkout rejects because it was renamed or removed. */
export interface Replacement {
  /** Matches whole names. */
  readonly matches: (name: string) => boolean
  /** The new name for a matching name; `undefined` if it is unknown or if the variable was removed. */
  readonly newName: (name: string) => string | undefined
  /** The playbook's text instead of a new name, such as `<removed>`. */
  readonly advice: string | undefined
  /** The playbook variable that disables this check if it is false. */
  readonly guard: string | undefined
}

const item = /\{\s*(['"])old\1:\s*(['"])(.*?)\2,\s*(['"])new\4:\s*(['"])(.*?)\5\s*\}/g
const asksForItems =
  /varnames'\s*,\s*\(?'\^'\s*\+\s*item(?:\.old)?\s*\+|item(?:\.old)? in vars\b|'match'\s*,\s*item\.old/
const literalPattern = /(?:varnames'|'key'\s*,\s*'match')\s*,\s*'(\^?[^']+)'/g
const bareItem = /^[ \t]*-[ \t]+['"]?([a-z][A-Za-z0-9_]{3,})['"]?\s*$/gm
const plainName = /^[a-z][A-Za-z0-9_]*$/
/** `old_` -> `new_`, `old_*` variables must be renamed to `new_*`, `old_x` is now `new_x`. */
const pair =
  /`(\w+)\*?`\s*(?:->|[^`\n]*renamed to|is now)\s*`(\w+)\*?`|\(`(\w+)\*?\s*->\s*(\w+)\*?`\)|`(\w+)\*?\s*->\s*(\w+)\*?`/g

/**
 * The renamed and removed variables that `tasks/validate_config.yml` of a role rejects. Read without a YAML parser for speed:
 * there are some hundred files, and each lists one variable per line.
 */
export function replacementsIn(text: string): readonly Replacement[] {
  return text.split(/^(?=- )/m).flatMap(task => [...renamesInLists(task), ...renamesByPattern(task)])
}

function renamesInLists(task: string): Replacement[] {
  if (!asksForItems.test(task)) return []
  const guard = guardOf(task)
  const pairs = [...task.matchAll(item)].map(([, , , old = '', , , now = '']) => ({ old, now }))
  const alone = / in vars\b|\+ item \+/.test(task) && pairs.length === 0
  const names = alone ? [...task.matchAll(bareItem)].map(([, old = '']) => ({ old, now: '' })) : []
  return [...pairs, ...names].flatMap(({ old, now }) => {
    const matches = matcher(`^${old}$`)
    if (!matches) return []
    const newName = plainName.test(now) ? () => now : prefixRename(old, now)
    const advice = newName(old) === undefined && now !== '' ? now : undefined
    return [{ matches, newName, advice, guard }]
  })
}

/** `matrix_riot_web_.*` -> `matrix_client_element_.*` */
function prefixRename(old: string, now: string): Replacement['newName'] {
  const from = /^(\w+)\.[*+]$/.exec(old)?.[1]
  const to = /^(\w+)\.[*+]$/.exec(now)?.[1]
  return name => (from === undefined || to === undefined ? undefined : to + name.slice(from.length))
}

function renamesByPattern(task: string): Replacement[] {
  const found = new Set([...task.matchAll(literalPattern)].map(([, pattern = '']) => pattern))
  const guard = guardOf(task)
  const renames = [...task.matchAll(pair)].flatMap(([, a, b, c, d, e, f]) => {
    const [old, now] = [a ?? c ?? e, b ?? d ?? f]
    return old !== undefined && now !== undefined ? [withoutCommonSuffix(old, now)] : []
  })
  return [...found].flatMap(pattern => {
    const matches = matcher(pattern.startsWith('^') ? pattern : `^${pattern}`)
    if (!matches) return []
    const newName = (name: string) => {
      const rename = renames.find(({ old }) => name.startsWith(old))
      return rename && rename.now + name.slice(rename.old.length)
    }
    return [{ matches, newName, advice: undefined, guard }]
  })
}

function withoutCommonSuffix(old: string, now: string): { old: string; now: string } {
  let length = 0
  while (length < Math.min(old.length, now.length) && old.at(-1 - length) === now.at(-1 - length)) length += 1
  return { old: old.slice(0, old.length - length), now: now.slice(0, now.length - length) }
}

function guardOf(task: string): string | undefined {
  return /^[ \t]*(?:-[ \t]+)?(?:when:[ \t]*)?(\w+_checks_enabled|\w+_validation_enabled) \| bool$/m.exec(
    task,
  )?.[1]
}

const pattern = /^\^(\w+)(?:\((\w+(?:\|\w+)*)\)(\w*))?(?:\.([*+]))?(\$?)$/

/**
 * A matcher for the regular expressions that the playbook uses here: a prefix, then one of some words, then any text. Other
 * expressions are never executed, because the checkout may come from a pull request.
 */
function matcher(expression: string): ((name: string) => boolean) | undefined {
  const parts = pattern.exec(expression)
  if (!parts) return undefined
  const [, head = '', words, tail = '', repeat, end] = parts
  const heads = words === undefined ? [head] : words.split('|').map(word => head + word + tail)
  const open = repeat !== undefined || end !== '$'
  const least = repeat === '+' ? 1 : 0
  return name =>
    heads.some(start =>
      open ? name.startsWith(start) && name.length >= start.length + least : name === start,
    )
}
