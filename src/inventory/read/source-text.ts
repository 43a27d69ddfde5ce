import type { FileReader } from '../../support/files/files.ts'
import { limits } from './limits.ts'
import { type ProblemId, ReadingProblem, startOf } from './problem.ts'

const vaultHeader = '$ANSIBLE_VAULT;'
const gitCryptHeader = '\0GITCRYPT\0'
/** Characters that PyYAML calls non-printable, in ASCII and in Unicode. */
const unprintableAscii = /[^\t\n\r -~]/
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** A file's text, or `vault` if Ansible Vault encrypted the file. */
export type SourceText =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly isAscii: boolean
      /** Whether the file starts with a byte order mark. */
      readonly isMarked: boolean
    }
  | { readonly kind: 'vault' }

/**
 * Reads a file like Ansible: as UTF-8, without a byte order mark.
 *
 * @param label The name of the file in findings.
 * @throws ReadingProblem if it is not UTF-8 text, too large, or not a plain file in the repository.
 */
export function readText(files: FileReader, path: string, label = path): SourceText {
  const { kind, size } = files.entry(path)
  if (kind === 'outside')
    throw stop(
      'inventory/link-outside',
      `${label} is a link out of the repository, or to a file that does not exist`,
      label,
    )
  if (kind === 'absent') throw stop('inventory/special-file', `${label} does not exist`, label)
  if (kind !== 'file') throw stop('inventory/special-file', `${label} is not a plain file`, label)
  if (size > limits.fileBytes) {
    throw stop('inventory/limit', `${label} has ${size} bytes; the limit is ${limits.fileBytes}`, label)
  }
  return decode(label, files.read(path))
}

function decode(path: string, bytes: Uint8Array): SourceText {
  const head = String.fromCharCode(...bytes.subarray(0, vaultHeader.length))
  if (head.startsWith(gitCryptHeader)) {
    throw stop('inventory/git-crypt', `${path} is encrypted by git-crypt`, path)
  }
  if (head === vaultHeader) return { kind: 'vault' }
  const whole = fromUtf8(bytes)
  if (whole === undefined) throw stop('inventory/encoding', `${path} is not UTF-8`, path)
  const text = whole.replace(/^\ufeff/, '')
  // Every other character has more bytes than UTF-16 code units.
  const ascii = whole.length === bytes.length
  const odd = (ascii ? unprintableAscii : unprintable).exec(text)
  if (odd) {
    const before = text.slice(0, odd.index).split('\n')
    const place = { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
    const code = odd[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    throw new ReadingProblem('inventory/encoding', `${path} contains the control character U+${code}`, place)
  }
  return { kind: 'text', text, isAscii: ascii, isMarked: text !== whole }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function stop(id: ProblemId, message: string, path: string): ReadingProblem {
  return new ReadingProblem(id, message, startOf(path))
}
