import type { Invocation } from './invocation.ts'
import type { OptionName } from './options.ts'

export interface Example {
  readonly line: string
  readonly what: string
}

/** A command of the program. Its help and its page in `docs/reference/cli.md` are made from this. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** Paragraphs. */
  readonly about: readonly string[]
  readonly examples: readonly [Example, ...Example[]]
  readonly arguments?: readonly { readonly name: string; readonly text: string }[]
  readonly options: readonly OptionName[]
  readonly run: (invocation: Invocation) => Promise<void>
}

const inventoryOptions = ['inventory', 'limit', 'playbook-path', 'playbook-repository'] as const
const connection = ['known-hosts', 'ssh-key-file'] as const
const server = [...inventoryOptions, ...connection, 'vault-password-file', 'extra-vars', 'no-setup'] as const
const migration = [
  ...server,
  'backup',
  'backup-path',
  'backup-max-age-hours',
  'keep-backups',
  'max-downtime',
  'present-inventory',
  'json-path',
] as const

const onServer =
  'The command connects to the server by SSH, as the inventory says. It needs the pinned host key of the server (see init) and a key that logs in: one of your SSH agent, or --ssh-key-file.'
const ansible =
  'Ansible and the roles of the playbook are installed into a cache of their own, unless --no-setup is given.'

async function migrate(invocation: Invocation, operation: string): Promise<void> {
  const { migrate: action } = await import('../actions/migrate/action.ts')
  const { plan, sentence = '' } = await invocation.performOnServer(action, { operation })
  const { terminal } = invocation
  if (!terminal.hasResult)
    terminal.result({ schema: 'nothing/1', plan, sentence }, () => terminal.worded({ sentence }).sentence)
}

export const commands: readonly Command[] = [
  {
    name: 'validate',
    summary: 'check the inventory, and propose fixes',
    about: [
      'Reads the files of the inventory in the current folder, and reports each problem with its line, the reason and the fix. It runs nothing, needs no secret and does not connect to your servers. Where playbook.lock pins the playbook, the playbook is fetched, and the vars are compared with it. If it cannot be fetched, the command shows all other findings, and fails.',
    ],
    examples: [
      { line: 'validate', what: 'check the inventory and its vars' },
      { line: 'validate --fix', what: 'write the proposed lines that are certain' },
      { line: 'validate --base-ref origin/main', what: 'say what merging would do' },
      { line: 'validate --convert-path providers.yml', what: "convert Synapse's login providers for MAS" },
    ],
    options: [
      ...inventoryOptions,
      'base-ref',
      'base-path',
      'fail-on',
      'accepted-findings',
      'fix',
      'convert-path',
      'json-path',
      'sarif-path',
    ],
    run: async invocation => (await import('./validate.ts')).validateInventory(invocation),
  },
  {
    name: 'plan',
    summary: 'show what stands between you and MAS',
    about: [
      'Checks the inventory as it is, then as if the prepare pull request and the migrate pull request were merged. Everything that stands in the way is listed in the order in which you meet it, with the lines that each pull request adds or removes. It needs no secret and does not connect to your servers. Without --write it changes no vars, and fails where the inventory as it is has an error.',
    ],
    examples: [
      { line: 'plan', what: 'all hosts of the inventory' },
      { line: 'plan --limit matrix.example.com', what: 'one host' },
      {
        line: 'plan --write prepare',
        what: 'write the lines of the prepare pull request, with a new secret',
      },
    ],
    options: [...inventoryOptions, 'accepted-findings', 'write'],
    run: async invocation => (await import('./plan/plan.ts')).showPlan(invocation),
  },
  {
    name: 'init',
    summary: 'set up the repository, its workflows and GitHub',
    about: [
      'Writes the three workflows, pins the host keys of the servers and the commit of the playbook, and prints the commands of gh that create environments, secrets and variables, with what each is for. With --gh it runs them. A host key is shown with its fingerprint and written only after you compared it.',
      'Without --force, it never overwrites a file that differs, and never removes one. You can run it again: it then does only what is missing.',
    ],
    examples: [
      { line: 'init', what: 'ask what is not known' },
      { line: 'init --check', what: 'only say what is missing' },
      {
        line: 'init --create-ssh-key ~/.ssh/matrix-auth --gh',
        what: 'with a new key, and GitHub set up by gh',
      },
    ],
    options: [
      'inventory',
      ...connection,
      'vault-password-file',
      'playbook-path',
      'playbook-repository',
      'playbook-commit',
      'branch',
      'toolkit',
      'fingerprint',
      'create-ssh-key',
      'account-plan',
      'reviewer',
      'gh',
      'check',
      'force',
    ],
    run: async invocation => (await import('./init/init.ts')).initialise(invocation),
  },
  {
    name: 'rehearse',
    summary: 'rehearse the migration on the real server',
    about: [
      'Rehearses syn2mas, with the dialect mas-cli in a scratch database, and stores a receipt on the server, which migrate requires. Users notice nothing.',
      onServer,
      ansible,
    ],
    examples: [{ line: 'rehearse --limit matrix.example.com', what: 'rehearse on one host' }],
    options: [...server, 'max-hosts', 'json-path'],
    run: async invocation => {
      const { syn2masDryRun } = await import('../actions/syn2mas-dry-run/action.ts')
      await invocation.performOnServer(syn2masDryRun)
    },
  },
  {
    name: 'deploy',
    summary: "deploy a change with the playbook's own tags",
    about: [
      'Runs the playbook with the tags that the change needs. Refuses a change that would lock users out, or that would migrate the server.',
      onServer,
      ansible,
    ],
    examples: [{ line: 'deploy --limit matrix.example.com', what: 'deploy the vars of one host' }],
    options: [...server, 'base-ref', 'max-hosts', 'tags', 'json-path'],
    run: async invocation => {
      const { deploy } = await import('../actions/deploy/action.ts')
      await invocation.performOnServer(deploy)
    },
  },
  {
    name: 'migrate',
    summary: 'migrate the server to MAS',
    about: [
      'Takes a backup, repeats the rehearsal, migrates, and proves that users can continue. During the downtime the server works by itself. If a proof fails, it restores its previous state.',
      onServer,
      ansible,
    ],
    examples: [{ line: 'migrate --limit matrix.example.com', what: 'migrate one host' }],
    options: [...migration, 'base-ref', 'expected-plan', 'no-require-receipt', 'receipt-max-age-hours'],
    run: invocation => migrate(invocation, 'migrate'),
  },
  {
    name: 'resume',
    summary: 'end a migration or rollback that was interrupted, or show the report of the last one',
    about: [
      'The server restores its previous state, unless the run was complete. If no run is unfinished, the command changes nothing, and shows the report of the last run.',
      onServer,
      ansible,
    ],
    examples: [
      {
        line: 'resume --limit matrix.example.com',
        what: 'end the unfinished run, or show the report of the last one',
      },
    ],
    options: migration,
    run: invocation => migrate(invocation, 'resume'),
  },
  {
    name: 'rollback',
    summary: "return to Synapse's built-in login",
    about: [
      'If users would lose nothing, it rolls back at once. Otherwise it only says what they would lose: start it again with the number that it shows in --confirm-lost-sessions. To know without rolling back, run doctor.',
      onServer,
      ansible,
    ],
    examples: [
      { line: 'rollback', what: 'roll back, unless users would lose something: then only say what' },
      { line: 'rollback --confirm-lost-sessions 12', what: 'roll back' },
    ],
    options: [...migration, 'confirm-lost-sessions'],
    run: invocation => migrate(invocation, 'rollback'),
  },
  {
    name: 'status',
    summary: 'show the stage of a server, the last run, and what to do next',
    about: ['Changes nothing. It fails if the stage of the server cannot be read.', onServer],
    examples: [{ line: 'status --limit matrix.example.com', what: 'the stage, the lock and the last run' }],
    options: [...inventoryOptions, ...connection],
    run: async invocation => {
      const { migrate: action } = await import('../actions/migrate/action.ts')
      await invocation.performOnServer(action, { operation: 'status' }, false)
    },
  },
  {
    name: 'doctor',
    summary: 'check the health of the servers',
    about: [
      'Checks each server as its users see it. Changes no settings. It writes a line to the journal.',
      onServer,
      ansible,
    ],
    examples: [
      { line: 'doctor', what: 'all hosts' },
      { line: 'doctor --json', what: 'for a program, such as a monitor' },
    ],
    options: [...server, 'max-hosts', 'canary-user', 'canary-password-file', 'json-path'],
    run: async invocation => {
      const { doctor } = await import('../actions/doctor/action.ts')
      await invocation.performOnServer(doctor)
    },
  },
  {
    name: 'register-user',
    summary: 'create an account where the server keeps accounts now',
    about: [
      'Before the migration, it creates the account in Synapse, and afterwards in MAS. An account that exists in MAS too early would block the migration.',
      'With --password, it asks for a password, or reads it from standard input. The password never appears on a command line of this machine or the server. MAS accepts a password only on a command line or at its own prompt on the server, so an account in MAS is created without one. Its owner sets a password with the password recovery of MAS, if this is turned on and MAS can send email, or logs in with a login provider.',
      onServer,
    ],
    arguments: [{ name: 'name', text: 'local part of the user ID, such as alice of @alice:example.com' }],
    examples: [
      { line: 'register-user alice --password', what: 'before the migration' },
      { line: 'register-user alice --email alice@example.com', what: 'after the migration' },
    ],
    options: [...inventoryOptions, ...connection, 'password', 'admin', 'email'],
    run: async invocation => (await import('./account.ts')).registerUser(invocation),
  },
  {
    name: 'verify-email',
    summary: 'give an account in MAS a verified email address',
    about: [
      'In current versions of MAS, mas-cli manage verify-email does nothing: it logs that it is deprecated, and succeeds. There, an address is verified as soon as it is added, so this command runs mas-cli manage add-email. An older MAS has no add-email; there, this command verifies an address that the account already has.',
      onServer,
    ],
    arguments: [
      { name: 'name', text: 'local part of the user ID, such as alice of @alice:example.com' },
      { name: 'address', text: 'email address' },
    ],
    examples: [{ line: 'verify-email alice alice@example.com', what: 'alice can then reset her password' }],
    options: [...inventoryOptions, ...connection],
    run: async invocation => (await import('./account.ts')).verifyEmail(invocation),
  },
]

/** What each exit code means. */
export const exitCodes: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'success'],
  [
    1,
    'something must be fixed, or the command failed: findings, an unhealthy server, a server whose stage cannot be read, a refusal, a restored migration',
  ],
  [2, 'a command, an option or an argument is wrong, or a file that it names; nothing was done'],
  [70, 'a bug in matrix-auth-actions'],
  [
    130,
    'interrupted; before the downtime the changes to the server are undone; from then on the server continues by itself',
  ],
]
