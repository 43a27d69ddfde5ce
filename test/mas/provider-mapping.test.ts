import { expect, test } from 'vitest'
import {
  authProviderOf,
  mappingArguments,
  readMappingArguments,
} from '../../src/mas/providers/provider-mapping.ts'

const ulid = '01JD0000000000000000000001'

test('a mapping is written and read back', () => {
  const mappings = [{ authProvider: authProviderOf('keycloak'), ulid }]
  expect(mappingArguments(mappings)).toEqual([`--upstreamProviderMapping oidc-keycloak:${ulid}`])
  expect(readMappingArguments(['--other', ...mappingArguments(mappings)])).toEqual({ mappings, problems: [] })
  expect(authProviderOf(undefined)).toBe('oidc')
})

test('each kind of invalid mapping has its own problem', () => {
  const problem = (argument: string) =>
    readMappingArguments([`--upstreamProviderMapping=${argument}`]).problems
  expect(problem('oidc-x')).toEqual([{ kind: 'not-a-mapping' }])
  expect(problem('oidc-x:123')).toEqual([{ kind: 'not-a-ulid' }])
  expect(problem(`keycloak:${ulid}`)).toEqual([
    { kind: 'missing-prefix', right: `--upstreamProviderMapping oidc-keycloak:${ulid}` },
  ])
})
