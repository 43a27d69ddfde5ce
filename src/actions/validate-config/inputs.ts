import { flag, type Inputs, oneOf, optional, paths, secret, text } from '../inputs.ts'
import { playbookInputs } from '../playbook.ts'

/** The default file of accepted findings. It may be missing. */
export const standardAcceptances = 'accepted-findings.yml'

/** The inputs of `validate-config`, as in its action.yml, and the options of `validate` in a terminal. */
export const validationInputs = {
  inventory: paths('inventory/hosts'),
  limit: optional(text()),
  'playbook-path': optional(text()),
  ...playbookInputs,
  'github-token': optional(secret()),
  'base-ref': optional(text()),
  'base-path': optional(text()),
  'fail-on': oneOf(['error', 'warning', 'never'], 'error'),
  'accepted-findings': text(standardAcceptances),
  'json-path': optional(text()),
  'sarif-path': optional(text()),
  'convert-path': optional(text()),
  summary: flag(true),
}

export type ValidationInputs = Inputs<typeof validationInputs>
