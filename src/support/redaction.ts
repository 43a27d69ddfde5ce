/** Replaces masked text. */
export const maskText = '***'

/** Shorter secrets are not masked: they would mask ordinary words. */
export const shortestSecret = 6

export interface Masker {
  /** Masks a whole text, also across newlines. Never throws. */
  mask(text: string): string
  /** Adds secrets. Values shorter than `shortestSecret` are ignored. */
  add(...secrets: readonly string[]): void
}

interface Span {
  readonly start: number
  readonly end: number
}

// The look-behind avoids a try at each character of a long run of letters, such as base64.
const secretKey = String.raw`(?<![\w.-])[\w.-]*(?:secret|secrets?_key|passw(?:or)?d|passphrase|pepper|token|api_?key|private_?key|encryption|signing_key|credentials?)`

/** Shapes that are always secret. The group `value`, if present, is masked; otherwise the whole match. */
const shapes: readonly RegExp[] = [
  // Synapse's and MAS's tokens: syt_ syr_ access and refresh, mct_ mcr_ compatibility, mat_ mar_ OAuth, mpt_ personal.
  /(?<![A-Za-z0-9])(?:syt|syr|mct|mcr|mat|mar|mpt)_[A-Za-z0-9=_-]{6,}/g,
  // Macaroons, the access tokens of older Synapse servers.
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
  // A YAML block scalar: all deeper lines below the key.
  new RegExp(
    String.raw`^(?<indent>[ \t]*)(?:- )?["']?${secretKey}["']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*\r?\n(?<value>(?:(?:\k<indent>[ \t]+[^\r\n]*|[ \t]*)(?:\r?\n|$))+)`,
    'gim',
  ),
  // The rest of a config line: `secret: some words # and, commas`.
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
  // A database error quotes values of the row: `Key (access_token)=(…)`.
  new RegExp(String.raw`\(${secretKey}\)=\((?<value>[^)\r\n]+)`, 'gi'),
]

/** Words in the place of a secret that are not secret. */
const harmless =
  /^(?:true|false|yes|no|null|none|undefined|redacted|\*{3,}|<[\w -]*>|~|\{\{.*\}\}|!vault.*|\d{1,4}|""|''|[|>][+-]?\d?)[,;.]?$/i

/** The forms of a value in logs, URLs, JSON, YAML and shell words. */
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

/** Replaces each run of overlapping or adjacent spans by one mask, so that no part of overlapping secrets stays. */
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
 * Masks the given secrets in their usual written forms, and all text with the shape of a secret: tokens of Synapse and MAS, password
 * hashes, private keys, values of keys named like secrets. Use it on text from servers and tools before it is printed or stored.
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
  return { mask, add }
}
