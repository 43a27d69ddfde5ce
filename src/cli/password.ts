import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { ToolkitError } from '../support/errors.ts'

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/**
 * Typed without being shown, or the first line of standard input. Never empty, for example because of a shell variable that is not
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
  ask('Password: ')
  try {
    return await new Promise((resolve, reject) => {
      reader.once('line', resolve)
      // On Ctrl-C and Ctrl-D.
      reader.once('close', () => reject(notTyped()))
    })
  } finally {
    reader.close()
    ask('\n')
  }
}

function notTyped(): ToolkitError {
  return new ToolkitError({
    reason: 'cancelled',
    what: 'The password was not typed, and nothing was done.',
    remedy: 'Run the command again.',
  })
}
