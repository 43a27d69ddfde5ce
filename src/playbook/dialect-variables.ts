import type { Dialect } from '../domain/stage.ts'

const mas = 'matrix_authentication_service_'
const msc3861 = 'matrix_synapse_experimental_features_msc3861_'
const delegation = 'matrix_synapse_matrix_authentication_service_'

/**
 * Variables about MAS that only one dialect has. Source: `defaults/main.yml` of the roles of MAS and Synapse. Synapse's
 * `…_authentication_service_enabled` is not listed, because inventories set it to `false` in both dialects.
 */
const variables: Readonly<Record<Dialect, readonly string[]>> = {
  'syn2mas-tool': [
    ...['container_image', 'dry_run', 'process_extra_arguments', 'version'].map(
      name => `${mas}syn2mas_${name}`,
    ),
    ...[
      'enabled',
      'issuer',
      'client_id',
      'client_auth_method',
      'client_secret',
      'admin_token',
      'account_management_url',
    ].map(name => msc3861 + name),
  ],
  'mas-cli': [
    ...['command_extra_options', 'migrate_dry_run', 'subcommand', 'subcommand_extra_options'].map(
      name => `${mas}syn2mas_${name}`,
    ),
    ...['service', 'site_key', 'secret_key'].map(name => `${mas}config_captcha_${name}`),
    ...[
      'account_deactivation_allowed',
      'login_with_email_allowed',
      'password_registration_email_required',
      'registration_token_required',
    ].map(name => `${mas}config_account_${name}`),
    `${mas}admin_api_enabled`,
    ...['endpoint', 'secret'].map(name => delegation + name),
  ],
}

/** The name in the other dialect of variables with the same meaning. */
const counterparts: Readonly<Record<string, string>> = {
  [`${mas}syn2mas_dry_run`]: `${mas}syn2mas_migrate_dry_run`,
  [`${mas}syn2mas_migrate_dry_run`]: `${mas}syn2mas_dry_run`,
  [`${msc3861}enabled`]: `${delegation}enabled`,
}

const owners = new Map<string, Dialect>(
  (['syn2mas-tool', 'mas-cli'] as const).flatMap(dialect =>
    variables[dialect].map(name => [name, dialect] as const),
  ),
)

/** The dialect that has a variable; `undefined` if both or neither have it. */
export function dialectOf(name: string): Dialect | undefined {
  return owners.get(name)
}

export function counterpartOf(name: string): string | undefined {
  return Object.hasOwn(counterparts, name) ? counterparts[name] : undefined
}
