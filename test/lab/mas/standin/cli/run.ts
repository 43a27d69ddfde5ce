import process from 'node:process'
import { stringify } from 'yaml'
import {
  checkSecrets,
  clientsConfig,
  databaseConfig,
  loadConfig,
  matrixConfig,
  passwordsConfig,
  providersConfig,
  type RootConfig,
} from '../config.ts'
import { connectToMas } from '../database.ts'
import { runDoctor } from '../doctor/doctor.ts'
import { currentEra, versionOf } from '../era.ts'
import { Failure } from '../failure.ts'
import { log } from '../log.ts'
import * as manage from '../manage.ts'
import { migrateSchema } from '../schema/migrate.ts'
import { runServer } from '../server/server.ts'
import { runSyn2mas } from '../syn2mas/run.ts'
import { syncConfig } from '../sync.ts'
import { commandsOf } from './commands.ts'
import { help, type Parsed, parseArguments, UsageError } from './parse.ts'

/** Runs one command line; answers the exit code. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let parsed: Parsed
  try {
    parsed = parseArguments(commandsOf(currentEra()), args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(error.message)
    return 2
  }
  if (parsed.wants === 'version') process.stdout.write(`mas-cli ${versionOf(currentEra())}\n`)
  if (parsed.wants === 'help') process.stdout.write(help(parsed.path))
  return parsed.wants === undefined ? dispatch(parsed) : 0
}

function dispatch(parsed: Parsed): Promise<number> | number {
  const root = loadConfig(parsed.options.get('config') ?? [])
  const has = (name: string) => parsed.options.has(name)
  const [, command, subcommand] = parsed.path.map(({ name }) => name)
  switch (command) {
    case undefined:
    case 'server':
      return runServer(root, {
        migrate: !has('no-migrate'),
        sync: !has('no-sync'),
        worker: !has('no-worker'),
      })
    case 'config':
      return runConfig(root, subcommand, { prune: has('prune'), dryRun: has('dry-run') })
    case 'database':
      return withDatabase(root, async () => undefined)
    case 'doctor':
      return runDoctor(root)
    case 'manage':
      return runManage(root, subcommand, parsed)
    default:
      return syn2mas(root, subcommand, parsed)
  }
}

async function withDatabase(
  root: RootConfig,
  work: (client: Awaited<ReturnType<typeof connectToMas>>) => Promise<void>,
) {
  const client = await connectToMas(databaseConfig(root))
  try {
    await migrateSchema(client)
    await work(client)
    return 0
  } finally {
    await client.end()
  }
}

async function runConfig(
  root: RootConfig,
  subcommand: string | undefined,
  options: { prune: boolean; dryRun: boolean },
) {
  if (subcommand === 'sync') return withDatabase(root, client => syncConfig(client, root, options))
  if (subcommand === 'generate') throw new Failure("the lab's stand-in makes no configuration")
  checkSecrets(root)
  matrixConfig(root)
  databaseConfig(root)
  passwordsConfig(root)
  providersConfig(root)
  clientsConfig(root)
  if (subcommand === 'dump') process.stdout.write(stringify(root.values))
  else log('INFO', { module: 'mas_cli::commands::config', line: 91 }, 'Configuration file looks good')
  return 0
}

function syn2mas(root: RootConfig, subcommand: string | undefined, { options }: Parsed): Promise<number> {
  const uri = options.get('synapse-database-uri')?.at(-1)
  return runSyn2mas(root, {
    subcommand: subcommand === 'migrate' ? 'migrate' : 'check',
    dryRun: options.has('dry-run'),
    synapseConfigs: options.get('synapse-config') ?? [],
    ignoreMissingProviders: options.has('ignore-missing-auth-providers'),
    ...(uri === undefined ? {} : { synapseDatabaseUri: uri }),
  })
}

function runManage(root: RootConfig, subcommand: string | undefined, { options, positionals }: Parsed) {
  const [first = '', second] = positionals
  const has = (name: string) => options.has(name)
  switch (subcommand) {
    case 'set-password':
      return manage.setPassword(root, first, second ?? '', has('ignore-complexity'))
    case 'verify-email':
      return manage.verifyEmail()
    case 'add-email':
      return manage.addEmail(root, first, second ?? '')
    case 'promote-admin':
    case 'demote-admin':
      return manage.setAdmin(root, first, subcommand === 'promote-admin')
    case 'list-admin-users':
      return manage.listAdmins(root)
    case 'issue-compatibility-token':
      return manage.issueToken(root, first, second, has('yes-i-want-to-grant-synapse-admin-privileges'))
    case 'issue-user-registration-token':
      return manage.issueRegistrationToken(root, options.get('token')?.at(-1))
    case 'provision-all-users':
      return manage.provisionAllUsers(root)
    case 'kill-sessions':
      return manage.killSessions(root, first, has('dry-run'))
    case 'lock-user':
      return manage.lockUser(root, first, has('deactivate'))
    case 'unlock-user':
      return manage.unlockUser(root, first)
    default:
      return registerUser(root, first, options)
  }
}

function registerUser(root: RootConfig, username: string, options: Parsed['options']): Promise<number> {
  if (!options.has('yes')) throw new Failure("the lab's stand-in cannot ask: use `--yes`")
  return manage.registerUser(root, {
    username,
    password: options.get('password')?.at(-1),
    emails: options.get('email') ?? [],
    admin: options.has('admin') ? true : options.has('no-admin') ? false : undefined,
    anyPassword: options.has('ignore-password-complexity'),
  })
}
