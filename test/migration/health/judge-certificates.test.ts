import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeCertificates } from '../../../src/migration/health/judge-certificates.ts'
import { WebFailure } from '../../../src/server/public-web.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const at = (days: number) => new Date(start + days * day)
const seen = (lifetime: number, problem?: string) => [
  {
    host: 'example.com',
    certificate: { validFrom: at(0), validTo: at(lifetime), ...(problem && { problem }) },
  },
]
const severity = (lifetime: number, now: number) =>
  judgeCertificates(seen(lifetime), at(now)).findings.map(({ severity }) => severity)[0]

test.each([
  [90, 50, undefined],
  [90, 71, undefined],
  [90, 73, 'warning'],
  [90, 88, 'error'],
  [90, 91, 'error'],
  // Certificates of six days are renewed with two days left.
  [6, 4.5, undefined],
  [6, 5, 'warning'],
  [6, 5.8, 'error'],
  [365, 330, undefined],
  [365, 350, 'warning'],
])('a certificate of %d days after %d days: %s', (lifetime, now, expected) => {
  expect(severity(lifetime, now)).toBe(expected)
})

test('a certificate never gets better with time', () => {
  const ranks = [undefined, 'warning', 'error'] as const
  const rank = (lifetime: number, now: number) =>
    ranks.indexOf(severity(lifetime, now) as (typeof ranks)[number])
  const days = fc.integer({ min: 1, max: 400 })
  fc.assert(
    fc.property(days, days, fc.nat(400), (lifetime, now, later) => {
      expect(rank(lifetime, now + later)).toBeGreaterThanOrEqual(rank(lifetime, now))
    }),
  )
})

test('says what is wrong with a certificate, and shows of an unknown code letters only', () => {
  const message = (problem: string) => judgeCertificates(seen(90, problem), at(1)).findings[0]?.message
  expect(message('ERR_TLS_CERT_ALTNAME_INVALID')).toBe(
    'The certificate of example.com is not valid: it is for another name.',
  )
  expect(message('NEW_CODE\n::error::')).toBe(
    'The certificate of example.com is not valid: Node reports NEW_CODE.',
  )
})

test('a name that does not answer has no certificate to judge', () => {
  const silent = {
    host: 'example.com',
    certificate: new WebFailure('connection', 'example.com refuses the connection'),
  }
  expect(judgeCertificates([silent], at(0))).toMatchObject({
    result: 'unknown',
    detail: 'example.com refuses the connection',
  })
})
