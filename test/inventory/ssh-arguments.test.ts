import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shellWords } from '../../src/inventory/read/shell-words.ts'
import {
  dangersInJinja,
  joinedArguments,
  readArguments,
  readSshArguments,
  type SshArgument,
} from '../../src/inventory/ssh-arguments.ts'

function dangers(text: string, variable: Parameters<typeof readSshArguments>[0] = 'ansible_ssh_extra_args') {
  return readSshArguments(variable, text)?.dangers.map(({ kind, option }) => `${kind} ${option ?? '?'}`)
}

describe('arguments of ssh', () => {
  test.each([
    '',
    '-o ServerAliveInterval=30',
    '-oServerAliveInterval=30 -C',
    '-o "ServerAliveInterval 30"',
    '-vvo serveraliveinterval=30',
    '-4qC -o  Compression=yes',
    '-o ControlMaster=auto -o ControlPersist=60s',
    '-o ProxyJump=admin@jump.example.test:2222,[2001:db8::1]:22',
    '-J jump.example.test',
    '-i ~/.ssh/id_ed25519 -o IdentitiesOnly=yes',
    '-a -o ForwardAgent=no',
    '-o StrictHostKeyChecking=yes',
    '-o HostKeyAlgorithms=+ssh-rsa -o PubkeyAcceptedAlgorithms=+ssh-rsa',
    '-o ControlPath=none -o ProxyCommand=none',
    "-o 'PreferredAuthentications = publickey'",
  ])('are harmless: %s', text => {
    expect(dangers(text)).toEqual([])
  })

  test.each([
    ['-o  ProxyCommand=./x', 'program ProxyCommand'],
    ['-o ProxyCommand=', 'program ProxyCommand'],
    ['-vo ProxyCommand=./x', 'program ProxyCommand'],
    ['-oProxyCommand=./x', 'program ProxyCommand'],
    ['-o "ProxyCommand ./x"', 'program ProxyCommand'],
    [`-o '"ProxyCommand" ./x'`, 'program ProxyCommand'],
    [`-o 'Proxy"Command" ./x'`, 'program ProxyCommand'],
    ["'-'o PROXYCOMMAND\t=./x", 'program ProxyCommand'],
    ['-o " =proxycommand = ./x"', 'program ProxyCommand'],
    ['-o\\ ProxyCommand=./x', 'program ProxyCommand'],
    ['-4vCo ProxyCommand=./x', 'program ProxyCommand'],
    ['-o KnownHostsCommand=./x', 'program KnownHostsCommand'],
    ['-F ./config', 'program -F'],
    ['-vF./config', 'program -F'],
    ['-I ./lib.so', 'program -I'],
    ['-o HostKeyAlias=other.example.test', 'host-key HostKeyAlias'],
    ['-o StrictHostKeyChecking=accept-new', 'host-key StrictHostKeyChecking'],
    ['-o "StrictHostKeyChecking = "no""', 'host-key StrictHostKeyChecking'],
    ['-o UserKnownHostsFile=./known_hosts', 'host-key UserKnownHostsFile'],
    ['-o ControlPath=./socket', 'host-key ControlPath'],
    ['-S./socket', 'host-key -S'],
    ['-o CanonicalizeHostname=yes', 'host-key CanonicalizeHostname'],
    ['-A', 'other -A'],
    ['-vAC', 'other -A'],
    ['-o ForwardAgent=yes', 'other ForwardAgent'],
    ['-o ForwardAgent="$HOME/agent"', 'other ForwardAgent'],
    ['-o HostName=192.0.2.1', 'other HostName'],
    ['-p2222', 'other -p'],
    ['-l root', 'other -l'],
    ['-o Port=2222', 'other Port'],
    ['-R 8080:localhost:80', 'other -R'],
    ['-o SendEnv=*', 'other SendEnv'],
    ['-o ProxyJump=-oProxyCommand=./x', 'other ProxyJump'],
    ['-J "`./x`@jump.example.test"', 'other ProxyJump'],
    ['-i pkcs11:id=1?module-path=./lib.so', 'other IdentityFile'],
    ['-o Invented=yes', 'other ?'],
    ['-o', 'other -o'],
    ['other.example.test', 'other ?'],
    ['-- other.example.test', 'other ?'],
    ['-o ServerAliveInterval=30 # -A', 'other ?'],
  ])('are not harmless: %s', (text, danger) => {
    expect(dangers(text)).toContain(danger)
  })

  test('that sftp and scp read in another way are judged for each program', () => {
    expect(dangers('-D ./server', 'ansible_sftp_extra_args')).toEqual(['program -D'])
    expect(dangers('-S ./ssh', 'ansible_scp_extra_args')).toEqual(['program -S'])
    expect(dangers('-O', 'ansible_scp_extra_args')).toEqual([])
    expect(dangers('-a', 'ansible_ssh_common_args')).toContain('other -a')
    expect(dangers('-D 8080')).toEqual(['other -D'])
  })

  test('cannot be read if a quote is not closed', () => {
    expect(dangers('-o "ProxyCommand=./x')).toBeUndefined()
    expect(dangers('-C \\')).toBeUndefined()
  })

  test('in Jinja are found wherever they are written', () => {
    const found = (text: string) =>
      dangersInJinja('ansible_ssh_common_args', text).map(({ option }) => option)
    expect(found(`-o ProxyCommand="ssh -W %h:%p {{ jump }}"`)).toEqual(['ProxyCommand'])
    expect(found(`{{ '-o ProxyCommand=./x' if jump else '' }}`)).toEqual(['ProxyCommand'])
    expect(found('{% if jump %}-o HostKeyAlias={{ jump }}{% endif %}')).toEqual(['HostKeyAlias'])
    expect(found('-o StrictHostKeyChecking={{ checking }}')).toEqual([])
    expect(found('{{ jump_arguments }}')).toEqual([])
  })
})

/** What ssh makes of a command line: nothing is run, and no configuration file is read. */
function effective(words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('ssh', ['-G', '-F', 'none', ...words, 'server.example.test'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout : undefined
}

const hasSsh = spawnSync('ssh', ['-V']).status === 0

const settings: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.constantFrom<readonly [string, string]>(
    ['ProxyCommand', './x %h'],
    ['KnownHostsCommand', '/x'],
    ['HostKeyAlias', 'other'],
    ['ForwardAgent', 'yes'],
    ['StrictHostKeyChecking', 'no'],
    ['UserKnownHostsFile', '/x'],
    ['HostName', '192.0.2.1'],
    ['Port', '2222'],
    ['LogLevel', 'VERBOSE'],
    ['ServerAliveInterval', '30'],
    ['Compression', 'yes'],
    ['ProxyJump', 'jump'],
  ),
)

/** Ways to write an option, as a shell reads them. */
const styles: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `-o '${name}=${value}'`,
  (name, value) => `-o'${name}=${value}'`,
  (name, value) => `-o  "${name} ${value}"`,
  (name, value) => `-vo '${name.toUpperCase()} = ${value}'`,
  (name, value) => `-4Co'${name.toLowerCase()}\t=\t${value}  '`,
  (name, value) => `'-o=${name}=${value}'`,
  (name, value) => `-o '"${name}" ${value}'`,
  (name, value) => `-o ${name}=${value.replaceAll(' ', '\\ ')}`,
  (name, value) => `-o '${name.slice(0, 3)}"${name.slice(3)}" ${value}'`,
]

const written = fc
  .array(fc.tuple(settings, fc.constantFrom(...styles)), { minLength: 1, maxLength: 6 })
  .map(all => all.map(([[name, value], style]) => style(name, value)).join(' '))

/** Pieces of arguments, in no order that makes sense. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        '-o',
        '-v',
        '-A',
        '-C',
        '-4',
        '-vo',
        '-J',
        '-p',
        '-i',
        '-l',
        '-F',
        '-S',
        '-a',
        '-T',
        '-',
        '--',
        ' ',
        ' ',
      ],
      ...[
        '  ',
        '=',
        '"',
        "'",
        '\\',
        '\t',
        'yes',
        'no',
        'none',
        '22',
        'x',
        '#',
        'ServerAliveInterval',
        'Port',
      ],
      ...[
        'ForwardAgent',
        'HostKeyAlias',
        'ProxyCommand',
        'ProxyJump',
        'ControlPath',
        'LogLevel',
        'VERBOSE',
        ',',
      ],
      ...[
        'Compression=yes',
        'ConnectTimeout=5',
        'KnownHostsCommand',
        'StrictHostKeyChecking',
        'HostName',
        'User',
      ],
    ),
    { maxLength: 12 },
  )
  .map(all => all.join(''))

function canonical(argument: SshArgument): readonly string[] {
  if ('word' in argument) return [argument.word]
  if ('keyword' in argument) return ['-o', `${argument.keyword}=${argument.value}`]
  return [`-${argument.flag}${argument.value ?? ''}`]
}

describe.skipIf(!hasSsh)('compared with OpenSSH', () => {
  test('options are read as ssh reads them, and the first value of each counts', () => {
    fc.assert(
      fc.property(written, text => {
        const words = shellWords(text, { comments: false })?.map(({ text: each }) => each) ?? []
        const read = readArguments('ssh', words)
        const firsts = read.filter(
          (one, index) =>
            !('keyword' in one) ||
            read.findIndex(each => 'keyword' in each && each.keyword === one.keyword) === index,
        )
        const found = effective(words)
        expect(found).toBeDefined()
        expect(effective(firsts.flatMap(canonical))).toBe(found)
      }),
      { numRuns: 60 },
    )
  })

  const watched =
    /^(?:host|hostname|port|user|hostkeyalias|knownhostscommand|proxycommand|localcommand|permitlocalcommand|forwardagent|stricthostkeychecking|userknownhostsfile|globalknownhostsfile|controlpath|identityagent|pkcs11provider|verifyhostkeydns|canonicalizehostname|localforward|remoteforward|dynamicforward|sendenv|setenv) .*$/gm
  const own = [
    '-o',
    'StrictHostKeyChecking=yes',
    '-o',
    'UserKnownHostsFile=/pinned',
    '-o',
    'GlobalKnownHostsFile=/dev/null',
  ]
  const watchedIn = (words: readonly string[]) => effective([...own, ...words])?.match(watched)

  test('harmless arguments change nothing that matters, however they are written', () => {
    const unchanged = watchedIn([])
    expect(unchanged?.length).toBeGreaterThan(8)
    let harmless = 0
    fc.assert(
      fc.property(fc.oneof(pieces, written), text => {
        const read = readSshArguments('ansible_ssh_extra_args', text)
        if (!read || read.dangers.length > 0) return
        harmless += 1
        // As Ansible splits what the run passes on.
        const words =
          shellWords(joinedArguments(read), { comments: false })?.map(({ text: each }) => each) ?? []
        expect(words).toEqual(read.words)
        const found = watchedIn(words)
        // ssh rejects some harmless arguments, such as a jump host of port 0.
        if (found) expect(found.filter(line => !/^controlpath none$/.test(line))).toEqual(unchanged)
      }),
      { numRuns: 1500 },
    )
    expect(harmless).toBeGreaterThan(30)
  })

  test.each(['ssh', 'sftp', 'scp'] as const)(
    'the flags of %s take a value where those of the program do',
    program => {
      const file = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
      const [, syntax = ''] = /\0(123?46[A-Za-z:]{20,})\0/.exec(readFileSync(file, 'latin1')) ?? []
      const flags = syntax.replaceAll(':', '').split('')
      expect(flags.length).toBeGreaterThan(20)
      for (const flag of flags) {
        const isOne = readArguments(program, [`-${flag}x`]).length === 1
        // In OpenSSH 9.4, `-P` of ssh got an argument.
        if (program !== 'ssh' || flag !== 'P')
          expect([flag, isOne]).toEqual([flag, syntax.includes(`${flag}:`)])
      }
    },
  )
})
