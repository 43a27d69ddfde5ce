import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleForBrowser } from '../../scripts/site.ts'
import { checkVars } from '../../site/check-vars.ts'
import type { Verdict } from '../../src/domain/verdict.ts'

let inBrowser: (text: string) => Verdict

/** Only what both a browser and the language have: no module, no `process`, no `Buffer`. */
beforeAll(async () => {
  const code = await bundleForBrowser('site/check-vars.ts')
  const { checkVars } = runInNewContext(`${code}; box`, { TextEncoder, TextDecoder, URL }) as {
    checkVars: typeof inBrowser
  }
  inBrowser = checkVars
})

const texts = {
  nothing: '',
  'a weak secret':
    'matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: abc\n',
  'no YAML': 'a: [\n',
  'bytes that are not ASCII': 'matrix_domain: "exämple.test"\n',
  'a control character': 'matrix_domain: "\u0001"\n',
  'a hostile line': 'ansible_connection: local\n',
}

describe('the box of the site', () => {
  test.each(Object.entries(texts))('says of %s what the action says', (_, text) => {
    const plain = (verdict: Verdict) => JSON.parse(JSON.stringify(verdict)) as unknown
    expect(plain(inBrowser(text))).toEqual(plain(checkVars(text)))
  })

  test('finds what is wrong', () => {
    const found = (text: string) => inBrowser(text).findings.map(({ id }) => id)
    expect(found(texts['a weak secret'])).toContain('mas/encryption-secret-format')
    expect(found(texts['no YAML'])).toContain('inventory/yaml-syntax')
    expect(found(texts['a hostile line'])).toContain('trust/runs-on-runner')
  })

  test('asks for nothing that a browser does not have', () => {
    expect(inBrowser(texts.nothing).findings).toEqual([])
  })

  test('is not bundled with a module of Node', async () => {
    await expect(bundleForBrowser('src/support/files/disk-files.ts')).rejects.toThrow(/imports node:/)
  })
})
