import { type SshArgumentVariable, type SshTool, sshArgumentVariables } from '../domain/ssh.ts'

/** An argument that is not known to be harmless. */
export interface SshRisk {
  /** `unreadable`: also a word that ssh would take for the server, or an option without its value. */
  readonly kind: 'program' | 'host-key' | 'other' | 'unreadable'
  /** A word of OpenSSH, such as `ProxyCommand` or `-A`; absent where it would be a text of the inventory. */
  readonly option?: string
}

/**
 * The arguments that are not known to be harmless, read as Ansible splits them (Python's `shlex.split`, then `strip`) and
 * OpenSSH reads them (its `getopt`, which does not permute, and `process_config_line` for `-o`).
 */
export function sshRisks(name: SshArgumentVariable, text: string): readonly SshRisk[] {
  const words = splitArguments(text)
  if (!words) return [{ kind: 'unreadable' }]
  for (const tool of sshArgumentVariables[name]) {
    const risks = risksIn(words, tool)
    if (risks.length > 0) return risks
  }
  return []
}

/** The words that Ansible passes; `undefined` if it cannot split the text, or if a character is not printable ASCII. */
export function splitArguments(text: string): readonly string[] | undefined {
  if (/[^\t\r\n -~]/.test(text)) return undefined
  const words: string[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    const [raw = ''] = /^(?:\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|[^\s'"\\])+/.exec(rest) ?? []
    if (raw === '') return undefined
    const word = raw.replace(/\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g, unquoted).trim()
    if (word !== '') words.push(word)
    const after = rest.slice(raw.length)
    rest = after.trimStart()
    // An open quote, or a backslash at the end.
    if (rest !== '' && rest.length === after.length) return undefined
  }
  return words
}

function unquoted(_: string, escaped?: string, single?: string, double?: string): string {
  return escaped ?? single ?? double?.replace(/\\(["\\])/g, '$1') ?? ''
}

interface Options {
  /** Letters without and with a value: the program's `getopt` string. */
  readonly flags: string
  readonly valued: string
  /** Letters of both that are harmless; the value of one with a value is checked too. */
  readonly harmless: string
}

/** The `getopt` strings of OpenSSH 9.2 (`ssh.c`, `sftp.c`, `scp.c`). Later versions only add letters, which are not harmless here. */
const optionsOf: Readonly<Record<SshTool, Options>> = {
  ssh: {
    flags: '1246afgknqstvxACGKMNPTVXYy',
    valued: 'bceilmopBDEFIJLOQRSWw',
    harmless: '46abcikmoqvxBCJT',
  },
  sftp: { flags: '1246aAfhNpqrvC', valued: 'cDilosSbBFJPRX', harmless: '46aCcfiJloqpvrBR' },
  scp: { flags: '12346ABCTdfOpqRrstv', valued: 'DFJMPSciloX', harmless: '346BCciJloOpqrv' },
}

function risksIn(words: readonly string[], tool: SshTool): SshRisk[] {
  const { flags, valued, harmless } = optionsOf[tool]
  const risks: SshRisk[] = []
  const queue = [...words]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!/^-[^-]/.test(word)) {
      risks.push({ kind: 'unreadable' })
      continue
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at)
      const isHarmless = harmless.includes(letter)
      if (flags.includes(letter)) {
        if (!isHarmless) risks.push(flagRisk(letter, tool))
        continue
      }
      if (!valued.includes(letter)) {
        risks.push({ kind: 'unreadable' })
        continue
      }
      const value = word.slice(at + 1) || queue.shift()
      const risk = isHarmless ? valueRisk(letter, value) : flagRisk(letter, tool)
      if (risk) risks.push(risk)
      break
    }
  }
  return risks
}

function flagRisk(letter: string, tool: SshTool): SshRisk {
  const option = `-${letter}`
  if (letter === 'F') return { kind: 'program', option }
  if (tool === 'ssh')
    return { kind: letter === 'I' ? 'program' : letter === 'S' ? 'host-key' : 'other', option }
  return { kind: /[DS]/.test(letter) ? 'program' : 'other', option }
}

const plain = /^[\w.,:+^@/~%*!=-]+$/
/** Without characters of a shell: ssh before 9.6 passes a jump host to one unquoted. */
const jumpHosts = /^(?:ssh:\/\/)?(?:\w[\w.-]*@)?(?:\w[\w.-]*|\[[\da-fA-F:.]+\])(?::\d+)?$/

function valueRisk(letter: string, value: string | undefined): SshRisk | undefined {
  // Without a value, the option takes the next argument that Ansible adds.
  if (value === undefined) return { kind: 'unreadable' }
  if (letter === 'o') return keywordRisk(value)
  const isHarmless = letter === 'J' ? isJump(value) : plain.test(value)
  return isHarmless ? undefined : { kind: 'other', option: `-${letter}` }
}

function isJump(value: string): boolean {
  return value.split(',').every(host => jumpHosts.test(host))
}

const isNo = (value: string) => /^(?:no|false)$/i.test(value)
const isNone = (value: string) => value.toLowerCase() === 'none'

/** Keywords of ssh_config(5), and the values with which they are harmless. */
const harmlessKeywords: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ...[
    ...['addressfamily', 'batchmode', 'bindaddress', 'bindinterface', 'certificatefile'],
    ...['challengeresponseauthentication', 'checkhostip', 'ciphers', 'compression', 'connectionattempts'],
    ...['connecttimeout', 'controlmaster', 'controlpersist', 'escapechar', 'exitonforwardfailure'],
    ...[
      'gssapiauthentication',
      'hashknownhosts',
      'hostkeyalgorithms',
      'identitiesonly',
      'identityfile',
      'ipqos',
    ],
    ...['kbdinteractiveauthentication', 'kexalgorithms', 'loglevel', 'macs', 'numberofpasswordprompts'],
    ...['passwordauthentication', 'preferredauthentications', 'pubkeyacceptedalgorithms'],
    ...['pubkeyacceptedkeytypes', 'pubkeyauthentication', 'rekeylimit', 'requesttty', 'requiredrsasize'],
    ...['serveralivecountmax', 'serveraliveinterval', 'tcpkeepalive', 'visualhostkey'],
  ].map(word => [word, (value: string) => plain.test(value)] as const),
  ...[
    ...['forwardagent', 'forwardx11', 'forwardx11trusted', 'gssapidelegatecredentials', 'permitlocalcommand'],
    ...['nohostauthenticationforlocalhost', 'tunnel', 'updatehostkeys', 'verifyhostkeydns'],
  ].map(word => [word, isNo] as const),
  ...['controlpath', 'knownhostscommand', 'proxycommand'].map(word => [word, isNone] as const),
  ['proxyjump', value => isNone(value) || isJump(value)],
  ['stricthostkeychecking', value => /^(?:yes|true)$/i.test(value)],
])

/** Keywords that messages may show. All others that are not harmless are of the kind `other`, too. */
const riskyKeywords: Readonly<Record<'program' | 'host-key' | 'other', readonly string[]>> = {
  program: [
    ...['ProxyCommand', 'LocalCommand', 'PermitLocalCommand', 'KnownHostsCommand', 'Include', 'Match'],
    ...['PKCS11Provider', 'SecurityKeyProvider', 'SmartcardDevice', 'XAuthLocation'],
  ],
  'host-key': [
    ...['StrictHostKeyChecking', 'UserKnownHostsFile', 'GlobalKnownHostsFile', 'HostKeyAlias'],
    ...['NoHostAuthenticationForLocalhost', 'UpdateHostKeys', 'VerifyHostKeyDNS', 'ControlPath'],
    ...['RevokedHostKeys', 'CASignatureAlgorithms'],
  ],
  other: [
    ...[
      'ForwardAgent',
      'AddKeysToAgent',
      'IdentityAgent',
      'ForwardX11',
      'ForwardX11Trusted',
      'SendEnv',
      'SetEnv',
    ],
    ...['LocalForward', 'RemoteForward', 'DynamicForward', 'GatewayPorts', 'Tunnel', 'TunnelDevice'],
    ...[
      'HostName',
      'Port',
      'User',
      'ProxyJump',
      'RemoteCommand',
      'SessionType',
      'CanonicalizeHostname',
      'Tag',
    ],
    'GSSAPIDelegateCredentials',
  ],
}
const riskOf: ReadonlyMap<string, SshRisk> = new Map(
  (['program', 'host-key', 'other'] as const).flatMap(kind =>
    riskyKeywords[kind].map(option => [option.toLowerCase(), { kind, option }] as const),
  ),
)

function keywordRisk(line: string): SshRisk | undefined {
  const [, word = '', quoted, bare = ''] =
    /^(\w+)(?:[ \t]*=[ \t]*|[ \t]+)(?:"([^"\\]*)"|([^"\s][^"\\]*))$/.exec(line) ?? []
  if (harmlessKeywords.get(word.toLowerCase())?.(quoted ?? bare)) return undefined
  // ssh also accepts a keyword in quotes and after blanks.
  const [, shown = ''] = /^[\s="]*(\w+)/.exec(line) ?? []
  return riskOf.get(shown.toLowerCase()) ?? { kind: 'other' }
}
