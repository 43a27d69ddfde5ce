import { wasLive } from '../facts/change-compare.ts'
import { hostnameVariable, masAddress, pathPrefixVariable } from '../facts/hostname.ts'
import { live, prepared } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const domain = 'matrix_domain: example.test\n'
const at = (stage: string, ...lines: readonly string[]) => `${stage}${domain}${lines.join('\n')}\n`

export const masAddressChanged = defineRule({
  id: 'change/mas-address',
  severity: 'warning',
  stages: ['live'],
  needs: 'base',
  why: 'The issuer is made of the address, and clients keep it with their sessions: at the old one they can no longer renew what they are logged in with. Every upstream provider refuses a login that is to come back to an address it does not know.',
  remedy:
    'Keep the address. Where it must change, first let every upstream provider allow the new `ADDRESS/upstream/callback/ID`, leave the old address answering for a while, and tell people that they may have to log in anew.',
  examples: {
    wrong: [
      { base: at(live), vars: at(live, `${hostnameVariable}: auth.example.test`) },
      { base: at(live), vars: at(live, `${pathPrefixVariable}: /login`) },
      {
        base: at(live, `${hostnameVariable}: auth.example.test`),
        vars: at(live, `${hostnameVariable}: login.example.test`),
      },
    ],
    right: [
      { base: at(live), vars: at(live, `${hostnameVariable}: MATRIX.example.test`) },
      { base: at(live), vars: at(live, `${pathPrefixVariable}: /auth`) },
      { base: at(live), vars: at(live, `${hostnameVariable}: "{{ auth }}"`) },
      { base: at(prepared), vars: at(prepared, `${hostnameVariable}: auth.example.test`) },
    ],
  },
  check: context => {
    const { host, base, stage } = context
    const [old, now] = [base?.host && masAddress(base.host), masAddress(host)]
    if (!wasLive(context) || !old || !now) return []
    if (old.hostname === now.hostname && old.prefix === now.prefix) return []
    const what = old.hostname === now.hostname ? 'path' : 'host name'
    const name = what === 'path' ? pathPrefixVariable : hostnameVariable
    const place = ownText(host, name)?.value.place ?? stage.place
    return [{ message: `the ${what} of MAS changes on a live host`, ...(place && { place }) }]
  },
})
