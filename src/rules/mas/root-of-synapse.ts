import {
  hostnameVariable,
  masAddress,
  matrixHost,
  matrixHostVariable,
  pathPrefixVariable,
} from '../facts/hostname.ts'
import { live } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const domain = `${live}matrix_domain: example.test\n`

export const rootOfSynapse = defineRule({
  id: 'mas/root-of-synapse',
  severity: 'warning',
  why: 'MAS receives every request on this host that no Synapse rule matches. It takes over the redirect of the front page. It also takes over services below a path of this host, unless their rule is longer than the rule of MAS.',
  remedy: `Give MAS a path such as \`/auth\` in \`${pathPrefixVariable}\`, or its own host name in \`${hostnameVariable}\`.`,
  examples: {
    wrong: [
      `${domain}${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: matrix.example.test\n${pathPrefixVariable}: /`,
      `${live}${matrixHostVariable}: m.example.test\n${hostnameVariable}: M.example.test\n${pathPrefixVariable}: /`,
    ],
    right: [
      domain,
      `${domain}${pathPrefixVariable}: /auth`,
      `${domain}${hostnameVariable}: auth.example.test\n${pathPrefixVariable}: /`,
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
