import type { HostContext } from '../kit/rule.ts'
import type { Setting } from './extended.ts'
import { captchaVariable, registrationVariable } from './registration.ts'

/** YAML that the playbook merges over `homeserver.yaml`, which Synapse and syn2mas read. */
export const synapseExtension = 'matrix_synapse_configuration_extension_yaml'

const setting = (variable: string, ...path: readonly string[]): Setting => ({
  variable,
  path,
  extension: synapseExtension,
})

/** Settings of `homeserver.yaml` that affect accounts (`templates/synapse/homeserver.yaml.j2` of the playbook's role). */
export const homeserver = {
  passwords: setting('matrix_synapse_password_config_enabled', 'password_config', 'enabled'),
  localPasswords: setting(
    'matrix_synapse_password_config_localdb_enabled',
    'password_config',
    'localdb_enabled',
  ),
  registration: setting(registrationVariable, 'enable_registration'),
  registrationToken: setting('matrix_synapse_registration_requires_token', 'registration_requires_token'),
  captcha: setting(captchaVariable, 'enable_registration_captcha'),
}

/**
 * The host with the vars of Synapse before the migration: its own vars while prepared, and the vars of the base in the
 * change that migrates. `undefined` in any other case.
 */
export function beforeMigration({ host, stage, base }: HostContext): HostContext['host'] | undefined {
  if (stage.stage === 'prepared') return host
  return stage.stage === 'live' && base?.stage.stage === 'prepared' ? base.host : undefined
}
