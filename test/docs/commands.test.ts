/** Every command of the documentation is run here, page by page, or has a reason in `notRun`. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildInto } from '../../scripts/build.ts'
import { commands } from '../../src/cli/commands.ts'
import { inventedSecret } from '../../src/rules/facts/variables.ts'
import { filesIn, type ServerRepository, serverRepository } from '../actions/server-repository.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { startSshd, type ThrowAwaySshd } from '../server/sshd.ts'

const onServer = 'runs on the server'
const withServer = 'needs a server with Matrix: test/cli/server.lab.test.ts runs it in the lab'
const notRun: Readonly<Record<string, string>> = {
  'npm run demo': 'takes minutes, and is the demo itself',
  'npm run demo -- --with-guide': 'takes minutes, and is the demo itself',
  'npm test': 'runs this test',
  'ssh -i KEY -o UserKnownHostsFile=inventory/known_hosts root@ADDRESS systemctl stop matrix-authentication-service':
    'needs the server of the practice',
  'ssh -i KEY -o UserKnownHostsFile=inventory/known_hosts root@ADDRESS curl --silent --show-error --insecure --resolve matrix.example.test:443:127.0.0.1 --max-time 10 https://matrix.example.test/_matrix/client/versions':
    'needs the server of the practice',
  'ssh -i KEY -o UserKnownHostsFile=inventory/known_hosts root@ADDRESS curl --silent --show-error --insecure --resolve matrix.example.test:443:127.0.0.1 --max-time 10 https://matrix.example.test/_matrix/client/v3/login':
    'needs the server of the practice',
  'git revert --no-edit -m 1 HEAD': 'npm run practice merges',
  'cd practice': 'npm run practice makes the folder',
  'npx vitest run --project unit test/rules': 'a part of this run',
  'npm run docs': 'scripts/check.ts runs it with --check',
  'npm run build': 'scripts/check.ts builds a copy',
  'npm run check': 'a part of npm test',
  'npm run faults -- --dialect mas-cli --only CELL --fresh': 'takes minutes: test/faults/ has a cell',
  'ssh root@matrix.example.com ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub': onServer,
  'ssh-copy-id -i ~/.ssh/matrix-auth.pub root@matrix.example.com': 'needs a login with a password',
  "curl --max-time 10 --write-out '\\n%{http_code}\\n' https://matrix.example.com/_matrix/client/versions":
    'needs a public server',
  "curl --max-time 10 --write-out '\\n%{http_code}\\n' https://matrix.example.com/_matrix/client/v3/login":
    'needs a public server',
  'gh release verify v1.0.0 --repo matrix-auth-actions/matrix-auth-actions': 'needs a release on GitHub',
  '/var/lib/matrix-auth-actions/matrix-auth-actions status': `${onServer}: test/server/window/ runs it`,
  '/var/lib/matrix-auth-actions/matrix-auth-actions uninstall': `${onServer}: test/server/window/ runs it`,
  'systemctl status matrix-synapse matrix-authentication-service matrix-postgres --no-pager': onServer,
  'journalctl -u matrix-synapse -u matrix-authentication-service --since -30min --no-pager': onServer,
  'df -h': onServer,
  '/matrix/matrix-authentication-service/bin/mas-cli manage issue-compatibility-token alice --yes-i-want-to-grant-synapse-admin-privileges':
    onServer,
  '/matrix/matrix-authentication-service/bin/mas-cli manage issue-user-registration-token': onServer,
  "/matrix/postgres/bin/cli-non-interactive -d matrix_authentication_service -c 'TRUNCATE users CASCADE'":
    onServer,
}

/** The commands of the program that connect to a server. */
const onlyWithServer =
  /^(?:npx )?matrix-auth-actions (?:rehearse|deploy|migrate|resume|rollback|status|doctor|register-user|verify-email)\b/

/** Commands within a sentence are not run. Each is also in a block that is run, or has a reason here. */
const inlineNotRun: readonly (readonly [RegExp, string])[] = [
  [/\b(?:[A-Z]{4,}|[A-Z]+_[A-Z]+)\b/, 'has a placeholder'],
  [/^npm (?:run|test)\b/, 'takes minutes, or is a part of npm test; the names of scripts are checked below'],
  [/^npm (?:ci|install)\b/, 'a record of what was installed'],
  [/^(?:npx )?matrix-auth-actions\b/, 'test/cli/ runs it; the names of its options are checked below'],
  [/^(?:\/\S*\/)?mas-cli\b/, 'runs on the server, with a program of MAS'],
  [/^(?:\/var\/lib\/|systemctl |journalctl |sudo )/, onServer],
  [/^ssh-keygen -lf \/etc\/ssh\//, onServer],
  [/^(?:ssh|ansible-inventory|openssl) -*\w/, 'names an option or a program of others'],
  [/^gh (?:auth login|repo create)$/, 'needs an account on GitHub'],
  [/^ansible-vault (?:edit|encrypt_string)$/, 'asks for a password'],
  [/^node scripts\//, 'a tool of this repository'],
  [/^npx vitest run --project long /, 'takes minutes'],
]

const knownProgram =
  /^(?:npx|npm|node|git|gh|mkdir|cp|cd|ssh|ssh-\w+|curl|openssl|systemctl|journalctl|sudo|ansible-\w+|matrix-auth-actions|mas-cli|\/var\/lib\/\S+\/matrix-auth-actions|\/matrix\/\S+\/mas-cli) ./

function reasonNotToRun(line: string): string | undefined {
  if (line.startsWith('npm run practice')) return 'takes minutes: test/workflows/ runs the same workflows'
  return notRun[line] ?? (onlyWithServer.test(line) ? withServer : undefined)
}

interface Block {
  readonly language: 'sh' | 'yaml'
  readonly lines: readonly string[]
}

const blocksOf = (page: string) => blocksIn(readFileSync(join(projectRoot, page), 'utf8'))

function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/^( *)```(sh|bash|yaml)\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', language, content = '']) => ({
      language: language === 'yaml' ? 'yaml' : 'sh',
      lines: content
        .split('\n')
        .map(line => line.slice(indent.length))
        .filter(Boolean),
    }),
  )
}

const shellLines = ({ language, lines }: Block) => (language === 'sh' ? lines : [])

const commandsOf = (page: string) => blocksOf(page).flatMap(shellLines)

/** The commands within sentences and tables. */
function inlineCommandsOf(page: string): readonly string[] {
  const text = readFileSync(join(projectRoot, page), 'utf8').replace(/^ *```[\s\S]*?^ *```$/gm, '')
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) =>
    knownProgram.test(code) ? [code] : [],
  )
}

const practice = 'docs/practice.md'
const reference = 'docs/reference/cli.md'
const ordered = ['docs/one-server.md', 'docs/upgrading.md']
/** Each in a folder of its own. */
const stories = {
  quickStart: ['README.md'],
  program: ['docs/one-server.md', reference],
  practice: [practice],
  allPages: [
    ...ordered,
    ...globSync(['CONTRIBUTING.md', 'docs/**/*.md', '*/README.md'], {
      cwd: projectRoot,
      exclude: ['node_modules/**', 'practice/**', ...ordered, practice, reference],
    }).sort(),
  ],
}

const allPages = [...new Set(Object.values(stories).flat())]

/** On a busy machine. */
const storyTimeout = 120_000

let shared = ''
let folder = ''
let sshd: ThrowAwaySshd
let playbook: ServerRepository

beforeAll(async () => {
  shared = mkdtempSync(join(tmpdir(), 'docs-program-'))
  await buildInto(join(shared, 'dist'))
  sshd = await startSshd()
  playbook = serverRepository()
  playbook.commit(filesIn(join(projectRoot, 'test/lab/playbook/mas-cli')))
}, storyTimeout)
afterAll(() => {
  sshd.stop()
  playbook.remove()
  rmSync(shared, { recursive: true })
})

/** A person sets it, after reading the playbook's CHANGELOG. */
const validatedVersion = /expected_version: (.+)/.exec(
  readFileSync(
    join(projectRoot, 'test/lab/playbook/mas-cli/roles/custom/matrix_playbook_migration/defaults/main.yml'),
    'utf8',
  ),
)?.[1]
const vars = 'inventory/host_vars/matrix.example.com/vars.yml'
const preparing = 'matrix_authentication_service_enabled: true'
let repository = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docs-'))
  repository = join(folder, 'repository')
  for (const name of ['home/.ssh', 'bin', 'repository/inventory/host_vars/matrix.example.com'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    join(repository, 'inventory/hosts'),
    '[matrix_servers]\nmatrix.example.com ansible_host=matrix.example.com\n',
  )
  writeFileSync(
    join(repository, vars),
    `matrix_domain: example.com\nmatrix_playbook_migration_validated_version: ${validatedVersion}\n`,
  )
  const bare = join(folder, 'origin.git')
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', bare])
  execFileSync('git', ['clone', '--quiet', playbook.url, join(folder, 'matrix-docker-ansible-deploy')])
  symlinkSync(projectRoot, join(folder, 'matrix-auth-actions'))
  writeFileSync(
    join(folder, 'home/.gitconfig'),
    `[user]\nname = a\nemail = a@example.com\n[url "file://${bare}"]\ninsteadOf = git@github.com:example/matrix-inventory.git\n[url "${playbook.url}"]\ninsteadOf = https://github.com/spantaleev/matrix-docker-ansible-deploy\n`,
  )
  const fingerprint = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host.pub')], { encoding: 'utf8' })
  // The person who compares the fingerprint, and says which plan the account has.
  program('npx', '[ "$1" = matrix-auth-actions ] && exec "$@"')
  program(
    'matrix-auth-actions',
    `[ "$1" = init ] && set -- "$@" --account-plan paid --fingerprint ${fingerprint.split(' ')[1]}
exec "${process.execPath}" "${join(shared, 'dist/cli.js')}" "$@"`,
  )
  // Another address for the same answer of a real sshd.
  const { port } = sshd.address
  const scan = execFileSync('which', ['ssh-keyscan'], { encoding: 'utf8' }).trim()
  program(
    'ssh-keyscan',
    `"${scan}" -t ed25519 -p ${port} 127.0.0.1 | sed 's/^\\[127.0.0.1\\]:${port}/matrix.example.com/'`,
  )
  // It lists what it was told to create.
  program(
    'gh',
    `calls="${join(folder, 'gh-calls')}"
echo "$*" >> "$calls"
case "$*" in
  'repo create'*) git remote add origin git@github.com:example/matrix-inventory.git && git push --quiet --set-upstream origin main ;;
  'secret set'*) cat > /dev/null ;;
  'secret list'*) sed -n "s/^secret set \\([A-Z_]*\\) --env $4\\b.*/\\1/p" "$calls" ;;
  'variable list'*) sed -n 's/^variable set MATRIX_REHEARSE_BY_HAND --body //p' "$calls" | tail -n 1 ;;
  *'/{repo}/environments?'*) sed -n 's|.*PUT .*/environments/\\([^ ]*\\) .*|{"name":"\\1","deployment_branch_policy":{"custom_branch_policies":true}}|p' "$calls" | sort -u | paste -sd, | sed 's/.*/{"environments":[&]}/' ;;
  *'/deployment-branch-policies?'*) sed -n 's/.*POST .* name=//p' "$calls" | sort -u ;;
esac`,
  )
  return () => rmSync(folder, { recursive: true })
})

function program(name: string, script: string): void {
  const file = join(folder, 'bin', name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

function runBlock({ language, lines }: Block, page: string): void {
  if (language === 'yaml') {
    const text = lines.join('\n').replace('"…"', `"${inventedSecret}"`)
    const isPrepare = text.startsWith(preparing)
    if (isPrepare && page === 'docs/one-server.md')
      expect(readFileSync(join(repository, vars), 'utf8')).toContain(`\n${preparing}\n`)
    else if (isPrepare)
      writeFileSync(join(repository, vars), `${readFileSync(join(repository, vars), 'utf8')}${text}\n`)
    return
  }
  const script = lines.filter(line => reasonNotToRun(line) === undefined).join('\n')
  const env = {
    HOME: join(folder, 'home'),
    XDG_CACHE_HOME: join(shared, 'cache'),
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
  }
  try {
    execFileSync('bash', ['--norc', '-euxo', 'pipefail', '-c', script], {
      cwd: repository,
      env,
      stdio: 'pipe',
    })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer }
    throw new Error(`${page}:\n${script}\n${stdout}${stderr}`)
  }
}

function runStory(name: keyof typeof stories): void {
  for (const page of stories[name]) {
    if (page === 'docs/upgrading.md') playbook.commit({ 'a-newer-file': '' })
    if (page === reference) inRepository('switch', '--quiet', '--force', 'prepare-mas')
    for (const block of blocksOf(page)) {
      const has = (start: string) => block.lines.some(line => line.startsWith(start))
      if (page === practice && has('git add inventory &&') && !has('npx matrix-auth-actions plan'))
        appendFileSync(join(repository, vars), '# edited\n')
      if (block.lines[0] === 'git switch main') inRepository('push', '--quiet', 'origin', 'prepare-mas:main') // As *Merge pull request* does it.
      if (page === reference && has('npx matrix-auth-actions plan')) beforePrepare()
      runBlock(block, page)
    }
  }
}

/** For the example that writes the lines. */
function beforePrepare(): void {
  const text = readFileSync(join(repository, vars), 'utf8')
  writeFileSync(
    join(repository, vars),
    text.replaceAll(/^matrix_authentication_service_(?:enabled|migration_in_progress):.*\n/gm, ''),
  )
}

function inRepository(...argv: readonly string[]): string {
  return execFileSync('git', argv, {
    cwd: repository,
    env: { ...process.env, HOME: join(folder, 'home') },
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

describe('the commands of the documentation', () => {
  test('of the README lead to what the workflows need', { timeout: storyTimeout }, () => {
    execFileSync('git', ['init', '--quiet', '-b', 'main', repository])
    runStory('quickStart')
    const workflows = globSync(join(repository, '.github/workflows/*.yml'))
    expect(workflows).toHaveLength(3)
    for (const file of workflows) expect(readFileSync(file, 'utf8')).not.toMatch(/\$default-branch|OWNER/)
    expect(readFileSync(join(repository, 'inventory/known_hosts'), 'utf8')).toContain(
      'matrix.example.com ssh-ed25519',
    )
    expect(readFileSync(join(repository, 'playbook.lock'), 'utf8')).toBe(
      `${playbook.git('rev-parse', 'HEAD')}\n`,
    )
  })

  test('of the reference of the program succeed after "One server"', { timeout: storyTimeout }, () => {
    runStory('program')
    expect(readFileSync(join(repository, vars), 'utf8')).toContain('unicode_normalization: true')
  })

  test('of "Practise" lead from an inventory to three pushed branches', { timeout: storyTimeout }, () => {
    inRepository('init', '--quiet', '-b', 'main')
    inRepository('add', '.')
    inRepository('commit', '--quiet', '--message', 'The inventory')
    inRepository('remote', 'add', 'origin', 'git@github.com:example/matrix-inventory.git')
    inRepository('push', '--quiet', '--set-upstream', 'origin', 'main')
    // The key of the lab's server.
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(repository, 'KEY')])
    runStory('practice')
    const pushed = inRepository('ls-remote', '--heads', 'origin').match(/(?<=refs\/heads\/)\S+/g)
    expect(pushed).toEqual(['keep-built-in-login', 'main', 'migrate-mas', 'prepare-mas'])
    expect(inRepository('ls-tree', '-r', '--name-only', 'origin/main')).toContain('matrix-auth-apply.yml')
  })

  test('of "One server", then of all other pages, do what the pages say', { timeout: storyTimeout }, () => {
    runStory('allPages')
    const pushed = inRepository('ls-remote', '--heads', 'origin')
    expect([...pushed.matchAll(/refs\/heads\/(\S+)/g)].map(([, name]) => name)).toEqual([
      'main',
      'prepare-mas',
      'update-playbook',
    ])
    expect(existsSync(join(folder, 'home/.ssh/matrix-auth'))).toBe(true)
    const calls = readFileSync(join(folder, 'gh-calls'), 'utf8')
    for (const name of ['matrix-rehearsal', 'matrix-production', 'matrix-doctor'])
      expect(calls).toContain(`secret set MATRIX_SSH_KEY --env ${name}`)
  })

  test('within a sentence are in a block that is run, or have a reason not to be', () => {
    const inBlocks = new Set(allPages.flatMap(commandsOf))
    const inline = new Set(allPages.flatMap(inlineCommandsOf))
    const untested = [...inline].filter(
      line => !inBlocks.has(line) && !inlineNotRun.some(([pattern]) => pattern.test(line)),
    )
    expect(untested).toEqual([])
    const unused = inlineNotRun.filter(([pattern]) => ![...inline].some(line => pattern.test(line)))
    expect(unused).toEqual([])
  })

  const ofAll: ReadonlySet<string> = new Set(['help', 'json'])

  test('name scripts, commands and options that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    const lines = allPages.flatMap(page =>
      [...commandsOf(page), ...inlineCommandsOf(page)].flatMap(line => line.split(' && ')),
    )
    const unknown = lines.filter(line => {
      const [, script] = /^npm run ([\w:]+)/.exec(line) ?? []
      if (script !== undefined) return !(script in scripts)
      const [, name = '', rest = ''] = /^(?:npx )?matrix-auth-actions ([a-z-]+)\b(.*)/.exec(line) ?? []
      if (name === '') return false
      const options: readonly string[] | undefined = commands.find(command => command.name === name)?.options
      const used = [...rest.matchAll(/ --([a-z-]+)/g)].map(([, option = '']) => option)
      return !(options && used.every(option => options.includes(option) || ofAll.has(option)))
    })
    expect(unknown).toEqual([])
  })

  test('of "One server" to the reviewed pull request are as many lines as the page says, and at most 15', () => {
    const page = 'docs/one-server.md'
    const [before = ''] = readFileSync(join(projectRoot, page), 'utf8').split('\n## 5.')
    const [, stated] = /Steps 1 to 4 take at most (\d+) command lines/.exec(before) ?? []
    // Within a sentence, and needed by some readers only.
    expect(before).toContain('`gh auth login`')
    const count = blocksIn(before).flatMap(shellLines).length + 1
    expect(count).toBe(Number(stated))
    expect(count).toBeLessThanOrEqual(15)
  })

  test('that are not run are in the documentation', () => {
    const all = new Set(allPages.flatMap(commandsOf))
    expect(Object.keys(notRun).filter(line => !all.has(line))).toEqual([])
  })
})

test('the prepare pull request is the same in the README and in "One server"', () => {
  const prepare = (page: string) => blocksOf(page).find(({ lines }) => lines[0] === preparing)
  expect(prepare('docs/one-server.md')).toEqual(prepare('README.md'))
})
