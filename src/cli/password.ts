import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { ToolkitError } from '../support/errors.ts'

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/**
 * Typed twice without being shown, or the first line of standard input. Never empty, for example because of a shell variable that is not
 * set: anyone could log in.
 * @throws ToolkitError of reason `input-invalid` or `cancelled`.
 */
export async function readPassword(ask: (text: string) => void, input: Input): Promise<string> {
  const password = input.isTTY ? await typed(ask, input) : firstLine(await textOf(input))
  if (password !== '') return password
  throw new ToolkitError({
    reason: 'input-invalid',
    what: 'The password is empty.',
    remedy: 'Type it when the command asks for it, or give it as the first line of standard input.',
  })
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\r$/, '')
}

async function typed(ask: (text: string) => void, input: Input): Promise<string> {
  const reader = createInterface({ input, output: new PassThrough(), terminal: true })
  const lines = reader[Symbol.asyncIterator]()
  const line = async (prompt: string) => {
    ask(prompt)
    const { value, done } = await lines.next()
    ask('\n')
    // On Ctrl-C and Ctrl-D.
    if (done) throw notTyped()
    return value
  }
  try {
    const password = await line('Password: ')
    if (password === '' || (await line('Password again: ')) === password) return password
  } finally {
    reader.close()
  }
  throw new ToolkitError({
    reason: 'input-invalid',
    what: 'The two passwords are not the same, and nothing was done.',
    remedy: 'Run the command again.',
  })
}

function notTyped(): ToolkitError {
  return new ToolkitError({
    reason: 'cancelled',
    what: 'The password was not typed, and nothing was done.',
    remedy: 'Run the command again.',
  })
}
