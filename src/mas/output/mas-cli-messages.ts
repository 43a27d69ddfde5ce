import { counted, type ToolMessage } from './finding-table.ts'

const schemes = 'matrix_authentication_service_config_passwords_schemes'
const synapseExtension = 'matrix_synapse_configuration_extension_yaml'

/**
 * What `mas-cli syn2mas` finds wrong or notable. Sources: crates/syn2mas/src/synapse_reader/checks.rs and the errors of
 * migration.rs, mas_writer/{mod,checks}.rs and crates/cli/src/commands/syn2mas.rs in matrix-authentication-service.
 * Severities are those outside the two blocks; a text in the block `Errors` or `Warnings` takes the block's.
 */
export const masCliMessages: readonly ToolMessage[] = [
  {
    name: 'password-scheme-missing',
    severity: 'error',
    match: /missing a password hashing scheme with version '1'/,
    message: () => "MAS has no password scheme of version 1, under which syn2mas stores Synapse's hashes.",
    why: 'Without it nobody could log in with their old password.',
    remedy: `Put a scheme \`{version: 1, algorithm: bcrypt}\` with Synapse's pepper into ${schemes}, or remove your own list: the playbook's default has it.`,
  },
  {
    name: 'password-scheme-not-bcrypt',
    severity: 'error',
    match: /must use the Bcrypt algorithm/,
    message: () => 'The password scheme of version 1 in MAS is not bcrypt.',
    why: "Synapse's hashes are bcrypt; under another algorithm no old password is accepted. syn2mas checks this even where passwords are switched off.",
    remedy: `Give version 1 \`algorithm: bcrypt\` in ${schemes}; newer algorithms belong in higher versions.`,
  },
  {
    name: 'password-pepper-differs',
    severity: 'error',
    match: /must have the same secret as/,
    message: () => "The secret of MAS's password scheme of version 1 is not Synapse's pepper.",
    why: 'Hashes are made with the pepper: with another one no old password is accepted. An absent secret is not an empty one.',
    remedy: `Set the scheme's \`secret\` in ${schemes} to the value of matrix_synapse_password_config_pepper (\`secret: ""\` where that is empty).`,
  },
  {
    name: 'guests-enabled',
    severity: 'error',
    match: /Guest support is enabled/,
    message: () => 'Synapse lets guests in.',
    why: 'MAS has no guests, so syn2mas refuses to go on.',
    remedy: 'Set matrix_synapse_allow_guest_access: false.',
  },
  {
    name: 'threepid-changes-enabled',
    severity: 'error',
    match: /`?enable_3pid_changes`? explicitly enabled/,
    message: () => 'Synapse is told to let users change e-mail addresses and phone numbers.',
    why: 'With MAS that is no longer for Synapse to do, so syn2mas refuses to go on.',
    remedy: `Remove \`enable_3pid_changes\` from ${synapseExtension}.`,
  },
  {
    name: 'login-via-existing-session-enabled',
    severity: 'error',
    match: /`?login_via_existing_session\.enabled`? set to true/,
    message: () => 'Synapse lets an existing session log in a new one.',
    why: 'MAS takes logins over, so syn2mas refuses to go on.',
    remedy: `Remove \`login_via_existing_session\` from ${synapseExtension}.`,
  },
  {
    name: 'server-name-differs',
    severity: 'error',
    match: /wrong `matrix\.homeserver` set/,
    message: () => "MAS is configured for another server name than Synapse's.",
    why: 'Accounts would belong to a server that does not exist.',
    remedy:
      'Set matrix_authentication_service_config_matrix_homeserver to matrix_domain, or remove it: the default is right.',
  },
  {
    name: 'provider-not-in-synapse',
    severity: 'error',
    match:
      /contains (?<n>\d+) users associated to .*? provider '(?<provider>[^']*)' but the Synapse configuration does not contain/,
    message: ({ provider }, n) =>
      `${counted(n, 'account is', 'accounts are')} linked to the provider '${provider}', which Synapse's configuration does not have.`,
    why: 'syn2mas maps links by the providers in homeserver.yaml; these users could not log in through the provider any more.',
    remedy:
      'Keep matrix_synapse_oidc_enabled and matrix_synapse_oidc_providers until syn2mas has run. Where the provider is gone for good, delete its rows from user_external_ids, or pass --ignore-missing-auth-providers (v1.11 and later) in matrix_authentication_service_syn2mas_command_extra_options to leave the links behind.',
  },
  {
    name: 'provider-not-in-mas',
    severity: 'error',
    match:
      /provider '(?<provider>[^']*)' .*?used by (?<n>\d+) users which must also be configured in the MAS/,
    message: ({ provider }, n) =>
      `${counted(n, 'account logs', 'accounts log')} in through the provider '${provider}', which MAS does not have.`,
    why: 'These users could not log in after the migration.',
    remedy:
      "Add the provider to matrix_authentication_service_config_upstream_oauth2_providers, with `synapse_idp_id` as Synapse stores it ('oidc-' before the idp_id).",
  },
  {
    name: 'earlier-delegation',
    severity: 'error',
    match: /database has (?<n>\d+) mapping entries from a previously-configured MAS/,
    message: (_found, n) => `Synapse holds ${counted(n, 'link')} to a MAS that it was delegated to before.`,
    why: "Synapse's older delegation mode leaves one per account that it saw; syn2mas refuses to go on while they are there.",
    remedy:
      "Delete them in Synapse's database: DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated';",
  },
  {
    name: 'external-auth-system',
    severity: 'warning',
    match: /contains (?<system>[^`']+?) auth configuration which will need/,
    message: ({ system }) => `Synapse lets users log in through ${system}, which MAS does not know.`,
    why: 'Users who only have that login cannot log in after the migration.',
    remedy:
      'Put a bridge such as Dex in front of that system, add it to MAS as an upstream provider, and switch the old login off in the vars.',
  },
  {
    name: 'oidc-in-synapse',
    severity: 'warning',
    match: /contains OIDC auth configuration .* manually mapped/,
    message: () => 'Synapse has an OIDC provider that must be set up in MAS by hand.',
    why: 'Its users could not log in after the migration.',
    remedy:
      'Add it to matrix_authentication_service_config_upstream_oauth2_providers with its synapse_idp_id.',
  },
  {
    name: 'registration-enabled',
    severity: 'warning',
    match: /has registration enabled/,
    message: () => 'Synapse lets people register.',
    why: 'Once it delegates to MAS, Synapse refuses to start with it.',
    remedy:
      'Remove matrix_synapse_enable_registration in the migrating change; MAS has matrix_authentication_service_config_account_password_registration_enabled.',
  },
  {
    name: 'consent-not-ported',
    severity: 'warning',
    match: /`?user_consent`? enabled but MAS has not been configured with terms/,
    message: () => 'Synapse asks for consent to its terms, and MAS has none.',
    why: 'After the migration nobody is asked for consent.',
    remedy: "Set MAS's branding.tos_uri through matrix_authentication_service_configuration_extension_yaml.",
  },
  {
    name: 'consent-enabled',
    severity: 'warning',
    match: /has `?user_consent`? enabled/,
    message: () => 'Synapse asks for consent to its terms.',
    why: 'Under delegation this must be off.',
    remedy: `Remove \`user_consent\` from ${synapseExtension} in the migrating change.`,
  },
  {
    name: 'captcha-not-ported',
    severity: 'warning',
    match: /registration CAPTCHA enabled/,
    message: () => 'Synapse asks for a CAPTCHA at registration, and MAS does not.',
    why: 'After the migration registration is open to robots, if it is open at all.',
    remedy: 'Set the matrix_authentication_service_config_captcha_* variables.',
  },
  {
    name: 'guests-in-database',
    severity: 'warning',
    match: /contains (?<n>\d+) guests which will be migrated/,
    message: (_found, n) => `Synapse has ${counted(n, 'guest account')}.`,
    why: 'They are kept in MAS, but lose their sessions and cannot log in.',
    remedy: 'Accept this finding, or deactivate the guests first.',
  },
  {
    name: 'non-email-threepids',
    severity: 'warning',
    match: /contains (?<n>\d+) non-email 3PIDs/,
    message: (_found, n) =>
      `Synapse has ${counted(n, 'third-party id')} that ${n === 1 ? 'is' : 'are'} no e-mail address (most likely phone numbers).`,
    why: 'MAS keeps them in a table of their own and does nothing with them.',
    remedy:
      "Accept this finding. To see whose they are: SELECT user_id FROM user_threepids WHERE medium <> 'email';",
  },
  {
    name: 'mas-not-empty',
    severity: 'error',
    match: /MAS database is not empty: rows found in at least `(?<table>\w+)`/,
    message: ({ table }) =>
      `MAS's database is not empty (table ${table}), and so syn2mas hides whatever else it found.`,
    why: 'Either a migration has been done, or people have logged in to MAS before it.',
    remedy:
      'Run the action doctor: it names what is there. Accounts made by early logins must go before the migration; a finished migration must not be repeated.',
  },
  {
    name: 'already-running',
    severity: 'error',
    match:
      /Failed to acquire syn2mas lock|another syn2mas instance is already running|is already in use by container/,
    message: () => 'Another syn2mas is running on this server.',
    why: 'Two runs at once would spoil each other.',
    remedy:
      'Wait for it. If its runner died, its container (matrix-authentication-service-syn2mas) goes on by itself until it is done.',
  },
  {
    name: 'synapse-busy',
    severity: 'error',
    match: /whilst locking Synapse table/,
    message: () =>
      "Something is writing to Synapse's database, so syn2mas could not lock it. Nothing was written.",
    why: 'What users do while accounts are copied would be lost.',
    remedy: 'Stop Synapse and all its workers, end leftover sessions in PostgreSQL, and run this again.',
  },
  {
    name: 'provider-not-mapped',
    severity: 'error',
    match: /missing a mapping for the auth provider with ID/,
    message: () => 'Synapse has a login link of a provider for which MAS has no `synapse_idp_id`.',
    why: 'syn2mas stops at the first such link.',
    remedy:
      'Set `synapse_idp_id` on the provider in matrix_authentication_service_config_upstream_oauth2_providers.',
  },
  {
    name: 'row-without-account',
    severity: 'error',
    match: /was not found for migration but a row in (?<table>\w+)/,
    message: ({ table }) => `Synapse's table ${table} has a row of an account that is not there.`,
    why: 'syn2mas stops at the first such row.',
    remedy: `Find the rows without an account in Synapse's database and delete them.`,
  },
  {
    name: 'localpart-unreadable',
    severity: 'error',
    match: /failed to extract localpart of/,
    message: () => 'Synapse has an account whose name is not of this server.',
    why: 'syn2mas stops at the first such account.',
    remedy:
      "Find it with SELECT name FROM users WHERE name NOT LIKE '@%:SERVER_NAME'; most often it is a leftover of another server name.",
  },
  {
    name: 'synapse-password-login-mode',
    severity: 'error',
    match: /only_for_reauth/,
    message: () => 'Synapse has password_config.enabled: only_for_reauth, which syn2mas cannot read.',
    why: 'syn2mas stops before it has checked anything.',
    remedy: 'Set matrix_synapse_password_config_enabled to true or false until the migration is done.',
  },
  {
    name: 'synapse-sqlite',
    severity: 'error',
    match: /does not support the sqlite3/,
    message: () => "Synapse's database is SQLite.",
    why: 'syn2mas only reads PostgreSQL.',
    remedy: 'Move Synapse to PostgreSQL first (the playbook has a guide for it).',
  },
  {
    name: 'synapse-config-unreadable',
    severity: 'error',
    match: /Failed to load Synapse configuration/,
    message: () => "syn2mas cannot read Synapse's homeserver.yaml.",
    why: 'It stops before it has checked anything.',
    remedy:
      'Check matrix_authentication_service_syn2mas_synapse_homeserver_config_path and the rendered file.',
  },
  {
    name: 'mas-config-unreadable',
    severity: 'error',
    match: /failed to load MAS (?:password )?config|for key "default\./,
    message: () => "syn2mas cannot read MAS's config.yaml.",
    why: 'It stops before it has checked anything; MAS would not start with it either.',
    remedy: "Run `mas-cli config check` on the server; most often a provider's `id` is no ULID.",
  },
  {
    name: 'synapse-database-unreachable',
    severity: 'error',
    match: /could not connect to Synapse Postgres/,
    message: () => "syn2mas cannot connect to Synapse's database.",
    why: 'It stops before it has checked anything.',
    remedy: 'Check that PostgreSQL runs, and the database settings in homeserver.yaml.',
  },
  {
    name: 'mas-database-unreachable',
    severity: 'error',
    match: /could not connect to the database/,
    message: () => "syn2mas cannot connect to MAS's database.",
    why: 'It stops before it has checked anything.',
    remedy: 'Check that PostgreSQL runs, and the database settings in config.yaml.',
  },
  {
    name: 'synapse-read-failed',
    severity: 'error',
    match: /error when reading synapse DB/,
    message: () => "syn2mas lost Synapse's database while it was reading.",
    why: 'The run is half done; the next one starts over.',
    remedy: 'See that PostgreSQL runs and stays up, and run this again.',
  },
  {
    name: 'mas-write-failed',
    severity: 'error',
    match: /error when writing to MAS DB|error in writer:/,
    message: () => "syn2mas could not write to MAS's database.",
    why: 'The run is half done; the next one starts over.',
    remedy: 'See that PostgreSQL runs, stays up and has room on its disk, and run this again.',
  },
  {
    name: 'bad-arguments',
    severity: 'error',
    match: /unexpected argument|requires a subcommand|required arguments were not provided/,
    message: () => 'syn2mas does not know an argument that it was given.',
    why: 'It did nothing.',
    remedy:
      'Check matrix_authentication_service_syn2mas_command_extra_options and …_subcommand_extra_options against the version of MAS.',
  },
  {
    name: 'device-address-unreadable',
    severity: 'notice',
    match: /Failed to parse device IP/,
    message: (_found, n) => `${counted(n, 'device has', 'devices have')} an unreadable IP address.`,
    why: 'The address is left out; nothing else is lost.',
    remedy: 'Nothing to do.',
    together: true,
  },
  {
    name: 'appservice-localpart-invalid',
    severity: 'notice',
    match: /has invalid localpart, ignoring/,
    message: (_found, n) =>
      `${counted(n, 'application service account has', 'application service accounts have')} a name that MAS does not take.`,
    why: 'Accounts of application services are not migrated anyway.',
    remedy: 'Nothing to do.',
    together: true,
  },
]
