import { randomBytes } from 'node:crypto'
import { publicChecks } from '../../domain/health-checks/public.ts'
import { failedCheck } from '../../domain/health-checks.ts'
import type { MasPublicFacts, PublicFacts } from '../../server/public-facts.ts'
import { type PublicWeb, type WebAnswer, WebFailure, type WebRequest } from '../../server/public-web.ts'
import { plural } from '../../support/plural.ts'
import { answerOf, asFailure, firstFound, noHomeserver, once } from './asking.ts'
import { type CanaryOptions, canaryOutcome } from './canary.ts'
import {
  judgeAdvertisedIssuer,
  judgeAuthMetadata,
  judgeClientWellKnown,
  judgeDiscovery,
  judgeHomeserver,
  judgeLogin,
  judgeLogout,
  judgePage,
  judgeRefresh,
  judgeServerWellKnown,
  judgeSigningKeys,
  judgeUpstream,
  type MasDocument,
  masDocument,
} from './judge-answers.ts'
import { judgeCertificates, type SeenCertificate } from './judge-certificates.ts'
import { fails, type HealthTask, holds, type Outcome, skipped, unknown } from './tasks.ts'

export interface PublicOptions extends CanaryOptions {
  /** Whether Synapse delegates to MAS. */
  readonly isDelegating: boolean
  readonly now: Date
}

const limitMs = 45_000

/**
 * What everyone on the internet sees, from the runner. Where two checks depend on the same address, only the first one fails if
 * nothing answers there; the other could not run.
 */
export async function publicTasks(options: PublicOptions): Promise<readonly HealthTask[]> {
  const { web, facts } = options
  const hosts = publicHosts(facts)
  const hidden = await hiddenName(web, hosts)
  const tasks = allTasks(options, hosts)
  if (hidden === undefined) return tasks
  const why = `${hidden} is a name without a public address`
  const finding = failedCheck('public-view', `The public view was not checked: ${why}.`)
  return [
    { name: 'public-view', limitMs, run: async () => ({ ...skipped(why), findings: [finding] }) },
    ...tasks.map(task => ({ ...task, run: async () => skipped(why) })),
  ]
}

/** None of these checks is a pass. */
export function withoutPublicView(why: string): readonly HealthTask[] {
  const names = Object.keys(publicChecks) as readonly (keyof typeof publicChecks)[]
  return names.map(name => ({ name, limitMs, run: async () => unknown(why) }))
}

function publicHosts({ serverName, homeserver, mas }: PublicFacts): readonly string[] {
  const urls = [`https://${serverName}`, homeserver, ...(mas === undefined ? [] : [mas.publicBase])]
  return [...new Set(urls.filter(url => URL.canParse(url)).map(url => new URL(url).hostname))]
}

/** Names that never resolve publicly: RFC 2606, RFC 6762, RFC 8375 and ICANN's `.internal`. */
const reserved = /(?:^|\.)(?:test|example|invalid|localhost|local|internal|home\.arpa)$/

async function hiddenName(web: PublicWeb, hosts: readonly string[]): Promise<string | undefined> {
  for (const host of hosts.filter(each => reserved.test(each))) {
    if (!(await web.exists(host))) return host
  }
  return undefined
}

function allTasks(options: PublicOptions, hosts: readonly string[]): readonly HealthTask[] {
  const { mas } = options.facts
  const homeserver = homeserverOf(options)
  const { versions, answers, isAt } = homeserver
  return [
    { name: 'public-homeserver', limitMs, run: async signal => judgeHomeserver(await versions(signal)) },
    { name: 'certificate', limitMs, run: signal => certificates(options, hosts, signal) },
    ...wellKnownTasks(options, homeserver),
    ...clientTasks(options, homeserver),
    ...masTasks(options, signal => (mas && isAt(mas.publicBase) ? answers(signal) : Promise.resolve(true))),
  ]
}

type Ask<T> = (signal: AbortSignal) => Promise<T>

interface Homeserver {
  /** The address of its client API. */
  readonly client: string
  /** Whether an address has its host. */
  readonly isAt: (url: string) => boolean
  readonly versions: Ask<WebAnswer | WebFailure>
  /** True where it is unknown, too: then each check has its own reason. */
  readonly answers: Ask<boolean>
  /** Asks an address of the homeserver, unless the homeserver does not answer at all. */
  readonly asking: (request: WebRequest, judge: (answer: WebAnswer) => Outcome) => Ask<Outcome>
}

function homeserverOf({ web, facts }: PublicOptions): Homeserver {
  const client = `${facts.homeserver}/_matrix/client`
  const { hostname } = new URL(facts.homeserver)
  const isAt = (url: string) => new URL(url).hostname === hostname
  const versions = once(signal => answerOf(web, { url: `${client}/versions` }, signal))
  const answers = async (signal: AbortSignal) => judgeHomeserver(await versions(signal)).result !== 'fails'
  return {
    client,
    isAt,
    versions,
    answers,
    asking: (request, judge) => async signal => {
      if (isAt(request.url) && !(await answers(signal))) return noHomeserver
      const answer = await answerOf(web, request, signal)
      return answer instanceof WebFailure ? unknown(answer.message) : judge(answer)
    },
  }
}

function wellKnownTasks(
  { web, facts, isDelegating }: PublicOptions,
  { isAt, answers, asking }: Homeserver,
): readonly HealthTask[] {
  const base = `https://${new URL(`https://${facts.serverName}`).hostname}/.well-known/matrix`
  const client = once(async signal => {
    if (isAt(base) && !(await answers(signal))) return undefined
    return answerOf(web, { url: `${base}/client` }, signal)
  })
  const judgedClient = async (signal: AbortSignal) => {
    const answer = await client(signal)
    return answer === undefined ? noHomeserver : judgeClientWellKnown(answer, facts)
  }
  return [
    { name: 'client-well-known', limitMs, run: judgedClient },
    { name: 'server-well-known', limitMs, run: asking({ url: `${base}/server` }, judgeServerWellKnown) },
    {
      name: 'advertised-issuer',
      limitMs,
      run: async signal => judgeAdvertisedIssuer(await client(signal), isDelegating, facts.mas?.issuer),
    },
  ]
}

function clientTasks(options: PublicOptions, { client, answers, asking }: Homeserver): readonly HealthTask[] {
  const { web, isDelegating } = options
  const metadata = [
    `${client}/v1/auth_metadata`,
    `${client}/unstable/org.matrix.msc2965/auth_metadata`,
    `${client}/unstable/org.matrix.msc2965/auth_issuer`,
  ]
  const logout: WebRequest = {
    url: `${client}/v3/logout`,
    method: 'POST',
    headers: { authorization: `Bearer mct_${randomBytes(24).toString('hex')}` },
    body: {},
  }
  const refresh: WebRequest = {
    url: `${client}/v3/refresh`,
    method: 'POST',
    body: { refresh_token: `mcr_${randomBytes(24).toString('hex')}` },
  }
  return [
    {
      name: 'auth-metadata',
      limitMs,
      run: delegatingOnly(options, async (mas, signal) => {
        if (!(await answers(signal))) return noHomeserver
        return judgeAuthMetadata(await firstFound(web, metadata, signal), mas.issuer)
      }),
    },
    {
      name: 'public-login',
      limitMs,
      run: asking({ url: `${client}/v3/login` }, answer => judgeLogin(answer, isDelegating)),
    },
    { name: 'public-logout', limitMs, run: asking(logout, judgeLogout) },
    {
      name: 'public-refresh',
      limitMs,
      run: delegatingOnly(options, (_, signal) => asking(refresh, judgeRefresh)(signal)),
    },
    { name: 'canary', limitMs, run: signal => canaryOutcome(options, client, answers, signal) },
  ]
}

function masTasks(
  { web, facts: { mas }, isDelegating }: PublicOptions,
  addressAnswers: (signal: AbortSignal) => Promise<boolean>,
): readonly HealthTask[] {
  const severity = isDelegating ? 'error' : 'warning'
  const discovery = once(async (signal): Promise<MasDocument | Outcome> => {
    if (mas === undefined) return skipped('MAS is not installed')
    if (!mas.publicBase.startsWith('https://')) return unknown("MAS's public address does not use https")
    if (!(await addressAnswers(signal))) return noHomeserver
    const answer = await answerOf(web, { url: `${mas.publicBase}.well-known/openid-configuration` }, signal)
    return masDocument(answer, mas.issuer, severity)
  })
  const withDocument =
    (judge: (document: MasDocument, signal: AbortSignal) => Promise<Outcome>) =>
    async (signal: AbortSignal) => {
      const found = await discovery(signal)
      if (!('result' in found)) return judge(found, signal)
      return found.result === 'fails' ? unknown("MAS's discovery document is not usable") : found
    }
  return [
    { name: 'discovery', limitMs, run: async signal => judgeDiscovery(await discovery(signal)) },
    {
      name: 'signing-keys',
      limitMs,
      run: withDocument(async ({ keys }, signal) =>
        judgeSigningKeys(await answerOf(web, { url: keys }, signal), severity),
      ),
    },
    {
      name: 'login-page',
      limitMs,
      run: withDocument(async ({ authorization }, signal) => {
        // Headers keep it from following a redirect to a provider.
        const page = (url: string) => answerOf(web, { url, headers: { accept: 'text/html' } }, signal)
        const [login, authorize] = await Promise.all([page(`${mas?.publicBase}login`), page(authorization)])
        return judgePage(login, authorize, severity)
      }),
    },
    { name: 'upstream-discovery', limitMs, run: signal => upstreams(web, mas, signal) },
  ]
}

async function upstreams(
  web: PublicWeb,
  mas: MasPublicFacts | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  const providers = mas?.providers ?? []
  if (providers.length === 0) return skipped('MAS fetches no discovery document of a provider')
  const outcomes = await Promise.all(
    providers.map(async provider => {
      const answer = await answerOf(web, { url: provider.discovery }, signal)
      if (answer instanceof WebFailure && answer.kind === 'challenge') return unknown(answer.message)
      const finding = judgeUpstream(provider, answer)
      return finding === undefined ? holds() : fails(finding)
    }),
  )
  const [first, ...more] = outcomes.flatMap(({ findings }) => findings)
  if (first !== undefined) return fails(first, ...more)
  return outcomes.find(({ result }) => result === 'unknown') ?? holds(plural(providers.length, 'provider'))
}

function delegatingOnly(
  { facts: { mas }, isDelegating }: PublicOptions,
  run: (mas: MasPublicFacts, signal: AbortSignal) => Promise<Outcome>,
): HealthTask['run'] {
  return async signal =>
    mas === undefined || !isDelegating ? skipped('Synapse does not delegate to MAS') : run(mas, signal)
}

async function certificates(
  { web, now }: PublicOptions,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<Outcome> {
  const seen = await Promise.all(
    hosts.map(async (host): Promise<SeenCertificate> => {
      const certificate = await web.certificate(host, 443, signal).catch(asFailure)
      return { host, certificate }
    }),
  )
  return judgeCertificates(seen, now)
}
