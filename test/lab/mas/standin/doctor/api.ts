import type { Subject } from './doctor.ts'
import { say, statusText } from './say.ts'

function masSection({ matrix }: Subject): string[] {
  return [
    "MAS's config now has:",
    '',
    '  matrix:',
    `    homeserver: "${matrix.homeserver}"`,
    `    endpoint: "${matrix.endpoint}"`,
    `    secret: ${JSON.stringify(matrix.secret)}`,
    '',
  ]
}

function synapseSection({ era, issuer, matrix }: Subject): string[] {
  const secret = JSON.stringify(matrix.secret)
  if (era === '0.13') {
    return [
      "It must be the `admin_token` of Synapse's config:",
      '',
      '  experimental_features:',
      '    msc3861:',
      '      enabled: true',
      `      issuer: ${issuer}`,
      `      admin_token: ${secret}`,
      '',
    ]
  }
  return [
    "It must be the `secret` of Synapse's config:",
    '',
    '  matrix_authentication_service:',
    '    enabled: true',
    `    endpoint: ${JSON.stringify(issuer)}`,
    `    secret: ${secret}`,
    '',
  ]
}

/** The API of Synapse that MAS uses. What it says of a refusal holds the secret in clear, as the real one's does. */
export async function checkApi(subject: Subject): Promise<void> {
  if (subject.era === '0.13') await checkAdminApi(subject)
  else await checkMasApi(subject)
}

async function checkMasApi(subject: Subject): Promise<void> {
  const url = new URL('/_synapse/mas/is_localpart_available', subject.matrix.endpoint).href
  const answer = await subject.ask(url, subject.matrix.secret)
  if (answer.kind === 'failure') {
    const details = `Error details: ${answer.details}`
    return say('ERROR', 268, `❌ Can't reach the Synapse MAS API at "${url}".`, '', details, '')
  }
  // The request lacks its parameter on purpose: who is let in is told so (400), who is not gets 403 or 404.
  if (answer.status === 400) {
    return say('INFO', 242, `✅ The Synapse MAS API is reachable with authentication at "${url}".`)
  }
  const text = `❌ A Synapse MAS API endpoint at "${url}" replied with ${statusText(answer.status)}.`
  say('ERROR', 246, text, 'Is `matrix.secret` right?', ...synapseSection(subject), ...masSection(subject))
}

async function checkAdminApi(subject: Subject): Promise<void> {
  const open = new URL('/_synapse/admin/v1/server_version', subject.matrix.endpoint).href
  const guarded = new URL('/_synapse/admin/v1/background_updates/status', subject.matrix.endpoint).href
  const version = await subject.ask(open)
  if (version.kind === 'failure') {
    const details = `Error details: ${version.details}`
    say('ERROR', 303, `❌ Can't reach the Synapse admin API at "${open}".`, '', details, '')
  } else if (version.status < 300) {
    say('INFO', 292, `✅ The Synapse admin API is reachable at "${open}".`)
  } else {
    const text = `❌ A Synapse admin API endpoint at "${open}" replied with ${statusText(version.status)}.`
    say('ERROR', 295, text, 'Is the homeserver running, and its admin API within reach?', '')
  }
  const status = await subject.ask(guarded, subject.matrix.secret)
  if (status.kind === 'failure') {
    const details = `Error details: ${status.details}`
    return say('ERROR', 347, `❌ Can't reach the Synapse admin API at "${guarded}".`, '', details, '')
  }
  if (status.status < 300) {
    return say('INFO', 321, `✅ The Synapse admin API is reachable with authentication at "${guarded}".`)
  }
  const text = `❌ A Synapse admin API endpoint at "${guarded}" replied with ${statusText(status.status)}.`
  say('ERROR', 325, text, 'Is `matrix.secret` right?', ...synapseSection(subject), ...masSection(subject))
}
