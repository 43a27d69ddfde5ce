import { fingerprintOf } from '../../server/known-hosts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { logText } from '../../support/escape.ts'
import type { Screen } from '../screen.ts'
import { invalid } from './invalid.ts'
import { isConfirmed } from './questions.ts'

/** Throws unless the person says that this line of known_hosts has the server's host key. */
export type Agreement = (line: string, host: string) => Promise<void>

export function readFingerprints(given: string | undefined): readonly string[] | undefined {
  const fingerprints = given?.split(/[\s,]+/).filter(Boolean)
  if (fingerprints?.every(each => /^SHA256:[A-Za-z\d+/]{43}$/.test(each)) ?? true) return fingerprints
  throw invalid(
    '`fingerprint` must be SHA256: with the 43 characters that follow it, or several of these separated by commas.',
    'Run on the server: `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`',
  )
}

/** Compares with the fingerprints that were given, or asks. Never agrees silently. */
export function agreement(known: readonly string[] | undefined, screen: Screen): Agreement {
  return async (line, host) => {
    const fingerprint = fingerprintOf(Buffer.from(line.split(' ')[2] ?? '', 'base64'))
    const head = `Host key of ${host}: ${fingerprint}\nOn the server, run: \`ssh-keygen -lf ${publicKeyFile(line)}\``
    screen.err(`${logText(head)}\n`)
    const agrees = known
      ? known.includes(fingerprint)
      : screen.isLive && (await isConfirmed(screen, 'Are they the same?'))
    if (agrees) return
    throw new ToolkitError({
      reason: 'host-key-unknown',
      what: known
        ? 'Not pinned: --fingerprint does not have this fingerprint.'
        : 'Not pinned: you did not confirm the fingerprint.',
      remedy: `If the server itself shows the same, run init again and answer yes, or give it: --fingerprint ${fingerprint}`,
    })
  }
}

/** Where OpenSSH's server has a key of this type. */
function publicKeyFile(line: string): string {
  const [, type = ''] = /^\S+ (?:ssh-)?(rsa|ecdsa|ed25519)/.exec(line) ?? []
  return `/etc/ssh/ssh_host_${type}_key.pub`
}
