import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyType, pinnedKeys } from '../../src/server/known-hosts.ts'

function key(type: string, filling: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(type.length)
  return Buffer.concat([length, Buffer.from(type), Buffer.from(filling)])
}
const ed25519 = key('ssh-ed25519', 'one')
const other = key('ssh-ed25519', 'two')
const rsa = key('ssh-rsa', 'three')
const line = (names: string, bytes: Buffer) =>
  `${names} ${keyType(bytes)} ${bytes.toString('base64')} comment`

function hashed(name: string): string {
  const salt = Buffer.from('twenty bytes of salt')
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

describe('pinnedKeys', () => {
  it('finds plain, listed, wildcard and hashed names', () => {
    for (const names of [
      'm.example.test',
      'a,m.example.test',
      '*.example.test',
      'm.exampl?.test',
      'M.Example.Test',
    ]) {
      expect(pinnedKeys(line(names, ed25519), 'm.example.test', 22).keys, names).toEqual([ed25519])
    }
    expect(pinnedKeys(line(hashed('m.example.test'), ed25519), 'M.example.test', 22).keys).toEqual([ed25519])
    expect(pinnedKeys(line(hashed('[m.example.test]:2222'), rsa), 'm.example.test', 2222).keys).toEqual([rsa])
    expect(pinnedKeys(line('[10.0.0.1]:2222', rsa), '10.0.0.1', 2222).keys).toEqual([rsa])
    expect(pinnedKeys(line('fd00::1', rsa), 'fd00::1', 22).keys).toEqual([rsa])
  })

  it('ignores keys of other names or ports', () => {
    const at = (names: string, port = 22) => pinnedKeys(line(names, ed25519), 'm.example.test', port).keys
    expect(at('example.test')).toEqual([])
    expect(at('mxexample.test')).toEqual([])
    expect(at('m.example.test', 2222)).toEqual([])
    expect(at('[m.example.test]:2222')).toEqual([])
    expect(at('*.example.test,!m.example.test')).toEqual([])
    expect(at(hashed('other.example.test'))).toEqual([])
  })

  it('skips revoked keys, regardless of the order of lines', () => {
    const text = [line('*', ed25519), line('*', other), `@revoked ${line('m.example.test', ed25519)}`].join(
      '\n',
    )
    expect(pinnedKeys(text, 'm.example.test', 22).keys).toEqual([other])
  })

  it('reports when there is only a certificate authority', () => {
    const text = `@cert-authority ${line('*.example.test', ed25519)}`
    expect(pinnedKeys(text, 'm.example.test', 22)).toMatchObject({ keys: [], onlyAuthorities: true })
  })

  it('offers only the algorithms of the pinned keys, and no SHA-1', () => {
    const text = `# comment\n\n${line('m', ed25519)}\r\n${line('m', rsa)}\n${line('n', key('ecdsa-sha2-nistp256', 'x'))}`
    expect(pinnedKeys(text, 'm', 22).algorithms).toEqual(['ssh-ed25519', 'rsa-sha2-512', 'rsa-sha2-256'])
  })

  it('ignores lines whose key has another type', () => {
    expect(
      pinnedKeys(`m ssh-ed25519 ${rsa.toString('base64')}\nm ssh-ed25519\nm ssh-rsa !!`, 'm', 22).keys,
    ).toEqual([])
  })
})
