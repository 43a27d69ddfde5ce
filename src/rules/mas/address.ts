import type { Suggestion } from '../../domain/finding.ts'
import { type Definition, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { isOpaque, type Value } from '../../inventory/value.ts'
import {
  hostnameVariable,
  masAddress,
  matrixHost,
  matrixHostVariable,
  pathPrefixVariable,
} from '../facts/hostname.ts'
import { ownText, whereWrong } from '../facts/values.ts'
import { editText } from '../kit/fix.ts'
import { defineRule, live, off, prepared, vault, withEach } from '../kit/rule.ts'

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostname = new RegExp(`^${label}(?:\\.${label})+$`, 'i')

export const masHostnameForm = defineRule({
  id: 'mas/hostname-form',
  severity: 'error',
  why: `The playbook builds the URL of MAS and the rule of the reverse proxy from \`${hostnameVariable}\`. Anything other than a host name results in a URL that does not work.`,
  remedy: 'Write only the host name, such as `auth.example.com`: no `https://`, no port, no path.',
  examples: {
    wrong: [
      ...withEach(live, hostnameVariable, 'https://auth.example.test', 'auth.example.test/'),
      ...withEach(live, hostnameVariable, 'auth.example.test:8443', 'auth example', "''", '12', 'localhost'),
    ],
    right: [
      live,
      ...withEach(live, hostnameVariable, 'auth.example.test', 'AUTH.example.test'),
      ...withEach(live, hostnameVariable, 'xn--bcher-kva.example.test', '"auth.{{ matrix_domain }}"'),
      `${hostnameVariable}: https://auth.example.test`,
    ],
  },
  check: ({ host }) =>
    whereWrong(host, hostnameVariable, value => {
      const isValid = value.kind === 'string' && hostname.test(value.value) && value.value.length <= 253
      return isValid ? undefined : 'is not a valid host name'
    }),
})

const prefix = /^(?:\/[A-Za-z0-9._~-]+)+$/

export const masPathPrefixForm = defineRule({
  id: 'mas/path-prefix-form',
  severity: 'error',
  why: `The playbook builds the URL of MAS and the rule of the reverse proxy from \`${pathPrefixVariable}\` without changing it. A wrong form results in URLs with two slashes or none.`,
  remedy: 'Write `/`, or a path that starts with a slash and does not end with one, such as `/auth`.',
  examples: {
    wrong: [
      ...withEach(live, pathPrefixVariable, '/auth/', 'auth', "''", 'https://matrix.example.test/auth'),
      ...withEach(live, pathPrefixVariable, '//auth', '/_matrix', '12'),
    ],
    right: [
      live,
      ...withEach(live, pathPrefixVariable, '/', '/auth', '/login/mas', '"{{ prefix }}"'),
      `${pathPrefixVariable}: auth/`,
    ],
  },
  check: ({ host }) => {
    const { value, definition } = host.variable(pathPrefixVariable)
    if (!definition || isOpaque(value)) return []
    const text = value.kind === 'string' ? value.value : ''
    if (/^\/(?:_matrix|_synapse|\.well-known)(?:\/|$)/.test(text)) {
      return [
        {
          message: `\`${pathPrefixVariable}\` is a path that the homeserver uses itself`,
          place: value.place,
        },
      ]
    }
    if (text === '/' || prefix.test(text)) return []
    const message = `\`${pathPrefixVariable}\` must be \`/\`, or start with a slash and not end with one`
    return [{ message, place: value.place, suggestion: fixOf(definition, value, text) }]
  },
})

/** A fix if only one slash is wrong. */
function fixOf(definition: Definition, value: Value, text: string): Suggestion | undefined {
  if (prefix.test(`/${text}`)) return editText(definition, value, { before: '/' })
  const tooMany = /(?<!\/)\/+$/.exec(text)?.[0].length ?? 0
  return tooMany > 0 && prefix.test(text.slice(0, -tooMany))
    ? editText(definition, value, { drop: tooMany, after: '' })
    : undefined
}

const domain = 'matrix_domain: example.test\n'

export const rootOfSynapse = defineRule({
  id: 'mas/root-of-synapse',
  severity: 'warning',
  why: 'MAS receives every request on this host that no Synapse rule matches. It takes over the redirect of the front page. It also takes over services below a path of this host, unless their rule is longer than the rule of MAS.',
  remedy: `Give MAS a path such as \`/auth\` in \`${pathPrefixVariable}\`, or its own host name in \`${hostnameVariable}\`.`,
  examples: {
    wrong: [
      `${live}${domain}${pathPrefixVariable}: /`,
      `${live}${domain}${hostnameVariable}: matrix.example.test\n${pathPrefixVariable}: /`,
      `${live}${matrixHostVariable}: m.example.test\n${hostnameVariable}: M.example.test\n${pathPrefixVariable}: /`,
    ],
    right: [
      live + domain,
      `${live}${domain}${pathPrefixVariable}: /auth`,
      `${live}${domain}${hostnameVariable}: auth.example.test\n${pathPrefixVariable}: /`,
      `${live}${pathPrefixVariable}: /`,
    ],
  },
  check: ({ host }) => {
    const mas = masAddress(host)
    if (mas?.prefix !== '/' || mas.hostname !== matrixHost(host)) return []
    const place = ownText(host, pathPrefixVariable)?.value.place
    return [{ message: 'MAS uses the root path on the host of Synapse', place }]
  },
})

const own = `${hostnameVariable}: auth.example.test\n`

export const masHostnameNeedsDns = defineRule({
  id: 'mas/hostname-needs-dns',
  severity: 'notice',
  needs: 'base',
  why: 'The host name is new. Without a DNS record the reverse proxy cannot get a certificate, and MAS is unreachable.',
  remedy:
    'Before you merge this change, create a DNS record that points to the server, such as a CNAME to the host name of Synapse.',
  examples: {
    wrong: [
      { base: off + domain, vars: prepared + domain + own },
      {
        base: prepared + domain + own,
        vars: `${prepared}${domain}${hostnameVariable}: login.example.test\n`,
      },
      { base: { vars: off + domain, files: vault }, vars: prepared + domain + own, files: vault },
    ],
    right: [
      { base: prepared + domain + own, vars: live + domain + own },
      { base: off + domain, vars: prepared + domain },
      { base: off + domain, vars: `${prepared}${domain}${hostnameVariable}: matrix.example.test\n` },
      { base: off + domain, vars: `${prepared}${domain}${hostnameVariable}: "{{ auth }}"\n` },
      prepared + domain + own,
    ],
  },
  check: ({ host, base }) => {
    const hostname = ownText(host, hostnameVariable)
    if (!hostname || !base || hostname.text.toLowerCase() === matrixHost(host)) return []
    if (base.host && isKnownTo(base.host, hostname.text)) return []
    return [{ message: 'the host name of MAS is new and needs a DNS record', place: hostname.value.place }]
  },
})

/** Whether the base has the same name, or one that cannot be read. */
function isKnownTo(before: Host, hostname: string): boolean {
  const own = ownText(before, hostnameVariable)
  const { definition } = before.variable(hostnameVariable)
  return own ? own.text === hostname : definition !== undefined && !isOfPlaybook(definition)
}
