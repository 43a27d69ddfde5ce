import { defaultReceiptMaxAgeHours } from '../../domain/receipt-age.ts'
import { expectedPlans, operations } from '../../migration/run/operate.ts'
import { flag, type Inputs, oneOf, optional, paths, text, wholeNumber, wholeNumberOr } from '../inputs.ts'
import { serverInputs } from '../targets.ts'

export const inputTable = {
  ...serverInputs,
  operation: oneOf(operations, 'migrate'),
  'expected-plan': optional(oneOf(expectedPlans)),
  'present-inventory': optional(paths()),
  'require-receipt': flag(true),
  'receipt-max-age-hours': wholeNumber({ min: 1, fallback: defaultReceiptMaxAgeHours }),
  backup: oneOf(['auth', 'full', 'external'], 'auth'),
  'backup-path': optional(text()),
  'backup-max-age-hours': wholeNumber({ min: 1, fallback: 24 }),
  'keep-backups': wholeNumber({ min: 1, fallback: 3 }),
  /** Seconds. */
  'max-downtime': optional(wholeNumber({ min: 30, max: 3600 })),
  'confirm-lost-sessions': wholeNumberOr('any'),
  'json-path': optional(text()),
}

export type MigrateInputs = Inputs<typeof inputTable>
