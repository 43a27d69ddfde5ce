import { serverSecrets } from '../server/secrets.ts'
import type { ServerSession } from '../server/session.ts'
import { openSession } from '../server/ssh-session.ts'
import { isRecord } from '../support/json.ts'
import { createMasker, type Masker } from '../support/redaction.ts'
import { maskError, maskResult } from './mask-result.ts'
import type { Access, ServerInputs, Target } from './targets.ts'

/** One server, reached: a session, and a masker that knows the secrets of its two configuration files. */
export interface Reached {
  readonly session: ServerSession
  readonly masker: Masker
  /** Masks; whoever prints escapes. */
  readonly print: (text: string) => void
}

/**
 * Opens a session, hands it over, and closes it whatever happens. What comes back, and what is thrown, is masked: findings
 * and errors may quote the server.
 * @param log Gets masked lines of untrusted text; whoever prints them escapes them.
 */
export async function withServer<T>(
  inputs: ServerInputs,
  { trust }: Access,
  { address }: Target,
  log: (line: string) => void,
  work: (reached: Reached) => Promise<T>,
): Promise<T> {
  const masker = createMasker([inputs.vaultPassword ?? '', ...texts(inputs.extraVars)].filter(Boolean))
  const session = await openSession(address, trust)
  try {
    masker.add(...(await serverSecrets(session)))
    return maskResult(await work({ session, masker, print: text => log(masker.mask(text)) }), masker.mask)
  } catch (error) {
    throw maskError(error, masker.mask)
  } finally {
    await session.close()
  }
}

/** Extra variables can hold secrets: none of their texts is shown. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) || isRecord(value) ? Object.values(value).flatMap(texts) : []
}
