import { join, resolve } from 'node:path'
import type { Dialect } from '../../../../src/domain/stage.ts'
import { type Checkout, readCheckout } from '../../../../src/playbook/checkout.ts'

/**
 * The real checkout that a lab of this dialect is installed with: what `LAB_PLAYBOOK` names, where that is of this
 * dialect. Labs of the other one go on with the lab's own playbook.
 */
export async function realPlaybook(dialect: Dialect): Promise<Checkout | undefined> {
  const folder = process.env.LAB_PLAYBOOK
  if (folder === undefined) return undefined
  const checkout = await readCheckout(resolve(folder))
  return checkout.dialect === dialect ? checkout : undefined
}

/** The playbook that a lab of the dialect is installed with: a real one, or the lab's own. */
export async function playbookFor(dialect: Dialect): Promise<string> {
  return (await realPlaybook(dialect))?.path ?? join(import.meta.dirname, '..', dialect)
}
