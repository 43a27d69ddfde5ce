import { type Inputs, optional, paths, secret, text, wholeNumber } from '../inputs.ts'
import { playbookInputs } from '../playbook.ts'
import { reportInputs } from '../report-folder.ts'

export const inputTable = {
  ...reportInputs,
  'github-token': secret(),
  'pull-request': optional(wholeNumber({ min: 1 })),
  inventory: paths('inventory/hosts'),
  'playbook-path': text('playbook'),
  ...playbookInputs,
}

export type PublishInputs = Inputs<typeof inputTable>
