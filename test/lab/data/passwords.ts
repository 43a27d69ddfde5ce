import { encodeBase64, hashSync } from 'bcryptjs'
import { digits, letters, type Random, randomOf } from './random.ts'

/** A password as it was set, as another device of its owner would type it, and what Synapse stores for it. */
export interface PlannedPassword {
  readonly text: string
  /** The same password in another Unicode form, where it has one: NFKC makes both equal. */
  readonly typed: string
  readonly hash: string
  readonly ascii: boolean
}

const nonAsciiWords = [
  'pässwörd',
  'смородинаё',
  'ångström',
  'señorita',
  'été',
  'ﬁrefly',
  '①②③vier',
  'ｆｕｌｌｗｉｄｔｈ',
] as const

/** NFD splits é into e and an accent, as a Mac may type it; where NFD changes nothing, NFKC resolves the ligature or width. */
function otherForm(text: string): string {
  const decomposed = text.normalize('NFD')
  return decomposed === text ? text.normalize('NFKC') : decomposed
}

/**
 * What Synapse would store: bcrypt over NFKC(password) followed by the pepper (synapse/handlers/auth.py, `hash`), here
 * with a salt drawn from `random` and a cost of 4, Synapse's own being 12.
 */
export function synapseHash(text: string, pepper: string, random: Random): string {
  const salt = encodeBase64(
    Array.from({ length: 16 }, () => random.below(256)),
    16,
  )
  return hashSync(text.normalize('NFKC') + pepper, `$2b$04$${salt}`)
}

export const asciiPasswords = 40

/**
 * The passwords that the bulk accounts share: 40 of ASCII and 8 that need NFKC. Sharing them is not realistic, but a
 * hash of its own for each of 100,000 accounts would cost minutes and show a migration nothing more: no tool looks
 * into a hash.
 */
export function passwordPool(seed: number, pepper: string): readonly [PlannedPassword, ...PlannedPassword[]] {
  const random = randomOf(seed, -1)
  const planned = (text: string, typed: string, ascii: boolean): PlannedPassword => ({
    text,
    typed,
    ascii,
    hash: synapseHash(text, pepper, random),
  })
  const plain = (): PlannedPassword => {
    const text = `${random.text(9, letters)}-${random.text(4, digits)}`
    return planned(text, text, true)
  }
  return [
    plain(),
    ...Array.from({ length: asciiPasswords - 1 }, plain),
    ...nonAsciiWords.map(word => {
      const text = `${word}-${random.text(6, letters)}`
      return planned(text, otherForm(text), false)
    }),
  ]
}
