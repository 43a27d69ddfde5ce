/** What stands in place of anything masked. */
export const maskText = '***'

/** Secrets shorter than this are not masked: they would blank out ordinary words. */
export const shortestSecret = 6

export interface Masker {
  /** Masks a whole text, also over line ends. Never throws. */
  mask(text: string): string
  /** Adds secrets learnt later; values shorter than `shortestSecret` and empty ones are ignored. */
  add(...secrets: readonly string[]): void
  /**
   * A function for output that comes line by line (without line ends): it remembers an open key block or a secret
   * given as a YAML block scalar, which no single line shows. One per stream.
   */
  lines(): (line: string) => string
}

interface Span {
  readonly start: number
  readonly end: number
}

// The look-behind keeps long runs of letters (base64, say) from being tried at each of their characters.
const secretKey = String.raw`(?<![\w.-])[\w.-]*(?:secret|secrets?_key|passw(?:or)?d|passphrase|pepper|token|api_?key|private_?key|encryption|signing_key|credentials?)`

/** Shapes that are secret whatever their value. Group `value`, where there is one, is what gets masked. */
const shapes: readonly RegExp[] = [
  // Synapse's and MAS's tokens: syt_ syr_ access and refresh, mct_ mcr_ compatibility, mat_ mar_ OAuth, mpt_ personal.
  /(?<![A-Za-z0-9])(?:syt|syr|mct|mcr|mat|mar|mpt)_[A-Za-z0-9=_-]{6,}/g,
  // Macaroons, which older Synapse servers gave as access tokens.
  /(?<![A-Za-z0-9])MDA[A-Za-z0-9][A-Za-z0-9_-]{40,}/g,
  // Tokens of GitHub.
  /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  // Password hashes: bcrypt, argon2, pbkdf2.
  /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{20,}/g,
  /\$(?:argon2(?:id|i|d)|pbkdf2(?:-[\w-]+)?)\$[^\s"'\\]+/g,
  // The password in a URL's user part.
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?<value>[^\s/"']+)@/gi,
  /\b(?:Bearer|Basic)\s+(?<value>[A-Za-z0-9._~+/=-]{6,})/g,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?<value>[\s\S]*?)(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g,
  // A YAML block scalar: every deeper line below the key.
  new RegExp(
    String.raw`^(?<indent>[ \t]*)(?:- )?["']?${secretKey}["']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*\r?\n(?<value>(?:(?:\k<indent>[ \t]+[^\r\n]*|[ \t]*)(?:\r?\n|$))+)`,
    'gim',
  ),
  // A config line, its whole rest: `secret: some words # and, commas`.
  new RegExp(
    String.raw`^[ \t>+|-]*(?:["'])?${secretKey}["']?[ \t]*[:=][ \t]*(?<value>[^\s"'{[|>&*!\\][^\r\n]*)$`,
    'gim',
  ),
  // The same within a line, quoted (also with the backslashes that JSON in JSON has) …
  new RegExp(
    String.raw`${secretKey}(?:\\*["'])?\s*[:=]\s*(?<bs>\\*)(?<q>["'])(?<value>(?:(?!(?<!\\)\k<bs>\k<q>)[^\r\n])+)`,
    'gi',
  ),
  // … or bare.
  new RegExp(String.raw`${secretKey}(?:\\*["'])?\s*[:=][ \t]*(?<value>[^\s"'\\{}[\],;][^\s"'\\}]*)`, 'gi'),
  // A database's error names the row's values: `Key (access_token)=(…)`.
  new RegExp(String.raw`\(${secretKey}\)=\((?<value>[^)\r\n]+)`, 'gi'),
]

/** Words that stand where a secret would and are none. */
const harmless =
  /^(?:true|false|yes|no|null|none|undefined|redacted|\*{3,}|<[\w -]*>|~|\{\{.*\}\}|!vault.*|\d{1,4}|""|''|[|>][+-]?\d?)[,;.]?$/i

/** Every way in which a value is likely to be written in logs, URLs, JSON, YAML and shell words. */
function writtenForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const forms = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    encodeURIComponent(secret.toWellFormed()).replaceAll('%20', '+'),
    secret.replaceAll("'", "''"),
    secret.replaceAll("'", String.raw`'\''`),
    Buffer.from(secret).toString('base64'),
    ...secret.split(/\r?\n/).map(line => line.trim()),
  ]
  return forms.filter(form => form.length >= shortestSecret)
}

function valueSpan(match: RegExpMatchArray): Span | undefined {
  const start = match.index ?? 0
  const value = match.groups?.value
  if (value === undefined) return { start, end: start + match[0].length }
  if (harmless.test(value.trim())) return undefined
  const from = start + match[0].lastIndexOf(value)
  return { start: from, end: from + value.length }
}

function spansOf(text: string, form: string): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
    spans.push({ start: at, end: at + form.length })
  }
  return spans
}

/** Puts the mask once for each run of overlapping or touching spans, so that nothing of two overlapping secrets stays. */
function cover(text: string, spans: readonly Span[]): string {
  const sorted = spans.toSorted((a, b) => a.start - b.start)
  let result = ''
  let done = 0
  let open: Span | undefined
  const close = () => {
    if (open === undefined) return
    result += text.slice(done, open.start) + maskText
    done = open.end
  }
  for (const span of sorted) {
    if (open !== undefined && span.start <= open.end) {
      open = { start: open.start, end: Math.max(open.end, span.end) }
    } else {
      close()
      open = span
    }
  }
  close()
  return result + text.slice(done)
}

/**
 * Masks the given secrets in every form they are usually written in, and whatever has the shape of a secret: tokens of
 * Synapse and MAS, password hashes, private keys, values of keys named like secrets. Meant for text from servers and
 * tools before it is printed or stored anywhere.
 */
export function createMasker(secrets: Iterable<string> = []): Masker {
  const forms = new Set<string>()
  const add = (...more: readonly string[]) => {
    for (const secret of more) {
      if (secret.length >= shortestSecret) for (const form of writtenForms(secret)) forms.add(form)
    }
  }
  add(...secrets)
  const mask = (text: string) => {
    const known = [...forms].flatMap(form => spansOf(text, form))
    const shaped = shapes.flatMap(shape =>
      [...text.matchAll(shape)].map(valueSpan).filter(span => span !== undefined),
    )
    return cover(text, [...known, ...shaped])
  }
  return { mask, add, lines: () => lineMasker(mask) }
}

const blockScalar = new RegExp(
  String.raw`^(?<indent>[ \t]*)(?:- )?["']?${secretKey}["']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*$`,
  'i',
)
const keyBegins = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/
const keyEnds = /-----END (?:[A-Z]+ )*PRIVATE KEY-----/

function lineMasker(mask: (text: string) => string): (line: string) => string {
  let insideKey = false
  let scalarIndent: number | undefined
  return line => {
    if (insideKey) {
      insideKey = !keyEnds.test(line)
      return maskText
    }
    if (scalarIndent !== undefined) {
      const indent = line.length - line.trimStart().length
      if (line.trim() === '' || indent > scalarIndent) return line.trim() === '' ? line : maskText
      scalarIndent = undefined
    }
    const scalar = blockScalar.exec(line)
    if (scalar) scalarIndent = scalar.groups?.indent?.length ?? 0
    insideKey = keyBegins.test(line) && !keyEnds.test(line)
    return insideKey ? maskText : mask(line)
  }
}
