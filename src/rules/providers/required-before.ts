import { client, eachProvider, id, providerList, whole, withoutDiscovery } from '../facts/providers.ts'
import { isAtLeast, masVersion, versionVariable } from '../facts/versions.ts'
import { lineInto } from '../kit/fix.ts'
import { defineRule, type HostContext, type Violation } from '../kit/rule.ts'

const at = (version: string) => `${versionVariable}: ${version}\n`
const scope = 'scope: openid profile email'
const withoutIssuer = [id, ...client, scope, ...withoutDiscovery]

export const providerRequiredBefore = defineRule({
  id: 'providers/required-before',
  severity: 'error',
  why: 'MAS before 0.17 does not start if a provider has no `scope`, and MAS before 0.13 if it has no `issuer`. Later versions have defaults.',
  remedy:
    'Set `scope` for MAS before 0.17, such as `scope: openid`. Later versions use `openid` by default. Set `issuer` for MAS before 0.13, even with discovery disabled.',
  examples: {
    wrong: [
      at('0.12.0') + providerList(...whole),
      at('0.16.0') + providerList(...whole, 'scope:'),
      { vars: providerList(...whole), checkout: { dialect: 'syn2mas-tool' } },
      at('0.12.0') + providerList(...withoutIssuer),
    ],
    right: [
      at('0.12.0') + providerList(...whole, scope),
      at('0.12.0') + providerList(...whole, 'scope: "{{ x }}"'),
      at('0.17.0') + providerList(...whole),
      at('0.13.0') + providerList(...withoutIssuer),
      providerList(...whole),
    ],
  },
  check: context => {
    const { needsScope, needsIssuer } = requiredKeys(context)
    return eachProvider(context.host).flatMap(({ name, value, definition, part }): Violation[] => {
      const place = part('client_id')?.place ?? value.place
      const isKey = value.kind === 'map' && value.entries.some(({ key }) => key === 'scope')
      const suggestion = isKey ? undefined : lineInto(definition, value, 'scope: openid')
      const violations: Violation[] = []
      if (needsScope && !part('scope')) {
        const message = `${name} has no \`scope\`, which this version of MAS requires`
        violations.push({ message, place, suggestion })
      }
      if (needsIssuer && !part('issuer') && part('discovery_mode')) {
        const message = `${name} has no \`issuer\`, which this version of MAS requires even with discovery disabled`
        violations.push({ message, place })
      }
      return violations
    })
  },
})

/** Follows `scope` and `issuer` in `crates/config/src/sections/upstream_oauth2.rs` in the tags v0.12.0 to v0.17.0. */
function requiredKeys(context: HostContext): { readonly needsScope: boolean; readonly needsIssuer: boolean } {
  const version = masVersion(context)
  if (!version) return { needsScope: context.checkout?.dialect === 'syn2mas-tool', needsIssuer: false }
  return { needsScope: !isAtLeast(version, [0, 17]), needsIssuer: !isAtLeast(version, [0, 13]) }
}
