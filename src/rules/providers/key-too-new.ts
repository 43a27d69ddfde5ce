import { isAtLeast, masVersion, type Version, versionVariable } from '../facts/mas-version.ts'
import { eachProvider, providerList, whole } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

const old = `${versionVariable}: 0.12.0\n`

/** Since which version of MAS a provider may have a key: the tags of `crates/config/src/sections/upstream_oauth2.rs`. */
const since: Readonly<Record<string, Version>> = {
  fetch_userinfo: [0, 13],
  userinfo_endpoint: [0, 13],
  userinfo_signed_response_alg: [0, 13],
  id_token_signed_response_alg: [0, 13],
  response_mode: [0, 13],
  sign_in_with_apple: [0, 13],
  synapse_idp_id: [0, 14],
  forward_login_hint: [0, 17],
  on_backchannel_logout: [0, 19],
  client_secret_file: [1, 7],
  registration_token_required: [1, 19],
}

export const providerKeyTooNew = defineRule({
  id: 'providers/key-too-new',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'A MAS that does not know a key yet ignores it without a word.',
  remedy: 'Use a newer version of MAS, or remove the key.',
  examples: {
    wrong: [
      `${old}${providerList(...whole, 'fetch_userinfo: true')}`,
      {
        vars: providerList(...whole, 'synapse_idp_id: oidc-x'),
        checkout: {
          dialect: 'syn2mas-tool',
          files: { 'roles/custom/matrix-authentication-service/defaults/main.yml': old },
        },
      },
    ],
    right: [
      `${old}${providerList(...whole)}`,
      `${versionVariable}: 1.22.0\n${providerList(...whole, 'fetch_userinfo: true')}`,
      `${versionVariable}: "{{ v }}"\n${providerList(...whole, 'fetch_userinfo: true')}`,
      `${versionVariable}: latest\n${providerList(...whole, 'fetch_userinfo: true')}`,
      providerList(...whole, 'fetch_userinfo: true'),
    ],
  },
  check: context => {
    const version = masVersion(context)
    if (!version) return []
    return eachProvider(context.host).flatMap(({ name, value }) =>
      value.kind !== 'map'
        ? []
        : value.entries.flatMap(({ key, keyPlace, value: { kind } }) => {
            const first = Object.hasOwn(since, key) ? since[key] : undefined
            if (!first || kind === 'null' || isAtLeast(version, first)) return []
            return [
              {
                message: `MAS knows \`${key}\` of ${name} since version ${first.join('.')}`,
                place: keyPlace,
              },
            ]
          }),
    )
  },
})
