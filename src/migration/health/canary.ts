import { failedCheck } from '../../domain/health-checks.ts'
import type { PublicFacts } from '../../server/public-facts.ts'
import { type PublicWeb, type WebAnswer, WebFailure } from '../../server/public-web.ts'
import { parseRecord, text } from '../../support/json.ts'
import { answerOf, noHomeserver } from './asking.ts'
import { fails, holds, type Outcome, skipped, unknown } from './tasks.ts'

/** A test account of the operator. Its password is never printed. */
export interface Canary {
  readonly user: string
  readonly password: string
}

export interface CanaryOptions {
  readonly web: PublicWeb
  readonly facts: PublicFacts
  /** `incomplete`: its name or its password is missing. */
  readonly canary?: Canary | 'incomplete'
}

/** Logs in, uses the session, and logs out, always as the same device. The password goes to the homeserver's own address only. */
export async function canaryOutcome(
  { web, facts, canary }: CanaryOptions,
  client: string,
  answers: (signal: AbortSignal) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Outcome> {
  if (canary === undefined) return skipped('no test account is given')
  if (canary === 'incomplete')
    return unknown('a test account needs both `canary-user` and `canary-password`, and one is missing')
  if (!(await answers(signal))) return noHomeserver
  const login = await answerOf(
    web,
    {
      url: `${client}/v3/login`,
      method: 'POST',
      body: {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: canary.user },
        password: canary.password,
        device_id: 'MATRIXAUTHDOCTOR',
        initial_device_display_name: 'Health check',
      },
    },
    signal,
  )
  if (login instanceof WebFailure) return unknown(login.message)
  if (login.status === 429) return unknown('the server limits logins at the moment (HTTP 429)')
  const token = textIn(login, 'access_token')
  if (login.status !== 200 || token === undefined)
    return fails(failedCheck('canary', `The test account could not log in (HTTP ${login.status}).`))
  const headers = { authorization: `Bearer ${token}` }
  const whoami = await answerOf(web, { url: `${client}/v3/account/whoami`, headers }, signal)
  const logout = await answerOf(
    web,
    { url: `${client}/v3/logout`, method: 'POST', headers, body: {} },
    signal,
  )
  const wrong = [
    ...(isAnswer(whoami) && textIn(whoami, 'user_id')?.endsWith(`:${facts.serverName}`)
      ? []
      : [
          failedCheck(
            'canary',
            `The new session of the test account was not accepted (${statusOf(whoami)}).`,
          ),
        ]),
    ...(isAnswer(logout)
      ? []
      : [failedCheck('canary', `The test account could not log out (${statusOf(logout)}).`)]),
  ]
  const [first, ...more] = wrong
  return first === undefined ? holds('login, use and logout') : fails(first, ...more)
}

function isAnswer(answer: WebAnswer | WebFailure): answer is WebAnswer {
  return !(answer instanceof WebFailure) && answer.status === 200
}

function textIn({ body }: WebAnswer, key: string): string | undefined {
  return text(parseRecord(body)?.[key])
}

function statusOf(answer: WebAnswer | WebFailure): string {
  return answer instanceof WebFailure ? answer.message : `HTTP ${answer.status}`
}
