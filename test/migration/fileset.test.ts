import { expect, test } from 'vitest'
import { isExpectedFile } from '../../src/migration/run/fileset.ts'

const units = '/etc/systemd/system'
const config = '/matrix/synapse/config'

test.each([
  `${config}/homeserver.yaml`,
  `${config}/matrix.example.com.log.config`,
  `${units}/matrix-synapse.service`,
  `${units}/matrix-synapse-worker-generic-0.service`,
  `${units}/matrix-authentication-service.service`,
])('a migration may change %s', path => {
  expect(isExpectedFile(path)).toBe(true)
})

test.each([
  `${config}/worker.matrix-synapse-worker-generic-0.yaml`,
  `${config}/deeper/matrix.example.com.log.config`,
  `${units}/matrix-synapse.service.d/90-other.conf`,
  `${units}/matrix-synapse-reverse-proxy-companion.service`,
  `${units}/matrix-postgres.service`,
  '/etc/sudoers.d/x',
])('a migration may not change %s', path => {
  expect(isExpectedFile(path)).toBe(false)
})
