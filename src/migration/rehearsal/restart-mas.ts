import type { Clock } from '../../domain/clock.ts'
import { masUnit, type ServerNames } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import { failureLine } from '../../support/lines.ts'
import { masStarter, notLater, runLater } from './later.ts'

type MasServer = Pick<Server, 'session' | 'http'> & { readonly clock: Clock }

/** Starts MAS again after `work`, also after an error, and waits until it answers. If the runner is killed, the server starts it. */
export async function withMasRestarted<T>(
  server: MasServer,
  names: ServerNames,
  work: () => Promise<T>,
): Promise<T> {
  await runLater(server.session, masStarter, ['systemctl', 'start', masUnit])
  try {
    return await work()
  } finally {
    await startMas(server.session)
    await notLater(server.session, masStarter)
    await untilMasAnswers(server, names)
  }
}

async function startMas(session: ServerSession): Promise<void> {
  const { code, stderr } = await session.run(['systemctl', 'start', masUnit], { timeoutMs: 120_000 })
  if (code === 0) return
  const what = `systemctl start ${masUnit} failed with exit code ${code}: ${failureLine(stderr)}`
  throw failed(session.host, what)
}

async function untilMasAnswers({ session, http, clock }: MasServer, names: ServerNames): Promise<void> {
  const url = `${names.masUrl}/.well-known/openid-configuration`
  for (let turn = 0; turn < 60; turn += 1) {
    const answer = await http({ url }).catch(() => undefined)
    if (answer?.status === 200) return
    await clock.sleep(1000)
  }
  const what = 'MAS was stopped for the rehearsal, and does not answer after it was started again.'
  throw failed(session.host, what)
}

function failed(host: string, what: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-command-failed',
    what,
    where: host,
    meaning: 'Users are not affected: Synapse uses its built-in login and was not touched.',
    remedy: `Run on the server: \`journalctl -u ${masUnit} -n 50\``,
  })
}
