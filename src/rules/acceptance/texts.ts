import { type Finding, type Place, pageOfRule, type Severity } from '../../domain/finding.ts'

/** What the file of accepted findings itself can be told for, by id. */
export const acceptanceTexts = {
  'accepted/malformed': {
    severity: 'error',
    why: 'A file that cannot be understood accepts nothing, so findings that were accepted count again.',
    remedy:
      'Mend it at the place named; the schema `accepted-findings.schema.json` checks it in an editor, too.',
  },
  'accepted/expired': {
    severity: 'warning',
    why: 'It was accepted up to a day that has passed, so what it stood for counts again.',
    remedy: 'Mend what was accepted, or set a new day with a new reason.',
  },
  'accepted/beyond-ceiling': {
    severity: 'warning',
    why: 'There are more findings than the entry may stand for, so something has been added since.',
    remedy: 'Look at those that count again, and mend them or raise `at-most`.',
  },
  'accepted/unused': {
    severity: 'notice',
    why: 'It accepts nothing that is found now: it was mended, or the entry is spelt wrong.',
    remedy: 'Remove the entry, or correct it.',
  },
  'accepted/added-here': {
    severity: 'notice',
    why: 'Whoever reviews the change should see that it also silences something.',
    remedy: 'Read the reason, and say whether it convinces you.',
  },
  'accepted/not-from-this-change': {
    severity: 'warning',
    why: 'What runs code on the runner, or what nobody could read, is not let through by the same change that brings it.',
    remedy: 'Accept it in a change of its own, merged before.',
  },
} as const satisfies Record<string, { severity: Severity; why: string; remedy: string }>

type AcceptanceId = keyof typeof acceptanceTexts

export function acceptanceFinding(id: AcceptanceId, message: string, place: Place): Finding {
  return { id, message, place, ...acceptanceTexts[id], page: pageOfRule(id) }
}
