import { execFileSync } from 'node:child_process'

const mostOutput = 64 * 1024 * 1024

/**
 * Runs git in a folder and gives what it prints. It fetches nothing, asks nothing and takes no locks.
 *
 * @param given `input` goes to its standard input; after `timeout` milliseconds it is ended.
 * @throws the error of `execFileSync` where git fails.
 */
export function git(
  root: string,
  argv: readonly string[],
  given: { readonly input?: string; readonly timeout?: number } = {},
): Buffer {
  return execFileSync('git', ['-C', root, ...argv], {
    env: { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: mostOutput,
    stdio: [given.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...given,
  })
}
