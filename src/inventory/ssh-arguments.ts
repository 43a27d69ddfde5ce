import { shellWords as quoted } from '../support/shell.ts'
import { shellWords } from './read/shell-words.ts'

type Program = 'ssh' | 'sftp' | 'scp'

/** The programs that get the arguments of each variable (`plugins/connection/ssh.py` of ansible-core). */
const programsOf = {
  ansible_ssh_args: ['ssh', 'sftp', 'scp'],
  ansible_ssh_common_args: ['ssh', 'sftp', 'scp'],
  ansible_ssh_extra_args: ['ssh'],
  ansible_sftp_extra_args: ['sftp'],
  ansible_scp_extra_args: ['scp'],
} as const satisfies Readonly<Record<string, readonly Program[]>>

export type SshArgumentVariable = keyof typeof programsOf

export const sshArgumentVariables = Object.keys(programsOf).filter(isSshArgumentVariable)

export function isSshArgumentVariable(name: string): name is SshArgumentVariable {
  return Object.hasOwn(programsOf, name)
}

/** What an option can do that is not harmless. */
export type SshDangerKind =
  /** It runs a program on the runner, or loads a library or a configuration file there. */
  | 'program'
  /** It changes which host key is accepted, or skips the check. */
  | 'host-key'
  /** It leads to another server, port or user, or is not on the list of harmless options. */
  | 'other'

export interface SshDanger {
  readonly kind: SshDangerKind
  /** An option of OpenSSH, safe to show; `undefined` if the argument is not an option that OpenSSH documents. */
  readonly option: string | undefined
  /** Whether only the missing value makes it dangerous. */
  readonly isEmpty: boolean
}

export interface SshArguments {
  readonly words: readonly string[]
  readonly dangers: readonly SshDanger[]
}

/** The option strings for getopt(3) in OpenSSH 9.2. The differences of other versions are in flags that are not harmless. */
const syntaxOf: Readonly<Record<Program, string>> = {
  ssh: '1246ab:c:e:fgi:kl:m:no:p:qstvxAB:CD:E:F:GI:J:KL:MNO:PQ:R:S:TVw:W:XYy',
  sftp: '1246AafhNpqrvCc:D:i:l:o:s:S:b:B:F:J:P:R:X:',
  scp: '12346ABCTdfOpqRrstvD:F:J:M:P:S:c:i:l:o:X:',
}
const harmlessFlags: Readonly<Record<Program, string>> = { ssh: '46CqvTxak', sftp: '46Cqv', scp: '46CqvO' }
/** Flags with an argument that is also the value of an option. */
const flagOptions: Readonly<Record<string, string>> = { i: 'identityfile', J: 'proxyjump' }
const programFlags: Readonly<Record<Program, string>> = { ssh: 'FI', sftp: 'FSD', scp: 'FSD' }

const yesOrNo = /^(?:yes|no)$/i
const no = /^no$/i
const none = /^none$/i
const time = /^\d[smhdw\d]*$/i
const count = /^\d+$/
const word = /^\w+$/
const list = /^[+^-]?[\w@.,*-]+$/
const path = /^[\w./~][\w./~+@-]*$/
const hop = /(?:\w[\w.-]*@)?(?:[A-Za-z0-9][\w.-]*|\[[\da-f:.]+\])(?::\d+)?/i
const hops = new RegExp(`^(?:none|${hop.source}(?:,${hop.source})*)$`, 'i')

/**
 * Options with these values run nothing on the runner, do not change which host key is accepted, lead to no other server, and
 * give the server nothing of the runner (ssh_config(5)).
 */
const harmless: readonly (readonly [values: RegExp, options: string])[] = [
  [yesOrNo, 'BatchMode Compression ExitOnForwardFailure GSSAPIAuthentication HashKnownHosts IdentitiesOnly'],
  [
    yesOrNo,
    'KbdInteractiveAuthentication ChallengeResponseAuthentication PasswordAuthentication TCPKeepAlive',
  ],
  [/^(?:yes|no|unbound|host-bound)$/i, 'PubkeyAuthentication'],
  [/^(?:yes|no|auto|force)$/i, 'RequestTTY'],
  [/^(?:yes|no|auto)$/i, 'ControlMaster'],
  [/^(?:yes|no|\d[smhdw\d]*)$/i, 'ControlPersist'],
  [/^(?:any|inet|inet6)$/i, 'AddressFamily'],
  [time, 'ConnectTimeout ServerAliveInterval'],
  [count, 'ConnectionAttempts NumberOfPasswordPrompts ServerAliveCountMax RequiredRSASize'],
  [word, 'LogLevel IPQoS RekeyLimit'],
  [list, 'Ciphers MACs KexAlgorithms HostKeyAlgorithms PreferredAuthentications'],
  [list, 'PubkeyAcceptedAlgorithms PubkeyAcceptedKeyTypes'],
  [path, 'IdentityFile'],
  [hops, 'ProxyJump'],
  [/^yes$/i, 'StrictHostKeyChecking ClearAllForwardings'],
  [no, 'VerifyHostKeyDNS UpdateHostKeys NoHostAuthenticationForLocalhost CanonicalizeHostname'],
  [no, 'ForwardAgent ForwardX11 ForwardX11Trusted GSSAPIDelegateCredentials AddKeysToAgent'],
  [no, 'PermitLocalCommand GatewayPorts Tunnel'],
  [none, 'ProxyCommand KnownHostsCommand ControlPath'],
]

const programs =
  'ProxyCommand LocalCommand PermitLocalCommand KnownHostsCommand Include Match PKCS11Provider SmartcardDevice SecurityKeyProvider XAuthLocation'
const hostKeys =
  'StrictHostKeyChecking UserKnownHostsFile GlobalKnownHostsFile HostKeyAlias VerifyHostKeyDNS UpdateHostKeys NoHostAuthenticationForLocalhost RevokedHostKeys CheckHostIP CanonicalizeHostname CanonicalDomains CanonicalizePermittedCNAMEs CanonicalizeMaxDots CanonicalizeFallbackLocal CASignatureAlgorithms ControlPath'
const others =
  'HostName Port User Host BindAddress BindInterface CertificateFile DynamicForward EnableSSHKeysign EscapeChar ForkAfterAuthentication ForwardX11Timeout HostbasedAuthentication IdentityAgent IgnoreUnknown LocalForward PermitRemoteOpen ProxyUseFdpass RemoteCommand RemoteForward SendEnv SessionType SetEnv StdinNull StreamLocalBindMask StreamLocalBindUnlink SyslogFacility Tag TunnelDevice VisualHostKey'

interface Option {
  readonly name: string
  readonly kind: SshDangerKind
  readonly values: RegExp | undefined
}

/** By the name in lower case. */
const options: ReadonlyMap<string, Option> = optionTable()

function optionTable(): ReadonlyMap<string, Option> {
  const values = new Map(harmless.flatMap(([each, names]) => names.split(' ').map(name => [name, each])))
  const kinds = new Map<string, SshDangerKind>([
    ...[...values.keys(), ...others.split(' ')].map(name => [name, 'other'] as const),
    ...hostKeys.split(' ').map(name => [name, 'host-key'] as const),
    ...programs.split(' ').map(name => [name, 'program'] as const),
  ])
  return new Map(
    [...kinds].map(([name, kind]) => [name.toLowerCase(), { name, kind, values: values.get(name) }]),
  )
}

/**
 * Reads arguments as Ansible splits them and as OpenSSH reads its command line, without running either.
 *
 * @returns `undefined` if Ansible cannot split the text: a quote is not closed, or a backslash ends it.
 */
export function readSshArguments(variable: SshArgumentVariable, text: string): SshArguments | undefined {
  const words = shellWords(text, { comments: false })
    ?.map(({ text: each }) => each.trim())
    .filter(Boolean)
  return words && { words, dangers: dangersIn(variable, words) }
}

/**
 * Reads arguments in Jinja: finds options wherever they are written, as the text may become any of its parts. Misses what is
 * computed.
 */
export function dangersInJinja(variable: SshArgumentVariable, source: string): readonly SshDanger[] {
  const words = source.split(/\{[{%#]-?|-?[%#}]\}|['"\s]/).filter(Boolean)
  return dangersIn(variable, words).filter(({ kind, isEmpty }) => kind !== 'other' && !isEmpty)
}

/** The words as Ansible splits them again. */
export function joinedArguments({ words }: SshArguments): string {
  return quoted(words)
}

/** Each danger once, also if several programs get the argument. */
function dangersIn(variable: SshArgumentVariable, words: readonly string[]): readonly SshDanger[] {
  const all = programsOf[variable].flatMap(program =>
    readArguments(program, words)
      .map(argument => dangerOf(program, argument))
      .filter(danger => danger !== undefined),
  )
  return [...new Map(all.map(danger => [`${danger.kind} ${danger.option}`, danger])).values()]
}

export type SshArgument =
  | { readonly flag: string; readonly value?: string }
  /** What `-o` sets. The keyword is in lower case; OpenSSH removes the quotes of a value later. */
  | { readonly keyword: string; readonly value: string }
  /** A word that is no option: ssh takes the first one as the server, and then reads options again. */
  | { readonly word: string }

/** Reads options as getopt(3) does: flags may share a word, and the value of one is the rest of its word or the next word. */
export function readArguments(program: Program, words: readonly string[]): readonly SshArgument[] {
  const found: SshArgument[] = []
  for (let at = 0; at < words.length; at += 1) {
    const text = words[at] ?? ''
    if (!/^-[^-]/.test(text)) {
      found.push({ word: text })
      continue
    }
    for (let index = 1; index < text.length; index += 1) {
      const flag = text.charAt(index)
      if (!takesValue(program, flag)) {
        found.push({ flag })
        continue
      }
      const rest = text.slice(index + 1)
      if (rest === '') at += 1
      const value = rest === '' ? words[at] : rest
      found.push(flag === 'o' && value !== undefined ? configLine(value) : { flag, ...(value && { value }) })
      break
    }
  }
  return found
}

function takesValue(program: Program, flag: string): boolean {
  return /[A-Za-z0-9]/.test(flag) && syntaxOf[program].includes(`${flag}:`)
}

/** Reads a line as `process_config_line` and `strdelim` of OpenSSH do. */
function configLine(text: string): SshArgument {
  // The look-behind avoids a try at each blank of a long run.
  const line = text.replace(/(?<=^[\s\S]|[^ \t\r\n\f])[ \t\r\n\f]+$/, '')
  const [first, rest] = nextToken(line)
  const [keyword, value] = first === '' && rest !== '' ? nextToken(rest) : [first, rest]
  return { keyword: keyword.toLowerCase(), value: value.replace(/^[ \t\r\n]+/, '') }
}

/** The text before a blank or one `=`, and the rest. A quote in it reaches to the next quote. */
function nextToken(text: string): readonly [token: string, rest: string] {
  const [, before = '', delimiter = '', after = ''] = /^([^"= \t\r\n]*)(.?)([\s\S]*)$/s.exec(text) ?? []
  if (delimiter === '"') {
    const [closed, inside = '', rest = ''] = /^([^"]*)"[ \t\r\n]*([\s\S]*)$/.exec(after) ?? []
    return closed === undefined ? ['', ''] : [before + inside, rest]
  }
  const [, rest = ''] =
    (delimiter === '=' ? /^[ \t\r\n]*([\s\S]*)$/ : /^[ \t\r\n]*=?[ \t\r\n]*([\s\S]*)$/).exec(after) ?? []
  return [before, rest]
}

function dangerOf(program: Program, argument: SshArgument): SshDanger | undefined {
  if ('word' in argument) return { kind: 'other', option: undefined, isEmpty: false }
  if ('keyword' in argument) return dangerOfOption(argument.keyword, argument.value)
  const { flag, value } = argument
  const option = flagOptions[flag]
  if (option !== undefined && takesValue(program, flag)) return dangerOfOption(option, value ?? '')
  if (harmlessFlags[program].includes(flag)) return undefined
  const kind = programFlags[program].includes(flag)
    ? 'program'
    : isSocket(program, flag)
      ? 'host-key'
      : 'other'
  return { kind, option: syntaxOf[program].includes(flag) ? `-${flag}` : undefined, isEmpty: false }
}

/** A connection over an existing socket has no host key check of its own. */
function isSocket(program: Program, flag: string): boolean {
  return program === 'ssh' && flag === 'S'
}

function dangerOfOption(keyword: string, written: string): SshDanger | undefined {
  const option = options.get(keyword)
  if (!option) return { kind: 'other', option: undefined, isEmpty: false }
  const { name, kind, values } = option
  const value = written.replace(/^"([^"]*)"$/, '$1')
  if (values?.test(value)) return undefined
  return { kind, option: name, isEmpty: values !== undefined && kind === 'host-key' && value === '' }
}
