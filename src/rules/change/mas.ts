import { onLiveHost, removed, wasLive } from '../facts/change-compare.ts'
import { hostnameVariable, masAddress, pathPrefixVariable } from '../facts/hostname.ts'
import { ownText } from '../facts/values.ts'
import { isAtLeast, masVersion, versionVariable } from '../facts/versions.ts'
import { defineRule, live, off, prepared, vault } from '../kit/rule.ts'

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
      { base: at(live, `${hostnameVariable}: auth.example.test`), vars: at(live) },
      { base: at(live, `${pathPrefixVariable}: /login`), vars: at(live), files: vault },
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
    if (!wasLive(context)) return []
    const [old, now] = [base?.host && masAddress(base.host), masAddress(host)]
    if (!old || !now || (old.hostname === now.hostname && old.prefix === now.prefix)) return []
    const changedPart = old.hostname === now.hostname ? 'path' : 'host name'
    const name = changedPart === 'path' ? pathPrefixVariable : hostnameVariable
    const place = ownText(host, name)?.value.place ?? stage.place
    const message = `the ${changedPart} of MAS changes${onLiveHost}`
    return [{ message, place, ...removed(base?.host, host, name) }]
  },
})

const withVersion = (stage: string, version: string) => `${stage}${versionVariable}: ${version}\n`
const checkout = {
  dialect: 'mas-cli',
  files: { 'roles/custom/matrix-authentication-service/defaults/main.yml': `${versionVariable}: 1.22.0\n` },
} as const

export const masDowngrade = defineRule({
  id: 'change/mas-downgrade',
  severity: 'error',
  needs: 'base',
  why: 'MAS upgrades its database when it starts, and cannot downgrade it. An older version finds unknown tables, and does not start or fails later. It also silently ignores unknown configuration keys. A downgrade within a minor version, such as from 1.22.1 to 1.22.0, is not reported.',
  remedy: 'Keep the version, or restore a database backup from the older version.',
  examples: {
    wrong: [
      { base: withVersion(live, '1.22.0'), vars: withVersion(live, '0.12.0') },
      { base: withVersion(prepared, '1.22.0'), vars: withVersion(prepared, '1.21.3') },
      { base: live, vars: withVersion(live, '1.21.0'), checkout },
      { base: withVersion(live, '1.23.0'), vars: live, checkout },
    ],
    right: [
      { base: withVersion(live, '1.21.0'), vars: withVersion(live, '1.22.0') },
      { base: withVersion(live, '1.22.1'), vars: withVersion(live, '1.22.0') },
      { base: withVersion(live, '1.22.0'), vars: withVersion(live, '"{{ v }}"') },
      { base: withVersion(live, '1.22.0'), vars: withVersion(live, 'latest') },
      { base: withVersion(live, '1.22.0'), vars: live },
      { base: withVersion(off, '1.22.0'), vars: withVersion(prepared, '1.21.0') },
    ],
  },
  check: context => {
    const { host, base, stage } = context
    if (!base?.host || (base.stage.stage !== 'prepared' && base.stage.stage !== 'live')) return []
    const [old, now] = [masVersion({ ...context, host: base.host }), masVersion(context)]
    if (!old || !now || isAtLeast(now, [old[0], old[1]])) return []
    const place = host.variable(versionVariable).value?.place ?? stage.place
    return [{ message: 'this change downgrades MAS', place }]
  },
})
