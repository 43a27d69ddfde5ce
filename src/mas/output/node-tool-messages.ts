import { mappingVariable } from '../../domain/variables.ts'
import { plural } from '../../support/plural.ts'
import type { ToolMessage } from './finding-table.ts'

/**
 * The problems that the Node tool reports (tools/syn2mas/src/migrate.mts of matrix-authentication-service v0.15.0). They
 * are errors even if the tool only warns: a real run stops at the first such account, after it has committed others.
 */
export const nodeToolMessages: readonly ToolMessage[] = [
  {
    name: 'mas-not-empty',
    match: /Found (?<n>\d+) existing users in MAS/,
    message: (_found, n) => `MAS already has ${plural(n, 'account')}. The tool needs an empty MAS.`,
    why: 'A run died half-way, the migration has already run, or users logged in to MAS before it.',
    remedy:
      'Run the action doctor: it lists the accounts. If a run died, delete the accounts that it wrote to MAS.',
  },
  {
    name: 'guests-in-database',
    match: /Migration of guest users is not supported/,
    message: (_found, n) => `Synapse has ${plural(n, 'guest account')}.`,
    why: 'The tool cannot migrate guests and stops at the first one.',
    remedy:
      "Make a backup. Then, to delete the guests, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c 'DELETE FROM users WHERE is_guest = 1'`. Deactivating them is not enough.",
    merged: true,
  },
  {
    name: 'provider-not-mapped',
    match: /Unknown upstream provider (?<provider>\S+)/,
    message: ({ provider }, n) =>
      `${plural(n, 'account is', 'accounts are')} linked to the provider '${provider}', which has no mapping.`,
    why: 'The tool stops at the first such account.',
    remedy: ({ provider }) =>
      `Add "--upstreamProviderMapping ${provider}:ULID" to the list ${mappingVariable}. ULID is the provider's id in matrix_authentication_service_config_upstream_oauth2_providers.`,
  },
  {
    name: 'provider-not-in-mas',
    match: /Could not find upstream provider (?<ulid>\S+) in MAS database/,
    message: ({ ulid }) => `The mapping names the provider id ${ulid}, which MAS does not have.`,
    why: 'The tool did nothing.',
    remedy: `Fix the id in ${mappingVariable}, or deploy the provider to MAS first: MAS stores its providers in its database when it starts.`,
  },
  {
    name: 'mapping-malformed',
    match: /Upstream provider mapping is not in correct format/,
    message: () => 'The provider mapping does not have the form PROVIDER:ULID.',
    why: 'The tool did nothing.',
    remedy: `Fix it in ${mappingVariable}, for example "--upstreamProviderMapping oidc-keycloak:01JD0000000000000000000001".`,
  },
  {
    name: 'non-email-threepids',
    match: /Skipping non-email 3pid (?<medium>\S+) for user/,
    message: ({ medium }, n) =>
      `Synapse has ${plural(n, 'third-party id')} of type '${medium}', which the tool cannot migrate.`,
    why: 'A dry run continues, but a real run stops at the first such account and is left incomplete.',
    remedy:
      'Make a backup, then delete them from Synapse before the migration. To list their accounts, run on the server: `/matrix/postgres/bin/cli-non-interactive -d synapse -c "SELECT user_id FROM user_threepids WHERE medium <> \'email\'"`',
  },
  {
    name: 'refresh-token-missing',
    match: /Unable to locate refresh token/,
    message: (_found, n) =>
      `${plural(n, 'access token names', 'access tokens name')} a refresh token that does not exist.`,
    why: 'A dry run continues, but a real run stops at the first such account and is left incomplete.',
    remedy: "Delete these rows of access_tokens in Synapse's database. Their users must log in again.",
    merged: true,
  },
  {
    name: 'account-had-warnings',
    match: /^User \S+ had \d+ warnings$/,
    message: (_found, n) => `${plural(n, 'account')} would stop a real run.`,
    why: 'A warning of the dry run is fatal in a real run.',
    remedy: 'Fix the other findings.',
    merged: true,
  },
  {
    name: 'config-unreadable',
    match: /ZodError|YAML\w*Error|ENOENT: no such file|EACCES: permission denied/,
    message: () => 'The tool cannot read one of the two configuration files.',
    why: 'It did nothing.',
    remedy:
      'Set `issuer` and `scopes` on each entry of matrix_synapse_oidc_providers, and set password_config.enabled to true or false.',
    showsCause: true,
  },
  {
    name: 'duplicate-row',
    match: /duplicate key value violates unique constraint/,
    message: () => 'MAS already has a row that the tool tried to write.',
    why: 'The run is incomplete.',
    remedy:
      'Delete from MAS what the run wrote, then look for accounts with duplicate e-mail addresses or tokens.',
    showsCause: true,
  },
  {
    name: 'database-unreachable',
    match: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|password authentication failed|database "[^"]*" does not exist/,
    message: () => 'The tool cannot connect to one of the two databases.',
    why: 'It did nothing.',
    remedy:
      'Check that PostgreSQL is running, and check the database settings in homeserver.yaml and config.yaml.',
    showsCause: true,
  },
]
