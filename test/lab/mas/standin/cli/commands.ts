import type { Era } from '../era.ts'
import type { Command, Option } from './parse.ts'

const user = { name: 'USERNAME' }

const manage: Command = {
  name: 'manage',
  about: 'Manage the instance',
  subcommands: [
    { name: 'add-email', about: 'Give a user an e-mail address', positionals: [user, { name: 'EMAIL' }] },
    {
      name: 'verify-email',
      about: '(DEPRECATED) Does nothing any more',
      positionals: [user, { name: 'EMAIL' }],
    },
    {
      name: 'set-password',
      about: "Change a user's password",
      positionals: [user, { name: 'PASSWORD' }],
      options: [{ name: 'ignore-complexity', about: 'Accept a weak one' }],
    },
    { name: 'promote-admin', about: 'Make a user admin', positionals: [user] },
    { name: 'demote-admin', about: 'Make a user no admin', positionals: [user] },
    { name: 'list-admin-users', about: 'List the users who can be admin' },
    {
      name: 'issue-compatibility-token',
      about: 'Issue a compatibility token',
      positionals: [user, { name: 'DEVICE_ID', optional: true }],
      options: [
        {
          name: 'yes-i-want-to-grant-synapse-admin-privileges',
          about: "With the rights of Synapse's admins",
        },
      ],
    },
    {
      name: 'issue-user-registration-token',
      about: 'Create a token that lets somebody register',
      options: [{ name: 'token', value: 'TOKEN', about: 'The token itself' }],
    },
    { name: 'provision-all-users', about: 'Queue a job for every user that makes Synapse know them' },
    {
      name: 'kill-sessions',
      about: "End all of a user's sessions",
      positionals: [user],
      options: [{ name: 'dry-run', about: 'Only say what would be done' }],
    },
    {
      name: 'lock-user',
      about: 'Lock a user',
      positionals: [user],
      options: [{ name: 'deactivate', about: 'And queue the deactivation' }],
    },
    { name: 'unlock-user', about: 'Unlock a user', positionals: [user] },
    {
      name: 'register-user',
      about: 'Register a user',
      positionals: [{ name: 'USERNAME' }],
      options: [
        { name: 'yes', short: 'y', about: 'Do not ask' },
        { name: 'ignore-password-complexity', about: 'Accept a weak password' },
        { name: 'password', short: 'p', value: 'PASSWORD', about: 'Password to set' },
        { name: 'email', short: 'e', value: 'EMAILS', about: 'E-mail address to add' },
        { name: 'admin', short: 'a', about: 'Make the user an admin' },
        { name: 'no-admin', short: 'A', about: 'Make the user no admin' },
        { name: 'display-name', short: 'd', value: 'DISPLAY_NAME', about: "Set the user's display name" },
      ],
    },
  ],
}

const synapseOptions: readonly Option[] = [
  {
    name: 'synapse-config',
    value: 'SYNAPSE_CONFIGURATION_FILES',
    global: true,
    about: "Path to Synapse's configuration; can be given more than once",
  },
  {
    name: 'synapse-database-uri',
    value: 'SYNAPSE_DATABASE_URI',
    global: true,
    about: "Where Synapse's database is, if not where its configuration says",
  },
  {
    name: 'ignore-missing-auth-providers',
    global: true,
    about: 'Warn, and go on, where a provider of upstream links is in no configuration',
  },
]

const syn2mas: Command = {
  name: 'syn2mas',
  about: "Migrate from Synapse's built-in auth system to MAS",
  options: synapseOptions,
  subcommands: [
    { name: 'check', about: 'Look for what would prevent a migration' },
    {
      name: 'migrate',
      about: 'Perform a migration. Synapse must be offline during this process',
      options: [{ name: 'dry-run', about: 'Write everything, then empty the tables again' }],
    },
  ],
}

const config: Command = {
  name: 'config',
  about: 'Configuration-related commands',
  subcommands: [
    { name: 'dump', about: 'Print the configuration as YAML' },
    { name: 'check', about: 'Check a config file' },
    { name: 'generate', about: 'Not done by the stand-in' },
    {
      name: 'sync',
      about: 'Write providers and clients of the configuration into the database',
      options: [
        { name: 'prune', about: 'Delete what is not in the configuration' },
        { name: 'dry-run', about: 'Only say what would be done' },
      ],
    },
  ],
}

const serverOptions: readonly Option[] = [
  { name: 'no-migrate', about: 'Leave the schema alone' },
  { name: 'no-worker', about: 'Leave the queue alone' },
  { name: 'no-sync', about: 'Leave providers and clients alone' },
]

/** All that the stand-in understands, in one era. */
export function commandsOf(era: Era): Command {
  return {
    name: 'mas-cli',
    about: '',
    runsAlone: true,
    options: [
      { name: 'config', short: 'c', value: 'CONFIG', global: true, about: 'Path to the configuration file' },
    ],
    subcommands: [
      config,
      {
        name: 'database',
        about: 'Manage the database',
        subcommands: [{ name: 'migrate', about: 'Run database migrations' }],
      },
      { name: 'server', about: 'Runs the web server', options: serverOptions },
      manage,
      { name: 'doctor', about: 'Run diagnostics on the deployment' },
      ...(era === '1.22' ? [syn2mas] : []),
    ],
  }
}
