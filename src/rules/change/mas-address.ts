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
  why: 'The issuer is derived from the address, and clients store it with their sessions. At the old address they can no longer refresh their tokens. Upstream providers refuse logins that redirect to an unknown address.',
  remedy:
    'Keep the address. If it must change, first register the new `ADDRESS/upstream/callback/ID` at every upstream provider. Keep the old address working for a while, and tell users that they may have to log in again.',
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
    const changedPart = old.hostname === now.hostname ? 'path' : 'host name'
    const name = changedPart === 'path' ? pathPrefixVariable : hostnameVariable
    const place = ownText(host, name)?.value.place ?? stage.place
    return [{ message: `the ${changedPart} of MAS changes on a live host`, place }]
  },
})
