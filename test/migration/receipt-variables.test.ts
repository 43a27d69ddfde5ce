import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { receiptVariables } from '../../src/migration/rehearsal/receipt-variables.ts'
import { playbookFor } from '../lab/playbook/real/checkout.ts'

const mas = 'roles/custom/matrix-authentication-service'
const synapse = 'roles/custom/matrix-synapse'

/** What decides neither the copied accounts nor the logins afterwards. */
const unbound: readonly RegExp[] = [
  // Results of tasks, and facts that a run sets.
  /_(?:result|stat|command|start_result|started|dry_run|wait_time_seconds|restart_necessary)$/,
  // Files, owners and networks of the containers: they are in the command, whose digest is compared.
  /_(?:uid|gid|path|path_host|path_in_container|container_network|container_image|additional_networks)$/,
  /_(?:base|bin|data|keys)_path|_homeserver_config_path|_process_extra_args/,
  // The mails and the listeners of MAS, its proxies and its pool of connections.
  /_config_email_|_http_listener_|_http_trusted_proxies|_database_(?:connect|idle|max|min)_|_systemd_/,
  // How an image is built and fetched: the images are compared.
  /_container_repo|_git_pull_|_force_pull$|_self_build$/,
  // Features of rooms and devices. The first is cut off a name that is computed.
  /_msc$|_experimental_features_(?:auto|default)$|_msc(?:2409|3202|4143|4222|4306|4354)_/,
  // Pools and keepalives of Synapse, and other programs than Synapse and MAS.
  /_database_(?:cp|keepalives|txn)_|_reverse_proxy_companion_|_rust_synapse_compress|_ext_/,
  /_default_room_version$|_turn_|_redis_|_rc_login|_room_list|_register_user_script_/,
]

/** What syn2mas reads of `homeserver.yaml`, and what changes logins when Synapse delegates. */
const readOfSynapse =
  /_(?:oidc_|password_config_|password_providers|recaptcha_|enable_registration|allow_guest|matrix_authentication_service|experimental_features|configuration_extension|configuration$|version$|image_tag|database_|login|session|refresh|user_consent|cas_|saml|jwt|msc3861)/

function names(folder: string, path: string, prefix: string): string[] {
  const file = join(folder, path)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').match(new RegExp(`\\b${prefix}_[a-z0-9_]+\\b`, 'g')) ?? []
}

/** The playbook's variables that syn2mas and the switch to MAS depend on. */
function derived(playbook: string): ReadonlySet<string> {
  const masPrefix = 'matrix_authentication_service'
  const tasks = join(playbook, mas, 'tasks')
  const syn2mas = readdirSync(tasks).filter(name => name.includes('syn2mas'))
  const found = [
    ...names(playbook, `${mas}/templates/config.yaml.j2`, masPrefix),
    ...syn2mas.flatMap(name => names(playbook, `${mas}/tasks/${name}`, masPrefix)),
    ...names(playbook, `${mas}/defaults/main.yml`, masPrefix).filter(name =>
      /_(?:syn2mas_|configuration_extension|version$|enabled$|hostname$|migration_)/.test(
        name.replace(/_container_.*|_key_management_.*|_admin_api_.*/, ''),
      ),
    ),
    ...[`${synapse}/defaults/main.yml`, `${synapse}/templates/synapse/homeserver.yaml.j2`]
      .flatMap(path => names(playbook, path, 'matrix_synapse'))
      .filter(name => readOfSynapse.test(name)),
  ]
  return new Set(found.filter(name => !unbound.some(pattern => pattern.test(name))))
}

describe.each(dialects)('the playbook of %s', dialect => {
  test('has no variable that a migration depends on and that a receipt does not bind', async () => {
    const expected = derived(await playbookFor(dialect))
    const bound: ReadonlySet<string> = new Set(receiptVariables)
    expect(expected.size).toBeGreaterThan(5)
    expect([...expected].filter(name => !bound.has(name)).sort()).toEqual([])
  })
})
