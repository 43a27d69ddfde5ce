import { expect, test } from 'vitest'
import {
  type CheckName,
  checkId,
  failedCheck,
  healthCheckOf,
  healthChecks,
} from '../../src/domain/health-checks.ts'
import { breakages } from '../doctor/breakages.ts'

const names = Object.keys(healthChecks) as CheckName[]

test.each(names)('%s says in sentences what users notice, and what to do first', name => {
  const { subject, users, first } = healthChecks[name]
  expect(subject).toMatch(/^[a-zA-Z/].*[^.]$/)
  for (const sentences of [users, first]) expect(sentences).toMatch(/^[A-Z].{10,}/)
})

test('a failed check has the texts and the page of its entry', () => {
  expect(failedCheck('certificate', 'It expired.')).toEqual({
    id: 'doctor/certificate',
    severity: 'error',
    message: 'It expired.',
    why: healthChecks.certificate.users,
    remedy: healthChecks.certificate.first,
    page: 'docs/checks/certificate.md',
  })
})

test('an id of another table has no entry, and neither has a name that every object has', () => {
  expect(healthCheckOf('doctor/certificate')).toBe(healthChecks.certificate)
  expect(['mas/captcha', 'doctor/toString', 'doctor/__proto__'].map(healthCheckOf)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

/** What the lab cannot break, and the test that has it instead. */
const elsewhere: Partial<Record<CheckName, string>> = {
  'public-view': 'test/migration/health/public-tasks.test.ts',
  'playbook-failed': 'test/migration/doctor.test.ts',
  unreachable: 'test/migration/doctor.test.ts',
  'issuer-not-https': 'test/mas/doctor-output.test.ts',
  'compatibility-login-not-seen': 'test/mas/doctor-output.test.ts',
  'mas-unreachable-from-synapse': 'test/mas/doctor-output.test.ts',
  'homeserver-unreachable': 'test/mas/doctor-output.test.ts',
  'invalid-token-accepted': 'test/mas/doctor-output.test.ts',
  'answer-unexpected': 'test/mas/doctor-output.test.ts',
  unrecognised: 'test/mas/doctor-output.test.ts',
}

test('every check has a breakage that it finds, or a test elsewhere', () => {
  const broken = new Set(breakages.flatMap(({ fails }) => fails))
  const without = names.filter(name => !broken.has(name))
  expect(without.sort()).toEqual(Object.keys(elsewhere).sort())
  expect(breakages.length).toBeGreaterThanOrEqual(30)
  expect(new Set(breakages.map(({ what }) => what)).size).toBe(breakages.length)
})

test('an id has its name', () => {
  expect(checkId('hold')).toBe('doctor/hold')
})
