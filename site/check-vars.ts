import { memoryFiles } from '../scripts/memory-files.ts'
import { validate } from '../src/actions/validate-config/run.ts'
import type { Verdict } from '../src/domain/verdict.ts'
import { notCompared } from '../src/rules/playbook/not-compared.ts'

export const pastedFile = 'inventory/host_vars/matrix.example.com/vars.yml'

/**
 * Checks a `vars.yml` as that of the only host of an inventory, by the code of the action, without a playbook and without a base. The
 * page says what is missed without a playbook, so no finding asks for one.
 */
export function checkVars(text: string): Verdict {
  const files = { 'inventory/hosts': '[matrix_servers]\nmatrix.example.com\n', [pastedFile]: text }
  const { findings, ...verdict } = validate({ inventory: 'inventory/hosts', files: memoryFiles(files) })
  return { ...verdict, findings: findings.filter(({ id }) => id !== notCompared.id) }
}
