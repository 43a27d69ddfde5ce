import { type PublicWeb, type WebAnswer, WebFailure, type WebRequest } from '../../server/public-web.ts'
import { unknown } from './tasks.ts'

const requestMs = 15_000

export const noHomeserver = unknown('the homeserver does not answer at its public address')

/** The checks share what they fetch. The first one that asks decides how long it may take; all have the same limit. */
export function once<T>(work: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let result: Promise<T> | undefined
  return signal => {
    result ??= work(signal)
    return result
  }
}

export async function answerOf(
  web: PublicWeb,
  request: WebRequest,
  signal: AbortSignal,
): Promise<WebAnswer | WebFailure> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(requestMs)])
  const answer = await web.ask(request, limit).catch(asFailure)
  if (answer instanceof WebFailure || answer.headers['cf-mitigated'] !== 'challenge') return answer
  const { hostname } = new URL(request.url)
  const what = `Cloudflare answered for ${hostname} with a challenge that only a browser can pass`
  return new WebFailure('challenge', what)
}

/** A bug is thrown. */
export function asFailure(error: unknown): WebFailure {
  if (error instanceof WebFailure) return error
  throw error
}

/** The first answer other than 404, else the last one. */
export async function firstFound(
  web: PublicWeb,
  urls: readonly string[],
  signal: AbortSignal,
): Promise<WebAnswer | WebFailure> {
  const answers: (WebAnswer | WebFailure)[] = []
  for (const url of urls) {
    const answer = await answerOf(web, { url }, signal)
    if (answer instanceof WebFailure || answer.status !== 404) return answer
    answers.push(answer)
  }
  return answers.at(-1) ?? new WebFailure('answer', 'nothing was asked')
}
