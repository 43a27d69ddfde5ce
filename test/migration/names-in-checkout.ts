import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const masRole = 'roles/custom/matrix-authentication-service'
const synapseRole = 'roles/custom/matrix-synapse'

/**
 * The keys of `homeserver.yaml` that syn2mas reads (crates/syn2mas/src/synapse_reader/config of MAS 1.23), and those that decide whether
 * Synapse starts with the delegation.
 */
const synapseKeys = [
  ...['database', 'password_config', 'bcrypt_rounds', 'server_name', 'public_baseurl'],
  ...[
    'allow_guest_access',
    'enable_registration',
    'enable_registration_without_verification',
    'registrations_require_3pid',
    'registration_requires_token',
  ],
  ...['enable_registration_captcha', 'recaptcha_public_key', 'recaptcha_private_key'],
  ...['enable_3pid_changes', 'enable_set_display_name', 'user_consent', 'registration_shared_secret'],
  ...[
    'login_via_existing_session',
    'cas_config',
    'saml2_config',
    'jwt_config',
    'oidc_config',
    'oidc_providers',
  ],
  ...['modules', 'matrix_authentication_service', 'experimental_features'],
]

const ofMas = [
  /^matrix_authentication_service_syn2mas_/,
  /^matrix_authentication_service_(version|container_image\w*)$/,
  /^matrix_authentication_service_(configuration|environment_variables)(_|$)/,
]
const ofSynapse = [
  /^matrix_synapse_(version|(container|docker)_image(_(tag|name|name_prefix|final|self_build|registry_prefix\w*))?)$/,
  /^matrix_synapse_(configuration|environment_variables)(_|$)/,
]

/**
 * The variables that syn2mas or the switch-over reads in a checkout: of MAS all that its files on the server hold, of Synapse the keys that
 * syn2mas and the delegation use; of both the versions, the extensions, and the settings of syn2mas.
 */
export function namesInCheckout(checkout: string): ReadonlySet<string> {
  const text = (path: string) => readFileSync(join(checkout, path), 'utf8')
  const templates = (role: string, pattern: string) =>
    globSync(`${role}/templates/${pattern}`, { cwd: checkout }).map(text)
  const defined = (role: string, patterns: readonly RegExp[]) =>
    [...text(`${role}/defaults/main.yml`).matchAll(/^(\w+):/gm)]
      .map(([, name = '']) => name)
      .filter(name => patterns.some(pattern => pattern.test(name)))
  return new Set([
    ...templates(masRole, '{*.yaml,env,labels,systemd/*.service}.j2').flatMap(namesIn),
    ...defined(masRole, ofMas),
    ...templates(synapseRole, '{,synapse/,common-}homeserver.yaml.j2').flatMap(namesOfKeys),
    ...defined(synapseRole, ofSynapse),
  ])
}

/** Variables in the Jinja of a template. */
function namesIn(template: string): readonly string[] {
  const jinja = [...template.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].join('\n')
  return [...jinja.matchAll(/\bmatrix_\w+/g)].map(([name]) => name)
}

/** Variables in the sections of `synapseKeys`, and in the conditions around them. */
function namesOfKeys(template: string): readonly string[] {
  const conditions: string[] = []
  const found: string[] = []
  let key = ''
  for (const line of template.split('\n')) {
    key = /^(\w+):/.exec(line)?.[1] ?? key
    if (/^\s*\{%-? *if /.test(line)) conditions.push(line)
    if (/^\s*\{%-? *endif/.test(line)) conditions.pop()
    if (synapseKeys.includes(key) && !/^\s*(#|\{%)/.test(line)) found.push(...conditions, line)
  }
  return found.flatMap(namesIn)
}

/** The real checkout that the environment names, beside the lab's own of each dialect. */
export function checkouts(): readonly string[] {
  const lab = join(import.meta.dirname, '../lab/playbook')
  const real = process.env.LAB_PLAYBOOK
  if (real !== undefined && !existsSync(real)) throw new Error(`LAB_PLAYBOOK: ${real} does not exist`)
  return [join(lab, 'mas-cli'), join(lab, 'syn2mas-tool'), ...(real === undefined ? [] : [real])]
}
