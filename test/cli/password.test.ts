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

test('a password is typed twice at a terminal without being shown', async () => {
  const { password, printed } = typed('pass word\rpass word\r')
  expect(await password).toBe('pass word')
  expect(printed.join('')).toBe('Password: \nPassword again: \n')
})

test('a password that is typed in two ways is refused', async () => {
  await expect(typed('pass word\rpass wodr\r').password).rejects.toMatchObject({
    reason: 'input-invalid',
    message: 'The two passwords are not the same, and nothing was done.',
  })
})

test('a password is the first line of standard input elsewhere', async () => {
  expect(await typed('pass word\r\nmore\n', false).password).toBe('pass word')
})

test.each(['\x03', 'half\x03', '\x04', '', 'once\r', 'once\r\x03'])(
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
