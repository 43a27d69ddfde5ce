import type { DesiredStage } from '../../domain/stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

type Known = Exclude<DesiredStage, 'unknown'>

/** What merging does, by the stage before and after. What is refused has an error of its own. */
const sentences: Readonly<Record<Known, Readonly<Partial<Record<Known, string>>>>> = {
  off: {
    prepared: 'merging installs MAS beside Synapse, which keeps its own login',
    live: 'merging installs MAS where Synapse has no accounts yet, and is refused where it has',
  },
  prepared: {
    live: 'merging migrates the accounts to MAS, and Synapse delegates logins to it from then on',
    off: 'merging takes MAS away again, with its signing keys; no account is in it yet',
  },
  live: { prepared: 'merging takes the server back to the login of Synapse' },
}

export const stageTransition = defineRule({
  id: 'change/stage-transition',
  severity: 'notice',
  stages: ['off', 'prepared', 'live'],
  needs: 'base',
  why: 'The stage decides over logins: whoever merges should know that this change moves it, and what happens then.',
  remedy: 'Merge it when that is what you want now.',
  examples: {
    wrong: [
      { base: off, vars: prepared },
      { base: prepared, vars: live },
      { base: live, vars: prepared },
      { base: prepared, vars: off },
      { base: { files: { 'inventory/hosts': '[matrix_servers]\nother.example.test\n' } }, vars: live },
    ],
    right: [
      { base: live, vars: live },
      { base: 'matrix_domain: example.test', vars: off },
      { base: '', vars: live },
      prepared,
    ],
  },
  check: ({ stage, base }) => {
    const [before, after] = [base?.stage.stage, stage.stage]
    if (before === undefined || before === 'unknown' || after === 'unknown') return []
    const isSkip = before === 'off' && after === 'live' && base?.host !== undefined
    const sentence = isSkip ? undefined : sentences[before][after]
    if (sentence === undefined) return []
    return [
      {
        message: `from \`${before}\` to \`${after}\`: ${sentence}`,
        ...(stage.place && { place: stage.place }),
      },
    ]
  },
})
