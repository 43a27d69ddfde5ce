import { runOrThrow } from '../../server/run-or-throw.ts'
import type { ServerSession } from '../../server/session.ts'

/** Has MAS started again where a rehearsal stopped it. */
export const masStarter = 'matrix-auth-actions-start-mas'

/** No rehearsal takes so long. */
export const leftoverAgeSeconds = 3600

/**
 * Has the server itself run a command in an hour: the runner can be killed, and no other rehearsal follow. It replaces an earlier one of
 * this name.
 */
export async function runLater(session: ServerSession, name: string, argv: readonly string[]): Promise<void> {
  await notLater(session, name)
  const timer = ['--quiet', '--collect', `--unit=${name}`, `--on-active=${leftoverAgeSeconds}`]
  await runOrThrow(session, ['systemd-run', ...timer, ...argv])
}

/** The runner has done it. There is no timer if it ran, or the server was restarted. */
export async function notLater(session: ServerSession, name: string): Promise<void> {
  await session.run(['systemctl', 'stop', `${name}.timer`])
}
