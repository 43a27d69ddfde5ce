import type { Suggestion } from '../../domain/finding.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Value } from '../../inventory/value.ts'
import { pathPrefixVariable as name } from '../facts/hostname.ts'
import { live } from '../facts/stages.ts'
import { editText } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const prefix = /^(?:\/[A-Za-z0-9._~-]+)+$/

export const masPathPrefixForm = defineRule({
  id: 'mas/path-prefix-form',
  severity: 'error',
  why: 'The playbook builds the URL of MAS and the rule of the reverse proxy from this value without changing it. A wrong form results in URLs with two slashes or none.',
  remedy: 'Write `/`, or a path that starts with a slash and does not end with one, such as `/auth`.',
  examples: {
    wrong: [
      `${live}${name}: /auth/`,
      `${live}${name}: auth`,
      `${live}${name}: ''`,
      `${live}${name}: https://matrix.example.test/auth`,
      `${live}${name}: //auth`,
      `${live}${name}: /_matrix`,
      `${live}${name}: 12`,
    ],
    right: [
      live,
      `${live}${name}: /`,
      `${live}${name}: /auth`,
      `${live}${name}: /login/mas`,
      `${live}${name}: "{{ prefix }}"`,
      `${name}: auth/`,
    ],
  },
  check: ({ host }) => {
    const { value, definition } = host.variable(name)
    if (!definition || value.kind === 'unknown' || value.kind === 'vault') return []
    const text = value.kind === 'string' ? value.value : ''
    if (/^\/(?:_matrix|_synapse|\.well-known)(?:\/|$)/.test(text)) {
      return [{ message: `\`${name}\` is a path that the homeserver uses itself`, place: value.place }]
    }
    if (text === '/' || prefix.test(text)) return []
    const message = `\`${name}\` must be \`/\`, or start with a slash and not end with one`
    return [{ message, place: value.place, suggestion: fixOf(definition, value, text) }]
  },
})

/** A fix if only one slash is wrong. */
function fixOf(definition: Definition, value: Value, text: string): Suggestion | undefined {
  if (prefix.test(`/${text}`)) return editText(definition, value, { before: '/' })
  const tooMany = /\/+$/.exec(text)?.[0].length ?? 0
  return tooMany > 0 && prefix.test(text.slice(0, -tooMany))
    ? editText(definition, value, { drop: tooMany, after: '' })
    : undefined
}
