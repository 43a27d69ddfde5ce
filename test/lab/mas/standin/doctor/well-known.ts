import { isMapping } from '../yaml-values.ts'
import type { Subject } from './doctor.ts'
import { homeserverPage, parseJson, say, statusText } from './say.ts'

const section = 'org.matrix.msc2965.authentication'

function example({ era, issuer, publicBase }: Subject): string[] {
  const base = { 'm.homeserver': { base_url: '...' } }
  const account = `${publicBase}account/`
  const document = era === '0.13' ? { ...base, [section]: { issuer, account } } : base
  return ['It should be like this:', '', JSON.stringify(document, null, 2), '', homeserverPage, '']
}

/** Looks at the client's well-known document; answers the client API that it names, if any. */
export async function checkWellKnown(subject: Subject): Promise<string | undefined> {
  const old = subject.era === '0.13'
  const url = `https://${subject.matrix.homeserver}/.well-known/matrix/client`
  const answer = await subject.ask(url)
  if (answer.kind === 'failure') {
    const text = `⚠️ Failed to fetch well-known document at "${url}".`
    say('WARN', old ? 166 : 107, text, ...example(subject), `Error details: ${answer.details}`, '')
    return undefined
  }
  if (answer.status >= 300) {
    const text = `⚠️ Matrix client well-known replied with ${statusText(answer.status)}, expected 2xx.`
    say('WARN', old ? 75 : 74, text, `It should be available at "${url}"`)
  }
  const document = parseJson(answer.body)
  if (document === undefined) {
    const text = `⚠️ Invalid JSON for the well-known document at "${url}".`
    const details = `Error details: error decoding response body for url (${url})`
    say('WARN', old ? 149 : 91, text, ...example(subject), details, '')
    return undefined
  }
  if (old) checkIssuer(subject, url, document)
  return clientApi(document)
}

function clientApi(document: unknown): string | undefined {
  const homeserver = isMapping(document) ? document['m.homeserver'] : undefined
  const url = isMapping(homeserver) ? homeserver.base_url : undefined
  return typeof url === 'string' && URL.canParse(url) ? url : undefined
}

function delegation({ issuer }: Subject): string[] {
  return [
    '  experimental_features:',
    '    msc3861:',
    '      enabled: true',
    `      issuer: ${JSON.stringify(issuer)}`,
    '',
  ]
}

/** Until v1.20 doctor looked at the issuer in the document. */
function checkIssuer(subject: Subject, url: string, document: unknown): void {
  const found = isMapping(document) ? document[section] : undefined
  const issuer = isMapping(found) ? found.issuer : undefined
  const where = `Look at the document at "${url}"`
  if (found === undefined) {
    const text = `Matrix client well-known is missing the "${section}" section.`
    say('WARN', 125, text, where, ...delegation(subject), ...example(subject))
  } else if (typeof issuer !== 'string') {
    const text = `❌ Matrix client well-known "${section}" does not have a valid "issuer" field.`
    say('ERROR', 119, text, where, '')
  } else if (issuer === subject.issuer) {
    say('INFO', 88, `✅ Matrix client well-known at "${url}" is valid`)
  } else {
    const text = `⚠️ Matrix client well-known has an "${section}" section, but the issuer is not the same as the homeserver.`
    const configured = ['  http:', `    public_base: ${JSON.stringify(subject.issuer)}`, '']
    say('WARN', 92, text, where, ...configured, ...delegation(subject), homeserverPage, '')
  }
}
