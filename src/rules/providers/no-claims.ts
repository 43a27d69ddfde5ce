import { client, eachProvider, id, issuer, providerList } from '../facts/providers.ts'
import { editText } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const provider = (...lines: readonly string[]) => providerList(id, issuer, ...client, ...lines)

export const providerNoClaims = defineRule({
  id: 'providers/no-claims',
  severity: 'error',
  why: 'Without `openid` in the scope, a service sends no ID token. Unless MAS also asks the userinfo endpoint, it does not learn who logs in, and every login through this provider fails.',
  remedy: 'Add `openid` to `scope`. For a service without OpenID Connect, set `fetch_userinfo: true`.',
  examples: {
    wrong: [
      provider('scope: "profile email"'),
      provider('scope: email', 'fetch_userinfo: false'),
      provider('scope: "read:user openid2"'),
    ],
    right: [
      provider('scope: "openid profile"'),
      provider('scope: "email openid"'),
      provider(),
      provider('scope:'),
      provider('scope: "read:user"', 'fetch_userinfo: true'),
      provider('scope: "{{ scopes }}"'),
      provider('scope: email', 'fetch_userinfo: "{{ x }}"'),
      provider('scope: "name email"').replace('https://idp.example.test/', 'https://appleid.apple.com'),
    ],
  },
  check: ({ host }) =>
    eachProvider(host).flatMap(({ name, definition, part, text }) => {
      const scope = part('scope')
      const fetches = part('fetch_userinfo')
      const mayFetch = fetches && (fetches.kind !== 'boolean' || fetches.value)
      // Apple sends an ID token in any case.
      const isApple = text('issuer')?.startsWith('https://appleid.apple.com')
      if (scope?.kind !== 'string' || mayFetch || isApple) return []
      if (scope.value.split(/\s+/).includes('openid')) return []
      const message = `${name} asks for no \`openid\` and does not fetch the user info`
      return [{ message, place: scope.place, suggestion: editText(definition, scope, { before: 'openid ' }) }]
    }),
})
