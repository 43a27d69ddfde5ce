import { type Finding, type Place, pageOfRule, type Severity } from '../../domain/finding.ts'

/** Findings about the file of accepted findings itself, by id. */
export const acceptanceTexts = {
  'accepted/malformed': {
    severity: 'error',
    why: 'A malformed file accepts nothing, so every finding counts again.',
    remedy:
      'Fix the file at this line. The schema `accepted-findings.schema.json` can also check it in an editor.',
  },
  'accepted/expired': {
    severity: 'warning',
    why: 'The finding was accepted until a date that has passed, so it counts again.',
    remedy: 'Fix the finding, or set a new date with a new reason.',
  },
  'accepted/beyond-ceiling': {
    severity: 'warning',
    why: 'There are more findings than the entry accepts. Some of them are new.',
    remedy: 'Review the findings that count again. Fix them or raise `at-most`.',
  },
  'accepted/unused': {
    severity: 'notice',
    why: 'The entry matches no finding. The finding was fixed, or the entry is misspelled.',
    remedy: 'Remove the entry, or correct its `id`, `host` or `file`.',
  },
  'accepted/added-here': {
    severity: 'notice',
    why: 'Reviewers should see that the change also accepts a finding.',
    remedy: 'Read the reason, and decide whether you agree.',
  },
  'accepted/not-from-this-change': {
    severity: 'warning',
    why: 'A change cannot accept its own code that runs on the runner, or its own unreadable files.',
    remedy: 'Accept the finding in `accepted-findings.yml` in a separate change, and merge that first.',
  },
} as const satisfies Record<string, { severity: Severity; why: string; remedy: string }>

type AcceptanceId = keyof typeof acceptanceTexts

export function acceptanceFinding(id: AcceptanceId, message: string, place: Place): Finding {
  return { id, message, place, ...acceptanceTexts[id], page: pageOfRule(id) }
}
