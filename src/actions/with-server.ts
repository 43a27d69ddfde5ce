import { type Playbook, playbookFor } from '../playbook/playbook.ts'
import { serverSecrets } from '../server/names.ts'
import { type Server, serverOver } from '../server/server.ts'
import { openSession } from '../server/ssh-session.ts'
import { isRecord } from '../support/json.ts'
import { createMasker, type Masker } from '../support/redaction.ts'
import { maskError, maskResult } from './mask-result.ts'
import type { CancellableRuntime, Runtime } from './run-action.ts'
import type { Target, Targets } from './targets.ts'

/** One server with an open session, its playbook, and a masker that knows the secrets of its two configuration files. */
export interface ConnectedServer {
  readonly server: Server
  readonly playbook: Playbook
  readonly masker: Masker
  /** Masks and logs untrusted lines. */
  readonly print: (text: string) => void
}

/**
 * Opens a session, passes it to `work`, and closes it in any case. The result and errors are masked: findings and errors may
 * quote the server.
 * `log` receives masked lines; they are untrusted. `signal` ends Ansible.
 */
export async function withServer<T>(
  { trust, checkout, inventory, extraVars, vaultPassword }: Targets,
  { address, sshArguments }: Target,
  { log, signal }: Runtime & Partial<CancellableRuntime>,
  work: (connected: ConnectedServer) => Promise<T>,
): Promise<T> {
  const masker = createMasker([vaultPassword ?? '', ...texts(extraVars)].filter(Boolean))
  const print = (text: string) => log(masker.mask(text))
  const session = await openSession(address, trust)
  try {
    masker.add(...(await serverSecrets(session)))
    const target = {
      checkout,
      inventory,
      host: address.inventoryName,
      extraVars,
      trust: { ...trust, sshArguments },
      ...(vaultPassword === undefined ? {} : { vaultPassword }),
    }
    const server = serverOver(session, checkout.dialect)
    const result = await work({ server, playbook: playbookFor(target, print, signal), masker, print })
    return maskResult(result, masker.mask)
  } catch (error) {
    throw maskError(error, masker.mask)
  } finally {
    await session.close()
  }
}

/** Extra variables can hold secrets: all of their texts are masked. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) || isRecord(value) ? Object.values(value).flatMap(texts) : []
}
