import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitArguments, sshRisks } from '../../src/inventory/ssh-arguments.ts'
import { shellWords } from '../../src/support/shell.ts'

const seed = 20261128
const risksOf = (text: string) =>
  sshRisks('ansible_ssh_extra_args', text).map(({ kind, option }) => option ?? kind)

test.each([
  ['-o ProxyJump=user@jump.example.test:2222'],
  ['-J [2001:db8::1]:22,second'],
  ['-o ServerAliveInterval=30 -o "ConnectTimeout 10" -4'],
  ['-4Cvi ~/.ssh/id_ed25519'],
  ['-oStrictHostKeyChecking=yes -o ForwardAgent=no'],
  ['-o ProxyCommand=none'],
  ['-o "IdentityFile \\"~/.ssh/id\\""'],
  ['-o  Compression=yes -c aes128-gcm@openssh.com'],
  [''],
])('harmless: %s', text => {
  expect(risksOf(text)).toEqual([])
})

test.each([
  ['-o  ProxyCommand=./x', ['ProxyCommand']],
  ["-o 'ProxyCommand ./x'", ['ProxyCommand']],
  ["-o '  ProxyCommand = ./x'", ['ProxyCommand']],
  ["-o '=ProxyCommand ./x'", ['ProxyCommand']],
  ['-o \'"ProxyCommand" ./x\'', ['ProxyCommand']],
  ['-oproxycommand=./x', ['ProxyCommand']],
  ['-vo ProxyCommand=./x', ['ProxyCommand']],
  ['-vCoProxyCommand=./x', ['ProxyCommand']],
  ["'-o' \"Proxy\"'Command=./x'", ['ProxyCommand']],
  ['-o Proxy\\Command=./x', ['ProxyCommand']],
  ['-o "" ProxyCommand=./x', ['ProxyCommand']],
  ['-i -o -oProxyCommand=./x', ['ProxyCommand']],
  ['-i -oProxyCommand=./x', []],
  ['-o ProxyJump=`id`', ['ProxyJump']],
  ['-o HostKeyAlias=a -oKnownHostsCommand=./x', ['HostKeyAlias', 'KnownHostsCommand']],
  ['-o ServerAliveInterval=5 -A', ['-A']],
  ['-4A -F x', ['-A', '-F']],
  ['-o ForwardAgent=yes -S /tmp/x', ['ForwardAgent', '-S']],
  ['-o ControlPath=/tmp/x', ['ControlPath']],
  ['-p 2222', ['-p']],
  ['host.example.test -v', ['unreadable']],
  ['-- -v', ['unreadable']],
  ['-4 -o', ['unreadable']],
  ['-o "ProxyCommand', ['unreadable']],
  ['-\u00a0o ProxyCommand=./x', ['unreadable']],
  ['-o SomethingNew=1', ['other']],
])('not harmless: %s', (text, options) => {
  expect(risksOf(text)).toEqual(options)
})

test('an argument of all three programs must be harmless in each: scp has no value after -b', () => {
  expect(sshRisks('ansible_ssh_extra_args', '-b 192.0.2.1')).toEqual([])
  expect(sshRisks('ansible_ssh_common_args', '-b 192.0.2.1')).not.toEqual([])
  expect(sshRisks('ansible_sftp_extra_args', '-D ./server')).toEqual([{ kind: 'program', option: '-D' }])
  expect(sshRisks('ansible_scp_extra_args', '-S ./ssh')).toEqual([{ kind: 'program', option: '-S' }])
  expect(sshRisks('ansible_scp_extra_args', '-O')).toEqual([])
})

const letters = fc.string({ unit: fc.constantFrom(...'ab -=\\\'"\n\t'.split('')), maxLength: 12 })

test('texts are split as Python splits them', () => {
  const texts = fc.sample(letters, { numRuns: 3000, seed })
  const script = `import json, shlex, sys
def split(text):
    try: return [word.strip() for word in shlex.split(text) if word.strip()]
    except ValueError: return None
print(json.dumps([split(text) for text in json.load(sys.stdin)]))`
  const theirs: unknown = JSON.parse(
    execFileSync('python3', ['-c', script], { input: JSON.stringify(texts) }).toString('utf8'),
  )
  expect(texts.map(text => splitArguments(text) ?? null)).toEqual(theirs)
})

/** Settings of ssh after reading these arguments; `undefined` if it refuses them. */
function settingsOf(words: readonly string[]): ReadonlyMap<string, string> | undefined {
  const { status, stdout } = spawnSync('ssh', ['-F', 'none', '-G', ...words, 'server'], { encoding: 'utf8' })
  if (status !== 0) return undefined
  const pairs = stdout
    .trim()
    .split('\n')
    .map(line => [line.slice(0, line.indexOf(' ')), line] as const)
  return new Map(pairs)
}

/** Everything that decides which program runs, which server answers, and what it gets. */
const decisive = [
  ...[
    'host',
    'hostname',
    'user',
    'port',
    'proxycommand',
    'localcommand',
    'permitlocalcommand',
    'knownhostscommand',
  ],
  ...[
    'hostkeyalias',
    'userknownhostsfile',
    'globalknownhostsfile',
    'stricthostkeychecking',
    'updatehostkeys',
  ],
  ...['verifyhostkeydns', 'nohostauthenticationforlocalhost', 'controlpath', 'forwardagent', 'forwardx11'],
  ...['identityagent', 'addkeystoagent', 'sendenv', 'setenv', 'localforward', 'remoteforward'],
  ...['dynamicforward', 'tunnel', 'pkcs11provider', 'securitykeyprovider', 'xauthlocation', 'remotecommand'],
  ...['canonicalizehostname', 'gatewayports', 'sessiontype', 'stdinnull', 'forkafterauthentication'],
]

const values = [
  'yes',
  'no',
  'none',
  './x',
  'a.example.test',
  '2222',
  'user@jump',
  '"quoted x"',
  '-oHostName=b',
  '',
]
const keywords = [
  ...decisive,
  ...[
    'ProxyJump',
    'Compression',
    'ServerAliveInterval',
    'ConnectTimeout',
    'ControlMaster',
    'Include',
    'Host',
  ],
  ...['IdentityFile', 'Ciphers', 'AddressFamily', 'LogLevel', 'BindAddress'],
]
const word = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('-o', '-vo', '-4Co', '-o ', '-Ao'),
      fc.constantFrom('', ' ', '"', '='),
      fc.constantFrom(...keywords),
      fc.constantFrom('=', ' ', '  ', ' = ', '" '),
      fc.constantFrom(...values),
    )
    .map(parts => parts.join('')),
  fc
    .tuple(
      fc.constantFrom(...'1246abceilmopABCDIJKLMNPRSTWXYafgknqstvxy-'.split('')),
      fc.constantFrom(...values),
    )
    .map(([letter, value]) => `-${letter}${value}`),
  fc.constantFrom('-o', '-i', '-J', '-4', ...values),
)

describe('beside the real ssh', () => {
  const before = settingsOf([])

  test('arguments that are taken for harmless change nothing that decides', () => {
    const samples = fc
      .sample(fc.array(word, { minLength: 1, maxLength: 4 }), { numRuns: 20_000, seed })
      .map(words => words.filter(each => each.trim() !== '').map(each => each.trim()))
      .filter(words => words.length > 0 && risksOf(shellWords(words)).length === 0)
    let accepted = 0
    for (const words of samples.slice(0, 250)) {
      const after = settingsOf(words)
      if (!after) continue
      accepted += 1
      const changed = decisive.filter(key => after.get(key) !== before?.get(key))
      expect(changed, words.join(' ')).toEqual([])
    }
    expect(accepted).toBeGreaterThan(100)
  })

  test.each([
    ['knownhostscommand', '-vo KnownHostsCommand=./x'],
    ['knownhostscommand', "-4Co'KnownHostsCommand ./x'"],
    ['hostkeyalias', "-o '=HostKeyAlias other'"],
    ['hostkeyalias', '-o \'"HostKeyAlias" other\''],
    ['hostname', '-oHOSTNAME=other'],
    ['forwardagent', '-4A'],
    ['controlpath', '-CS /tmp/socket'],
    ['port', '-p2222'],
    ['user', '-l other'],
    ['host', 'other.example.test'],
  ])('%s is changed by %s, which is not taken for harmless', (key, text) => {
    const words = splitArguments(text) ?? []
    expect(settingsOf(words)?.get(key)).not.toBe(before?.get(key))
    expect(risksOf(text)).not.toEqual([])
  })

  test('a later value of a keyword changes nothing, and a later flag does', () => {
    const own = ['-o', 'StrictHostKeyChecking=yes', '-o', 'ForwardAgent=no']
    const late = settingsOf([...own, '-o', 'StrictHostKeyChecking=no', '-A'])
    expect(late?.get('stricthostkeychecking')).toBe(settingsOf(own)?.get('stricthostkeychecking'))
    expect(late?.get('forwardagent')).toBe('forwardagent yes')
  })
})
