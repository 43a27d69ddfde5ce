import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { readPassword } from '../../src/cli/password.ts'

function typed(keys: string, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY })
  const printed: string[] = []
  const password = readPassword(text => printed.push(text), input)
  input.end(keys)
  return { password, printed }
}

test('a password is typed at a terminal without being shown', async () => {
  const { password, printed } = typed('pass word\r')
  expect(await password).toBe('pass word')
  expect(printed.join('')).toBe('Password: \n')
})

test('a password is the first line of standard input elsewhere', async () => {
  expect(await typed('pass word\r\nmore\n', false).password).toBe('pass word')
})

test.each(['\x03', 'half\x03', '\x04', ''])(
  'a password that is interrupted (%j) ends the command',
  async keys => {
    await expect(typed(keys).password).rejects.toMatchObject({ reason: 'cancelled' })
  },
)

test.each([
  ['\r', true],
  ['', false],
  ['\n', false],
])('a password that is empty (%j) is refused', async (keys, isTTY) => {
  const error = { reason: 'input-invalid', message: 'The password is empty.' }
  await expect(typed(keys, isTTY).password).rejects.toMatchObject(error)
})
