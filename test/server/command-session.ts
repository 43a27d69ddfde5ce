import type { ServerSession } from '../../src/server/session.ts'

/** A session that can only run commands. */
export function commandSession(host: string, run: ServerSession['run']): ServerSession {
  const unused = async () => {
    throw new Error('not used here')
  }
  return { host, run, readFile: unused, writeFile: unused, close: async () => {} }
}
