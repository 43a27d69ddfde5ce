import type { ServerSession } from '../../src/server/session.ts'
import { shellWords } from '../../src/support/shell.ts'
import type { Lab } from '../lab/lab.ts'

/** A session as root on the lab's server, without SSH. */
export function labSession(lab: Lab): ServerSession {
  return {
    host: lab.name,
    run: (argv, { input = '' } = {}) => lab.root(shellWords(argv), input),
    readFile: async path => (await lab.root(`cat ${path}`)).stdout,
    writeFile: async (path, content) => void (await lab.root(`cat > ${path}`, content)),
    close: async () => {},
  }
}
