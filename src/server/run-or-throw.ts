import { ToolkitError } from '../support/errors.ts'
import { failureLine, reasonAtEnd } from '../support/lines.ts'
import type { ServerSession } from './session.ts'

/**
 * Runs a command that prints no secret.
 * @returns its standard output.
 * @throws ToolkitError `server-command-failed` where it fails.
 */
export async function runOrThrow(session: ServerSession, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await session.run(argv)
  if (code === 0) return stdout
  throw new ToolkitError({
    reason: 'server-command-failed',
    what: `${argv[0]} failed on the server (exit code ${code})${reasonAtEnd(failureLine(stderr))}`,
    where: session.host,
    remedy: 'Check that the disk is writable and has free space, then run this again.',
  })
}
