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

test('every check has a breakage that it finds', () => {
  const broken = new Set(breakages.flatMap(({ fails }) => fails))
  expect(names.filter(name => !broken.has(name))).toEqual([])
})

test('every breakage has its own name', () => {
  expect(new Set(breakages.map(({ what }) => what)).size).toBe(breakages.length)
})

test('an id has its name', () => {
  expect(checkId('hold')).toBe('doctor/hold')
})
