import type { Finding } from '../../domain/finding.ts'
import { failedCheck } from '../../domain/health-checks.ts'
import { type CertificateFacts, WebFailure } from '../../server/public-web.ts'
import { plural } from '../../support/plural.ts'
import { fails, holds, type Outcome, unknown } from './tasks.ts'

export interface SeenCertificate {
  readonly host: string
  readonly certificate: CertificateFacts | WebFailure
}

const day = 86_400_000

/**
 * Certificates are renewed when a third of their lifetime is left (Let's Encrypt's advice, Traefik's default for 90 days). So a
 * warning comes when a fifth is left, at most three weeks; an error when a twentieth is left, at most three days.
 */
export function judgeCertificates(seen: readonly SeenCertificate[], now: Date): Outcome {
  const findings = seen.flatMap(each => findingOf(each, now))
  const [first, ...more] = findings
  if (first !== undefined) return fails(first, ...more)
  const unseen = seen.flatMap(({ certificate }) =>
    certificate instanceof WebFailure ? [certificate.message] : [],
  )
  if (unseen.length > 0) return unknown(unseen.join('; '))
  return holds(
    seen
      .map(({ host, certificate }) =>
        certificate instanceof WebFailure ? host : `${host}: ${leftText(certificate, now)}`,
      )
      .join(', '),
  )
}

function findingOf({ host, certificate }: SeenCertificate, now: Date): Finding[] {
  if (certificate instanceof WebFailure) return []
  const { validFrom, validTo, problem } = certificate
  const left = validTo.getTime() - now.getTime()
  const lifetime = validTo.getTime() - validFrom.getTime()
  if (left <= 0)
    return [failedCheck('certificate', `The certificate of ${host} expired on ${dayOf(validTo)}.`)]
  if (problem !== undefined)
    return [failedCheck('certificate', `The certificate of ${host} is not valid: ${problemText(problem)}.`)]
  const severity =
    left < Math.min(lifetime / 20, 3 * day)
      ? 'error'
      : left < Math.min(lifetime / 5, 21 * day)
        ? 'warning'
        : undefined
  if (severity === undefined) return []
  const message = `The certificate of ${host} expires on ${dayOf(validTo)} (${leftText(certificate, now)}) and was not renewed.`
  return [failedCheck('certificate', message, { severity })]
}

/** Node's codes; others are shown as they are. */
const problems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'no authority signed it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not a public one',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its authority is not a public one, or an intermediate certificate is missing',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its authority is not a public one, or an intermediate certificate is missing',
}

function problemText(code: string): string {
  return problems[code] ?? `Node reports ${code.replace(/[^A-Z_]/g, '')}`
}

function leftText({ validTo }: CertificateFacts, now: Date): string {
  return `${plural(Math.max(0, Math.floor((validTo.getTime() - now.getTime()) / day)), 'day')} left`
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
