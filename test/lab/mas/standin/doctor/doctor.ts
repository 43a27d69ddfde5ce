import { existsSync, readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { checkSecrets, type MatrixConfig, matrixConfig, type RootConfig } from '../config.ts'
import { currentEra, type Era } from '../era.ts'
import { Failure } from '../failure.ts'
import { httpConfig } from '../http-config.ts'
import { isMapping } from '../yaml-values.ts'
import { checkApi } from './api.ts'
import { type Ask, askHttp, homeserverPage, parseJson, proxyPage, say, statusText } from './say.ts'
import { checkWellKnown } from './well-known.ts'

export interface Subject {
  readonly era: Era
  readonly issuer: string
  readonly publicBase: string
  readonly matrix: MatrixConfig
  readonly ask: Ask
}

const introduction =
  '💡 Running diagnostics, make sure that both MAS and Synapse are running, and that MAS is using the same configuration files as this tool.'

const systemAuthorities = '/etc/ssl/certs/ca-certificates.crt'

/** Node has a list of its own; MAS believes whom the system believes. */
function trustSystemAuthorities(): void {
  if (!existsSync(systemAuthorities)) return
  const found = readFileSync(systemAuthorities, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  )
  setDefaultCACertificates([...getCACertificates('default'), ...(found ?? [])])
}

/** `mas-cli doctor`: says what it sees and always answers 0, also where nobody can log in. */
export async function runDoctor(
  root: RootConfig,
  ask: Ask = askHttp,
  era: Era = currentEra(),
): Promise<number> {
  const old = era === '0.13'
  trustSystemAuthorities()
  say('INFO', old ? 32 : 33, introduction)
  checkSecrets(root)
  const matrix = matrixConfig(root)
  const { issuer, publicBase } = httpConfig(root)
  const subject: Subject = { era, issuer, publicBase, matrix, ask }
  checkDomain(matrix.homeserver)
  if (!issuer.startsWith('https://')) {
    const text = '⚠️ The issuer in the config (`http.issuer`/`http.public_base`) is not an HTTPS URL.'
    say('WARN', old ? 50 : 54, text, 'This means some clients will refuse to use it.')
  }
  const discovered = await checkWellKnown(subject)
  if (await checkVersions(subject)) {
    await checkBadToken(subject)
    await checkApi(subject)
  }
  await checkLegacyLogin(subject, discovered ?? matrix.endpoint)
  return 0
}

function checkDomain(homeserver: string): void {
  if (/^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)$/i.test(homeserver)) return
  const text = 'The homeserver host in the config (`matrix.homeserver`) is not a valid domain.'
  throw new Failure(`${text}\n${homeserverPage}`, ['invalid international domain name'])
}

function matrixSection({ matrix }: Subject): string[] {
  return [
    '  matrix:',
    `    homeserver: "${matrix.homeserver}"`,
    '    # Where MAS looks for the homeserver',
    `    endpoint: "${matrix.endpoint}"`,
    '',
  ]
}

async function checkVersions(subject: Subject): Promise<boolean> {
  const old = subject.era === '0.13'
  const url = new URL('/_matrix/client/versions', subject.matrix.endpoint).href
  const answer = await subject.ask(url)
  if (answer.kind === 'answer' && answer.status < 300) {
    say('INFO', old ? 194 : 134, `✅ Homeserver is reachable at "${url}"`)
    return true
  }
  const advice = [
    'Is the `matrix` section of the config right?',
    '',
    ...matrixSection(subject),
    homeserverPage,
    '',
  ]
  if (answer.kind === 'answer') {
    const text = `❌Can't reach the homeserver at "${url}", got ${statusText(answer.status)}.`
    say('ERROR', old ? 198 : 138, text, ...advice)
  } else {
    const details = `Error details: ${answer.details}`
    say('ERROR', old ? 214 : 154, `❌ Can't reach the homeserver at "${url}".`, ...advice, details, '')
  }
  return false
}

async function checkBadToken({ era, matrix, ask }: Subject): Promise<void> {
  const old = era === '0.13'
  const url = new URL('/_matrix/client/v3/account/whoami', matrix.endpoint).href
  const answer = await ask(url, 'not-a-token-that-anybody-has')
  if (answer.kind === 'failure') {
    const details = `Error details: ${answer.details}`
    return say('ERROR', old ? 278 : 218, `❌ Can't reach the homeserver at "${url}".`, '', details, '')
  }
  const replied = `The homeserver at "${url}" replied with ${statusText(answer.status)}.`
  if (answer.status === 401) {
    const text = `✅ Homeserver at "${url}" is reachable, and it correctly rejected an invalid token.`
    say('INFO', old ? 247 : 187, text)
  } else if (answer.status < 400) {
    const meaning = 'This is *highly* unexpected: a token that nobody has was perhaps accepted.'
    say('ERROR', old ? 251 : 191, `❌ ${replied}`, meaning, '')
  } else if (answer.status === 503) {
    const meaning = 'The homeserver was probably unable to reach MAS to validate the token.'
    const advice = ['Is MAS running? It said:', '', `    ${answer.body}`, '', homeserverPage, '']
    say('ERROR', old ? 258 : 198, `❌ ${replied}`, meaning, ...advice)
  } else {
    say('WARN', old ? 273 : 213, `⚠️ ${replied}`, 'Is the homeserver running?')
  }
}

function isHandledByMas(body: string, era: Era): boolean {
  const answer = parseJson(body)
  const flows = isMapping(answer) && Array.isArray(answer.flows) ? answer.flows.filter(isMapping) : []
  const preferred = (flow: Readonly<Record<string, unknown>>) =>
    flow['org.matrix.msc3824.delegated_oidc_compatibility'] === true ||
    (era === '1.22' && flow.oauth_aware_preferred === true)
  return flows.some(flow => flow.type === 'm.login.sso' && preferred(flow))
}

async function checkLegacyLogin({ era, ask }: Subject, api: string): Promise<void> {
  const old = era === '0.13'
  const url = new URL('/_matrix/client/v3/login', api).href
  const answer = await ask(url)
  const advice = [
    "This means legacy clients won't be able to login.",
    'Is MAS running, and does the reverse proxy send this path to MAS rather than to Synapse?',
    '',
    proxyPage,
    '',
  ]
  const reachable = `The legacy login API at "${url}" is reachable`
  if (answer.kind === 'failure') {
    const text = `⚠️ Can't reach the legacy login API at "${url}".`
    say('WARN', old ? 414 : 339, text, ...advice, `Error details: ${answer.details}`)
  } else if (answer.status >= 300) {
    const text = `The legacy login API at "${url}" replied with ${statusText(answer.status)}.`
    say('ERROR', old ? 402 : 327, text, ...advice)
  } else if (isHandledByMas(answer.body, era)) {
    say('INFO', old ? 387 : 312, `✅ ${reachable} and is handled by MAS.`)
  } else {
    say('WARN', old ? 391 : 316, `⚠️ ${reachable}, but it doesn't look to be handled by MAS.`, ...advice)
  }
}
