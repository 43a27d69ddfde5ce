import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { deploy } from '../../src/actions/deploy/action.ts'
import { doctor } from '../../src/actions/doctor/action.ts'
import type { InputTable } from '../../src/actions/inputs.ts'
import { migrate } from '../../src/actions/migrate/action.ts'
import { syn2masDryRun } from '../../src/actions/syn2mas-dry-run/action.ts'
import { serverInputs } from '../../src/actions/targets.ts'
import { validateConfig } from '../../src/actions/validate-config/action.ts'
import { type Command, commands, exitCodes } from '../../src/cli/commands.ts'
import { type OptionText, optionTexts } from '../../src/cli/options.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { schemaErrors } from './run.ts'
import { fakeScreen, runHere } from './screen.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'terminal-'))
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.1\n')
  write(
    'inventory/host_vars/matrix.example.test/vars.yml',
    'matrix_authentication_service_enabled: "false"\n',
  )
  mkdirSync(join(root, 'page.html'))
  vi.stubEnv('SSH_AUTH_SOCK', '')
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const run = (...argv: string[]) => runHere(argv, root)
const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length))

describe('the help', () => {
  test('lists every command and exit code within 80 columns', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    const text = stdout.replaceAll(/\s+/g, ' ')
    for (const { name, summary } of commands) expect(text).toMatch(new RegExp(`${name}\\b[^.]* ${summary}`))
    for (const [each] of exitCodes) expect(stdout).toMatch(new RegExp(`^ {2}${each} `, 'm'))
    expect(widest(stdout)).toBeLessThanOrEqual(80)
  })

  test.each(commands)(
    'of $name says what it does, has an example, and each option, within 80 columns',
    async command => {
      const { code, stdout } = await run(command.name, '--help')
      expect(code).toBe(0)
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(command.about[0])
      for (const { line } of command.examples) expect(stdout).toContain(`$ matrix-auth-actions ${line}`)
      for (const name of command.options) expect(stdout).toContain(`--${name}`)
      expect(widest(stdout)).toBeLessThanOrEqual(80)
      expect(stdout).not.toMatch(/\b(?:the inputs?|annotations?|this step)\b(?! file)/)
      expect(await run('help', command.name)).toEqual({ code, stdout, stderr: '' })
    },
  )

  test('of every command shows examples that the command understands', async () => {
    for (const { name, examples, options } of commands) {
      for (const { line } of examples) {
        const [command, ...words] = line.split(' ')
        expect(command).toBe(name)
        for (const word of words.filter(each => each.startsWith('--')))
          expect([...options, 'json'].map(option => `--${option}`)).toContain(word)
      }
    }
  })

  test.each(commands.map(({ name }) => name))('of %s fits a screen of 50 columns', async name => {
    const { stdout } = await runHere([name, '--help'], root, fakeScreen({ width: 50 }))
    // A line to type stays whole.
    expect(widest(stdout.replace(/^(?: *\$|Usage:) .*$/gm, ''))).toBeLessThanOrEqual(50)
  })

  test('and the version', async () => {
    expect(await run('--version')).toEqual({ code: 0, stdout: `${packageFile.version}\n`, stderr: '' })
  })
})

describe('a wrong word', () => {
  test.each([
    [['valdate'], 'unknown command', 'Did you mean validate?'],
    [['rolback'], 'unknown command', 'Did you mean rollback?'],
    [['help', 'rolback'], "unknown command 'rolback'", 'Did you mean rollback?'],
    [['rolback', '--help'], "unknown command 'rolback'", 'Did you mean rollback?'],
    [['validate', '--inventroy', 'x'], "unknown option '--inventroy'", 'Did you mean --inventory?'],
    [['--fix', 'validate'], "unknown option '--fix'", 'Write options after the command: validate --fix'],
    [
      ['--limit', 'a', 'validate'],
      "unknown option '--limit'",
      'Write options after the command: validate --limit',
    ],
    [['validate', '--limit'], "option '--limit <PATTERN>' argument missing", ''],
    [['deploy', '--limit', ''], "option '--limit <PATTERN>' argument '' is invalid", 'It is empty.'],
    [['validate', '--inventory='], "option '--inventory <PATH>' argument '' is invalid", 'It is empty.'],
    [['validate', 'inventory/hosts'], 'too many arguments', ''],
    [['register-user'], "missing required argument 'name'", ''],
    [['validate', '--fail-on', 'sometimes'], '`--fail-on` must be one of', ''],
    [['doctor', '--max-hosts', 'all'], '`--max-hosts` must be a whole number', ''],
    [['migrate', '--extra-vars', 'secret'], '`--extra-vars` must be a JSON object', ''],
    [['validate', '--base-path', 'nowhere'], '`--base-path` does not exist', ''],
    [['register-user', '@alice:example.com'], 'not the local part', ''],
    [['status'], 'There is no SSH agent', '--ssh-key-file'],
    [
      ['validate', '--inventory', 'nowhere'],
      'The inventory does not exist',
      'did you mean `inventory/hosts`?',
    ],
    [['plan', '--inventory', '/etc/hosts'], 'The inventory is outside the repository', '`--inventory`'],
    [['status', '--ssh-key-file', 'inventory/hosts'], 'must be an OpenSSH private key', 'Name the file'],
    // Told before the key is asked for, and before anything is installed.
    [['migrate', '--backup', 'external'], '`--backup` is `external`, but `--backup-path` is not set', 'Set'],
    [['migrate', '--json-path', '/nowhere/report.json'], 'A report cannot be written', 'Name a file'],
    [['doctor', '--json-path', 'inventory'], 'A report cannot be written (it is a folder)', 'Name a file'],
    [['migrate', '--json-path', 'page.json'], 'A report cannot be written (it is a folder)', 'Name a file'],
    [['deploy', '--json-path', 'inventory/hosts'], 'it would replace a file that is not a report', ''],
    [['validate', '--sarif-path', 'inventory/hosts'], 'it would replace a file that is not a report', ''],
    [['rollback', '--backup-path', '/backup'], '`--backup-path` is set, but `--backup` is `auth`', 'remove'],
    [
      ['rollback', '--vault-password-file', 'nowhere'],
      'The file of --vault-password-file does not exist',
      '',
    ],
    [['status', '--ssh-key-file', 'nowhere'], 'The file of --ssh-key-file does not exist', ''],
  ])('such as %j is named, and nothing is done', async (argv, what, advice) => {
    const { code, stdout, stderr } = await run(...argv)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(what)
    expect(stderr).toContain(advice)
    expect(stderr).not.toContain('secret')
    const json = await run(...argv, '--json')
    if (!argv.includes('--limit'))
      expect(schemaErrors('terminal#/definitions/error', JSON.parse(json.stdout))).toEqual([])
  })

  test('or none is answered with the help', async () => {
    const { code, stderr } = await run()
    expect(code).toBe(2)
    expect(stderr).toContain('Usage: matrix-auth-actions')
  })
})

describe('the commands', () => {
  const fixedInputs: Readonly<Record<string, readonly string[]>> = {
    validate: ['github-token', 'summary'],
    migrate: ['operation', 'confirm-lost-sessions'],
    resume: [
      'operation',
      'expected-plan',
      'require-receipt',
      'receipt-max-age-hours',
      'confirm-lost-sessions',
      'base-ref',
    ],
    rollback: ['operation', 'expected-plan', 'require-receipt', 'receipt-max-age-hours', 'base-ref'],
    rehearse: ['base-ref'],
    doctor: ['base-ref'],
  }
  const ofTerminal = ['fix', 'ssh-key-file', 'vault-password-file', 'canary-password-file', 'no-setup']
  const tables: Readonly<Record<string, InputTable>> = {
    validate: validateConfig.inputs,
    rehearse: syn2masDryRun.inputs,
    deploy: deploy.inputs,
    migrate: migrate.inputs,
    resume: migrate.inputs,
    rollback: migrate.inputs,
    doctor: doctor.inputs,
  }

  test.each(Object.entries(tables))(
    '%s has the inputs of its action as options, with the same defaults',
    (name, table) => {
      const command = commands.find(each => each.name === name) as Command
      const given = [
        ...(fixedInputs[name] ?? []),
        'github-token',
        'ssh-private-key',
        'vault-password',
        'canary-password',
      ]
      const inputs = Object.keys(table).filter(input => !given.includes(input))
      const options = command.options
        .filter(option => !ofTerminal.includes(option))
        .map(option => option.replace(/^no-/, ''))
      expect(options.toSorted()).toEqual(inputs.toSorted())
      for (const option of command.options.filter(
        each => !ofTerminal.includes(each) && each !== 'playbook-repository',
      )) {
        const { standard, value }: OptionText = optionTexts[option]
        const fallback = table[option.replace(/^no-/, '')]?.fallback
        if (
          ['inventory', 'max-hosts'].includes(option) ||
          (option === 'playbook-path' && name === 'validate')
        )
          continue
        expect([option, value === undefined ? undefined : standard]).toEqual([
          option,
          fallback === '' || value === undefined ? undefined : fallback,
        ])
      }
    },
  )

  test('that connect to a server only have options that mean something', () => {
    for (const name of ['status', 'register-user', 'verify-email']) {
      const { options } = commands.find(each => each.name === name) as Command
      const own = ['ssh-key-file', 'password', 'admin', 'email']
      for (const option of options) expect([...Object.keys(serverInputs), ...own]).toContain(option)
    }
  })
})

describe('the inventory', () => {
  const move = (from: string, to: string) => renameSync(join(root, from), join(root, to))
  const found = commands.filter(({ name }) => !['init', 'register-user', 'verify-email'].includes(name))

  test.each(found)(
    'of $name is found by its usual names, and not guessed among several',
    async ({ name }) => {
      // Without an agent, those that connect to a server stop after they have read their options.
      move('inventory/hosts', 'inventory/hosts.yaml')
      const moved = await run(name)
      write('inventory/hosts.ini', '')
      const several = await run(name)
      rmSync(join(root, 'inventory/hosts.ini'))
      move('inventory/hosts.yaml', 'hosts')
      const none = await run(name)
      move('hosts', 'inventory/hosts')
      const inside = await runHere([name], join(root, 'inventory/host_vars'))
      expect(inside.stderr).toContain(
        'What to do: Run the command in the folder that contains inventory/: cd ../..\n',
      )
      expect(moved.stderr).not.toMatch(/inventory was found|does not exist/)
      expect(several.code).toBe(2)
      expect(several.stderr).toBe(
        'Error: More than one inventory was found.\nWhere: inventory/hosts.yaml, inventory/hosts.ini\nWhat to do: Set its path: --inventory inventory/hosts.yaml\n',
      )
      expect(none.code).toBe(2)
      expect(none.stderr).toBe(
        'Error: No inventory was found.\nWhere: inventory/hosts, inventory/hosts.yml, inventory/hosts.yaml, inventory/hosts.ini\nWhat to do: Run the command in the folder that contains inventory/, or set its path: --inventory hosts\n',
      )
    },
  )

  test.each(['production.ini', 'staging.yml', 'servers'])('with the name %s is offered', async name => {
    move('inventory/hosts', `inventory/${name}`)
    const others = ['inventory/README.md', 'inventory/known_hosts']
    for (const other of others) write(other, 'a text')
    const { stderr } = await run('validate')
    for (const other of others) rmSync(join(root, other))
    move(`inventory/${name}`, 'inventory/hosts')
    expect(stderr).toContain(`or set its path: --inventory inventory/${name}\n`)
  })

  test('is named as in ansible.cfg, whose key has the name of an option', async () => {
    write('ansible.cfg', '[defaults]\ninventory = inventory/hosts\n')
    const { stdout } = await run('validate')
    rmSync(join(root, 'ansible.cfg'))
    expect(stdout).toContain('`ansible.cfg` sets `inventory = …`')
  })

  test('in YAML is read as one', async () => {
    move('inventory/hosts', 'hosts')
    write('inventory/hosts.yml', 'matrix_servers:\n  hosts:\n    matrix.example.test:\n')
    const { stdout } = await run('plan', '--json')
    rmSync(join(root, 'inventory/hosts.yml'))
    move('hosts', 'inventory/hosts')
    expect(JSON.parse(stdout).hosts).toEqual([{ host: 'matrix.example.test', stage: 'unknown' }])
  })
})

describe('validate', () => {
  const broken = 'inventory/host_vars/matrix.example.test/vars.yml'

  test('prints plain lines with places and proposals, and fails', async () => {
    const { code, stdout, stderr } = await run('validate')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /vars\.yml:1:40: error: .*\[mas\/stage-contradictory\]\n {2}Write .*\n {2}Replace the text at inventory.*vars\.yml:1:40 with:\nfalse\n/,
    )
    expect(stdout).toContain(
      'Variable names and types were not checked: no checkout of the playbook was found',
    )
    expect(stderr).toBe(
      'Error: 1 finding must be fixed first.\nWhat to do: Fix the error above. `matrix-auth-actions validate --fix` writes the proposed lines.\n',
    )
  })

  test.each([true, false])('prints lines that can be pasted as they are, terminal %s', async isTerminal => {
    const prepared =
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: true\n'
    write(
      broken,
      `${prepared}matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - idp_id: sso\n    issuer: https://sso.example.test/\n    client_id: a\n    client_secret: b\n    scopes: [openid]\n`,
    )
    const { stdout } = await runHere(['validate'], root, fakeScreen({ isTerminal }))
    write(broken, 'matrix_authentication_service_enabled: "false"\n')
    expect(stdout).toMatch(
      /^ +Insert at (?:inventory.*vars\.yml:)?10:1:\nmatrix_authentication_service_config_upstream_oauth2_providers:\n {2}- id: \w+\n {4}synapse_idp_id: oidc-sso\n/m,
    )
  })

  test('reports a file that cannot be read once, with the cause of a key that is indented too far', async () => {
    const more = 'inventory/host_vars/matrix.example.test/more.yml'
    write(more, 'a: 1\n b: 2\n')
    rmSync(join(root, broken))
    const { stdout } = await runHere(['validate'], root)
    rmSync(join(root, more))
    write(broken, 'matrix_authentication_service_enabled: "false"\n')
    expect(stdout).toContain(`${more}:2:3: error: this line is indented too far`)
    expect(stdout).not.toContain('[mas/stage-unknown]')
    expect(stdout.match(/ error: /g)).toHaveLength(1)
  })

  test('groups findings by file on a terminal, within 80 columns', async () => {
    const { stdout, stderr } = await runHere(['validate'], root, fakeScreen({ isTerminal: true }))
    expect(stdout).toContain(`${broken}\n  1:40  error  mas/stage-contradictory\n`)
    expect(stdout).toContain('    Replace the text at 1:40 with:\nfalse\n')
    expect(stderr).toContain('--fix` writes the proposed lines')
    expect(widest(stdout)).toBeLessThanOrEqual(80)
  })

  test('points a person at a terminal to plan while MAS is off, and no program', async () => {
    const line = 'To see the way to MAS: `matrix-auth-actions plan`\n'
    const outputs = async (vars: string) => {
      write(broken, vars)
      const shown = async (isTerminal: boolean, ...argv: string[]) =>
        (await runHere(['validate', ...argv], root, fakeScreen({ isTerminal }))).stdout
      const texts = [await shown(true), await shown(true, '--json'), await shown(false)]
      write(broken, 'matrix_authentication_service_enabled: "false"\n')
      return texts.map(text => text.endsWith(line))
    }
    expect(await outputs('matrix_domain: example.test\n')).toEqual([true, false, false])
    const secret = `matrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\n`
    expect(await outputs(`matrix_authentication_service_enabled: true\n${secret}`)).toEqual([
      false,
      false,
      false,
    ])
  })

  test('offers to compare a live server with the default branch, also if it is not called main', async () => {
    const vars = readFileSync(join(root, broken), 'utf8')
    const git = (...argv: string[]) => execFileSync('git', ['-C', root, ...argv], { stdio: 'pipe' })
    const shown = async () =>
      (await runHere(['validate', '--fail-on', 'never'], root, fakeScreen({ isTerminal: true }))).stdout
    const secret = `matrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\n`
    write(broken, `matrix_authentication_service_enabled: true\n${secret}`)
    expect(await shown()).not.toContain('--base-ref')
    git('init', '-q', '-b', 'master')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '--allow-empty', '-m', 'x')
    git('checkout', '-q', '-b', 'change')
    expect(await shown()).toContain('`matrix-auth-actions validate --base-ref master')
    rmSync(join(root, '.git'), { recursive: true })
    write(broken, vars)
  })

  test('prints JSON as its schema says, and nothing else on standard output', async () => {
    const { code, stdout } = await run('validate', '--json', '--fail-on', 'never')
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(schemaErrors('validation', report)).toEqual([])
    expect(report.counts).toMatchObject({ error: 1 })
  })

  test('shows no codes for a terminal that a file of the inventory holds', async () => {
    write(
      'inventory/host_vars/matrix.example.test/evil.yml',
      '"matrix_\\u001b[31mevil": 1\n"a\\u001b[2J": 1\n',
    )
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.1\n\u001b[31m[x\n')
    const { stdout, stderr } = await runHere(['validate'], root, fakeScreen({ isTerminal: true }))
    expect(stdout + stderr).not.toContain('\u001b')
    rmSync(join(root, 'inventory/host_vars/matrix.example.test/evil.yml'))
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.1\n')
  })
})

describe('a reader of the output', () => {
  const shell = (line: string) =>
    spawnSync('bash', ['-c', line, 'bash', process.execPath, join(projectRoot, 'src/cli/main.ts')], {
      cwd: root,
      encoding: 'utf8',
    })

  test.each([
    ['--help', 0],
    ['validate', 1],
    ['plan', 1],
  ])('of %s may stop early', (argv, code) => {
    const { stdout, stderr } = shell(`"$1" "$2" ${argv} 2>&1 > >(exec <&-) | cat; echo "\${PIPESTATUS[0]}"`)
    expect(stdout.trimEnd().split('\n').at(-1), stdout).toBe(String(code))
    expect(stdout + stderr).not.toMatch(/EPIPE|\bat /)
  })

  test('is told where the output cannot be written', () => {
    const { status, stderr } = shell('"$1" "$2" plan > /dev/full')
    expect(stderr).toContain('Error: The output cannot be written (ENOSPC).\n')
    expect(status).toBe(1)
  })
})
