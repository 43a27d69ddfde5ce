import { counted, type ToolMessage } from './finding-table.ts'

const mappingVariable = 'matrix_authentication_service_syn2mas_process_extra_arguments'

/**
 * What the Node tool finds wrong or notable (tools/syn2mas/src/migrate.mts at v0.15.0 of
 * matrix-authentication-service). Its warnings stop the real run at the first account that has one, with the accounts
 * before it committed, so they are errors here.
 */
export const nodeToolMessages: readonly ToolMessage[] = [
  {
    name: 'mas-not-empty',
    severity: 'error',
    match: /Found (?<n>\d+) existing users in MAS/,
    message: (_found, n) =>
      `MAS already has ${counted(n, 'account')}, and the tool refuses to write beside them.`,
    why: 'Either a run died half-way, or a migration has been done, or people have logged in to MAS before it.',
    remedy:
      'Run the action doctor: it names what is there. After a run that died, MAS must be emptied of what it wrote.',
  },
  {
    name: 'guests-in-database',
    severity: 'error',
    match: /Migration of guest users is not supported/,
    message: (_found, n) => `Synapse has ${counted(n, 'guest account')}.`,
    why: 'The tool cannot migrate guests and stops at the first one.',
    remedy:
      'Deactivating does not help: delete the guests from the table users (WHERE is_guest = 1), with a backup.',
    together: true,
  },
  {
    name: 'provider-not-mapped',
    severity: 'error',
    match: /Unknown upstream provider (?<provider>\S+)/,
    message: ({ provider }, n) =>
      `${counted(n, 'account is', 'accounts are')} linked to the provider '${provider}', which the tool was given no mapping for.`,
    why: 'The tool stops at the first such account.',
    remedy: `Add "--upstreamProviderMapping PROVIDER:ULID" to ${mappingVariable}: PROVIDER as named here (with its 'oidc-'), ULID the id of the provider in matrix_authentication_service_config_upstream_oauth2_providers.`,
  },
  {
    name: 'provider-not-in-mas',
    severity: 'error',
    match: /Could not find upstream provider (?<ulid>\S+) in MAS database/,
    message: ({ ulid }) => `MAS does not know a provider with the id ${ulid}, which the mapping names.`,
    why: 'The tool did nothing.',
    remedy: `Correct the id in ${mappingVariable}, or install MAS with the provider first: it writes its providers into its database when it starts.`,
  },
  {
    name: 'mapping-malformed',
    severity: 'error',
    match: /Upstream provider mapping is not in correct format/,
    message: () => 'The provider mapping is not of the form PROVIDER:ULID.',
    why: 'The tool did nothing.',
    remedy: `Correct it in ${mappingVariable}, for example "--upstreamProviderMapping oidc-keycloak:01JD0000000000000000000001".`,
  },
  {
    name: 'non-email-threepids',
    severity: 'error',
    match: /Skipping non-email 3pid (?<medium>\S+) for user/,
    message: ({ medium }, n) =>
      `Synapse has ${counted(n, 'third-party id')} of the kind '${medium}', which the tool cannot migrate.`,
    why: 'A dry run goes on, but the real run stops at the first account that has one, half done.',
    remedy:
      "Delete them from Synapse before the migration (with a backup). To see whose they are: SELECT user_id FROM user_threepids WHERE medium <> 'email';",
  },
  {
    name: 'refresh-token-missing',
    severity: 'error',
    match: /Unable to locate refresh token/,
    message: (_found, n) =>
      `${counted(n, 'access token names', 'access tokens name')} a refresh token that is not there.`,
    why: 'A dry run goes on, but the real run stops at the first account that has one, half done.',
    remedy: "Delete such rows of access_tokens in Synapse's database; the sessions must log in again.",
    together: true,
  },
  {
    name: 'account-had-warnings',
    severity: 'error',
    match: /^User \S+ had \d+ warnings$/,
    message: (_found, n) => `${counted(n, 'account')} would stop the real run.`,
    why: 'What the dry run calls a warning is fatal in the real run.',
    remedy: 'Do what the other findings say.',
    together: true,
  },
  {
    name: 'config-unreadable',
    severity: 'error',
    match: /ZodError/,
    message: () => 'The tool cannot read one of the two configuration files.',
    why: 'It did nothing.',
    remedy:
      'Each of matrix_synapse_oidc_providers needs `issuer` and `scopes`; password_config.enabled must be true or false.',
  },
  {
    name: 'duplicate-row',
    severity: 'error',
    match: /duplicate key value violates unique constraint/,
    message: () => 'MAS already has a row that the tool wanted to write.',
    why: 'The run is half done.',
    remedy:
      'Empty MAS of what the run wrote; then look for accounts whose e-mail addresses or tokens are there twice.',
  },
  {
    name: 'database-unreachable',
    severity: 'error',
    match: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|password authentication failed|database "[^"]*" does not exist/,
    message: () => 'The tool cannot connect to one of the two databases.',
    why: 'It did nothing.',
    remedy: 'Check that PostgreSQL runs, and the database settings in homeserver.yaml and config.yaml.',
  },
]
