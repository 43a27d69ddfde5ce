import { schemesVariable, synapseExtension } from '../../domain/variables.ts'
import { plural } from '../../support/plural.ts'
import type { ToolMessage } from './finding-table.ts'

/**
 * The problems that `mas-cli syn2mas` reports. Sources: crates/syn2mas/src/synapse_reader/checks.rs and the errors of
 * migration.rs, mas_writer/{mod,checks}.rs and crates/cli/src/commands/syn2mas.rs in matrix-authentication-service.
 * A text in the block `Errors` or `Warnings` has the severity of its block. The severities here apply to all other texts.
 */
export const masCliMessages: readonly ToolMessage[] = [
  {
    name: 'password-scheme-missing',
    match: /missing a password hashing scheme with version '1'/,
    message: () =>
      "MAS has no password scheme with version 1. syn2mas stores Synapse's hashes under that version.",
    why: 'Without it, no user could log in with an old password.',
    remedy: `Add \`{version: 1, algorithm: bcrypt}\` with Synapse's pepper to ${schemesVariable}, or remove your own list: the playbook's default contains it.`,
  },
  {
    name: 'password-scheme-not-bcrypt',
    match: /must use the Bcrypt algorithm/,
    message: () => 'The password scheme with version 1 in MAS does not use bcrypt.',
    why: "Synapse's hashes are bcrypt. With another algorithm, MAS accepts no old password. syn2mas checks this even if passwords are disabled.",
    remedy: `Set \`algorithm: bcrypt\` for version 1 in ${schemesVariable}. Put newer algorithms in higher versions.`,
  },
  {
    name: 'password-pepper-differs',
    match: /must have the same secret as/,
    message: () => "The secret of MAS's password scheme with version 1 differs from Synapse's pepper.",
    why: 'The pepper is part of every hash: with another one, MAS accepts no old password. A missing secret differs from an empty one.',
    remedy: `Set the scheme's \`secret\` in ${schemesVariable} to the value of matrix_synapse_password_config_pepper (\`secret: ""\` if that is empty).`,
  },
  {
    name: 'guests-enabled',
    match: /Guest support is enabled/,
    message: () => 'Synapse allows guest access.',
    why: 'MAS does not support guests, so syn2mas stops.',
    remedy: 'Set matrix_synapse_allow_guest_access: false.',
  },
  {
    name: 'threepid-changes-enabled',
    match: /`?enable_3pid_changes`? explicitly enabled/,
    message: () => 'Synapse is configured to let users change e-mail addresses and phone numbers.',
    why: 'MAS takes over that task, so syn2mas stops.',
    remedy: `Remove \`enable_3pid_changes\` from ${synapseExtension}.`,
  },
  {
    name: 'login-via-existing-session-enabled',
    match: /`?login_via_existing_session\.enabled`? set to true/,
    message: () => 'Synapse lets an existing session log in a new one.',
    why: 'MAS takes over logins, so syn2mas stops.',
    remedy: `Remove \`login_via_existing_session\` from ${synapseExtension}.`,
  },
  {
    name: 'server-name-differs',
    match: /wrong `matrix\.homeserver` set/,
    message: () => 'MAS is configured with another server name than Synapse.',
    why: 'Accounts would belong to a server that does not exist.',
    remedy: 'Remove matrix_authentication_service_config_matrix_homeserver: the default is correct.',
  },
  {
    name: 'provider-not-in-synapse',
    match:
      /contains (?<n>\d+) users associated to .*? provider '(?<provider>[^']*)' but the Synapse configuration does not contain/,
    message: ({ provider }, n) =>
      `${plural(n, 'account is', 'accounts are')} linked to the provider '${provider}', which is missing in Synapse's configuration.`,
    why: 'syn2mas maps links by the providers in homeserver.yaml. Without it, these users could no longer log in through the provider.',
    remedy:
      'Keep matrix_synapse_oidc_enabled and matrix_synapse_oidc_providers until syn2mas has run. If you removed the provider for good, delete its rows from user_external_ids. Or add --ignore-missing-auth-providers (MAS v1.11 and later) to matrix_authentication_service_syn2mas_command_extra_options to skip the links.',
  },
  {
    name: 'provider-not-in-mas',
    match:
      /provider '(?<provider>[^']*)' .*?used by (?<n>\d+) users which must also be configured in the MAS/,
    message: ({ provider }, n) =>
      `Synapse's provider '${provider}' has no matching provider in MAS; ${plural(n, 'account logs', 'accounts log')} in through it.`,
    why: 'These users could not log in after the migration.',
    remedy: ({ provider }) =>
      `Add the provider to matrix_authentication_service_config_upstream_oauth2_providers, with \`synapse_idp_id: ${provider}\`.`,
  },
  {
    name: 'earlier-delegation',
    match: /database has (?<n>\d+) mapping entries from a previously-configured MAS/,
    message: (_found, n) => `Synapse has ${plural(n, 'link')} to a MAS that it delegated to before.`,
    why: "Synapse's older delegation mode leaves one per account. syn2mas stops until they are deleted.",
    remedy:
      'To delete them, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c "DELETE FROM user_external_ids WHERE auth_provider = \'oauth-delegated\'"`',
  },
  {
    name: 'external-auth-system',
    severity: 'warning',
    match: /contains (?<system>[^`']+?) auth configuration which will need/,
    message: ({ system }) => `Synapse lets users log in through ${system}, which MAS does not support.`,
    why: 'Users without another way to log in are locked out after the migration.',
    remedy:
      'Put an OpenID Connect bridge such as Dex in front of that system, add the bridge to MAS as an upstream provider, and disable the old login in the vars.',
  },
  {
    name: 'oidc-in-synapse',
    severity: 'warning',
    match: /contains OIDC auth configuration .* manually mapped/,
    message: () => 'Synapse has an OIDC provider that you must add to MAS.',
    why: 'Without it, its users cannot log in after the migration.',
    remedy:
      'Add it to matrix_authentication_service_config_upstream_oauth2_providers with its synapse_idp_id.',
  },
  {
    name: 'registration-enabled',
    severity: 'warning',
    match: /has registration enabled/,
    message: () => 'Synapse allows registration.',
    why: 'With this setting, Synapse does not start once it delegates to MAS.',
    remedy:
      'Remove matrix_synapse_enable_registration in the pull request that migrates. In MAS, set matrix_authentication_service_config_account_password_registration_enabled instead.',
  },
  {
    name: 'consent-not-ported',
    severity: 'warning',
    match: /`?user_consent`? enabled but MAS has not been configured with terms/,
    message: () => 'Synapse asks for consent to its terms, and MAS has none.',
    why: 'After the migration, users are no longer asked for consent.',
    remedy: "Set MAS's branding.tos_uri through matrix_authentication_service_configuration_extension_yaml.",
  },
  {
    name: 'consent-enabled',
    severity: 'warning',
    match: /has `?user_consent`? enabled/,
    message: () => 'Synapse asks for consent to its terms.',
    why: 'This must be off once Synapse delegates to MAS.',
    remedy: `Remove \`user_consent\` from ${synapseExtension} in the pull request that migrates.`,
  },
  {
    name: 'captcha-not-ported',
    severity: 'warning',
    match: /registration CAPTCHA enabled/,
    message: () => 'Synapse asks for a CAPTCHA at registration, and MAS does not.',
    why: 'If registration is open, bots can register after the migration.',
    remedy: 'Set the matrix_authentication_service_config_captcha_* variables.',
  },
  {
    name: 'guests-in-database',
    severity: 'warning',
    match: /contains (?<n>\d+) guests which will be migrated/,
    message: (_found, n) => `Synapse has ${plural(n, 'guest account')}.`,
    why: 'MAS keeps the accounts, but they lose their sessions and cannot log in.',
    remedy:
      'Deactivate the guests first, or merge with this warning. To hide it from now on, accept it in `accepted-findings.yml`.',
  },
  {
    name: 'non-email-threepids',
    severity: 'warning',
    match: /contains (?<n>\d+) non-email 3PIDs/,
    message: (_found, n) =>
      `Synapse has ${plural(n, 'third-party id')} other than e-mail addresses, most likely phone numbers.`,
    why: 'MAS stores them in a separate table and does not use them: users can no longer log in with a phone number.',
    remedy:
      'You can merge with this warning. To hide it from now on, accept it in `accepted-findings.yml`. To list their accounts, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c "SELECT user_id FROM user_threepids WHERE medium <> \'email\'"`',
  },
  {
    name: 'mas-not-empty',
    match: /MAS database is not empty: rows found in at least `(?<table>\w+)`/,
    message: ({ table }) =>
      `MAS's database is not empty (table ${table}). syn2mas does not show its other findings in this case.`,
    why: 'Either the migration has already run, or users logged in to MAS before it.',
    remedy:
      'Run the action doctor: it lists the accounts. Delete accounts of early logins before you migrate. Do not repeat a finished migration.',
  },
  {
    name: 'synapse-busy',
    match: /whilst locking Synapse table(?!.*Caused by:)|could not obtain lock on relation/,
    message: () =>
      "syn2mas could not lock Synapse's database because another process writes to it. Nothing was written.",
    why: 'Changes that users make during the copy would be lost.',
    remedy:
      'Run this again at a quiet time. If it fails again, find out on the server which program writes: `/matrix/postgres/bin/cli-non-interactive -d synapse -c "SELECT pid, application_name, client_addr, state FROM pg_stat_activity"`. Stop it, unless it is Synapse or one of its workers.',
  },
  {
    name: 'provider-not-mapped',
    match: /missing a mapping for the auth provider with ID "(?<provider>[^"]*)"/,
    message: ({ provider }) =>
      `Synapse has an account linked to the provider '${provider}', which no provider in MAS takes over.`,
    why: 'syn2mas stops at the first such link.',
    remedy: ({ provider }) =>
      `Set \`synapse_idp_id: ${provider}\` on the provider in matrix_authentication_service_config_upstream_oauth2_providers.`,
  },
  {
    name: 'row-without-account',
    match: /was not found for migration but a row in (?<table>\w+)/,
    message: ({ table }) => `Synapse's table ${table} has a row for an account that does not exist.`,
    why: 'syn2mas stops at the first such row.',
    remedy: "Delete the rows without an account from that table in Synapse's database.",
  },
  {
    name: 'localpart-unreadable',
    match: /failed to extract localpart of/,
    message: () => 'Synapse has an account with the name of another server.',
    why: 'syn2mas stops at the first such account.',
    remedy:
      'To find it, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c "SELECT name FROM users WHERE name NOT LIKE \'@%:SERVER_NAME\'"`. Delete it if it is left over from an earlier server name.',
  },
  {
    name: 'synapse-password-login-mode',
    match: /only_for_reauth/,
    message: () => 'Synapse has password_config.enabled: only_for_reauth, which syn2mas cannot read.',
    why: 'syn2mas stops before it checks anything.',
    remedy: 'Set matrix_synapse_password_config_enabled to true or false until the migration has finished.',
  },
  {
    name: 'synapse-sqlite',
    match: /does not support the sqlite3/,
    message: () => "Synapse's database is SQLite.",
    why: 'syn2mas reads only PostgreSQL.',
    remedy: 'Migrate Synapse to PostgreSQL first. The playbook has a guide for this.',
  },
  {
    name: 'synapse-config-unreadable',
    match: /Failed to load Synapse configuration/,
    message: () => "syn2mas cannot read Synapse's homeserver.yaml.",
    why: 'It stops before it checks anything.',
    remedy: `Fix the key that the cause names: it comes from ${synapseExtension}, or from the variables of Synapse. If the file itself is missing, check matrix_authentication_service_syn2mas_synapse_homeserver_config_path.`,
    showsCause: true,
  },
  {
    name: 'mas-config-unreadable',
    match: /failed to load MAS (?:password )?config|for key "default\.|in \S+ YAML file/,
    message: () => "syn2mas cannot read MAS's config.yaml.",
    why: 'It stops before it checks anything. MAS would not start with this file either.',
    remedy:
      'Fix the setting that the cause names. Then run `/matrix/matrix-authentication-service/bin/mas-cli config check` on the server.',
    showsCause: true,
  },
  {
    name: 'synapse-database-unreachable',
    match: /could not connect to Synapse Postgres/,
    message: () => "syn2mas cannot connect to Synapse's database.",
    why: 'It stops before it checks anything.',
    remedy: 'Check that PostgreSQL is running, and check the database settings in homeserver.yaml.',
    showsCause: true,
  },
  {
    name: 'mas-database-unreachable',
    match: /could not connect to the database/,
    message: () => "syn2mas cannot connect to MAS's database.",
    why: 'It stops before it checks anything.',
    remedy: 'Check that PostgreSQL is running, and check the database settings in config.yaml.',
    showsCause: true,
  },
  {
    name: 'synapse-read-failed',
    match: /error when reading synapse DB|query failed|whilst (?:reading|locking) Synapse/,
    message: () => "syn2mas could not read Synapse's database to the end.",
    why: 'The run is incomplete. The next run starts over.',
    remedy: 'Check that PostgreSQL is running and stays up, then run this again.',
    showsCause: true,
  },
  {
    name: 'mas-write-failed',
    match: /error when writing to MAS DB|error in writer:/,
    message: () => "syn2mas could not write to MAS's database.",
    why: 'The run is incomplete. The next run starts over.',
    remedy: 'Check that PostgreSQL is running, stays up and has free disk space, then run this again.',
    showsCause: true,
  },
  {
    name: 'mas-schema-failed',
    match: /could not run migrations|while executing migrations|could not sync the configuration/,
    message: () => "syn2mas could not update the schema or the providers of MAS's database.",
    why: 'It stops before it checks anything.',
    remedy: 'Fix the cause, then run this again.',
    showsCause: true,
  },
  {
    name: 'bad-arguments',
    match: /unexpected argument|requires a subcommand|required arguments were not provided/,
    message: () => 'syn2mas does not accept one of its arguments.',
    why: 'It did nothing.',
    remedy:
      'Check matrix_authentication_service_syn2mas_command_extra_options and …_subcommand_extra_options against the version of MAS.',
    showsCause: true,
  },
  {
    name: 'device-address-unreadable',
    severity: 'notice',
    match: /Failed to parse device IP/,
    message: (_found, n) => `${plural(n, 'device has', 'devices have')} an unreadable IP address.`,
    why: 'The address is not migrated. Nothing else is lost.',
    remedy: 'Nothing to do.',
    merged: true,
  },
  {
    name: 'appservice-localpart-invalid',
    severity: 'notice',
    match: /has invalid localpart, ignoring/,
    message: (_found, n) =>
      `${plural(n, 'application service account has', 'application service accounts have')} a name that MAS does not accept.`,
    why: 'syn2mas does not migrate accounts of application services.',
    remedy: 'Nothing to do.',
    merged: true,
  },
]
