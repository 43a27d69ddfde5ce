/** The operator's repository in two checkouts, as GitHub's runner would have them: the default branch and a pull request. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '../lab/lab.ts'

export interface Workspace {
  /** The runner's workspace: the pull request's head, with its base in `base/`. */
  readonly path: string
  /** The folder for `RUNNER_TEMP`. */
  readonly temp: string
  close(): void
}

/** Copies the inventory as it is now (`base`) and as the pull request has it (`head`); leaves the lab's own at the latter. */
export async function openPullRequest(
  lab: Lab,
  from: 'off' | 'prepared',
  to: 'prepared' | 'live',
): Promise<Workspace> {
  const path = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-demo-'))
  for (const [folder, vars] of [
    ['base', from],
    ['.', to],
  ] as const) {
    await lab.setVars(vars)
    cpSync(join(lab.inventoryDir, 'inventory'), join(path, folder, 'inventory'), { recursive: true })
  }
  cpSync(lab.knownHosts, join(path, 'inventory/known_hosts'))
  const temp = join(path, '_temp')
  mkdirSync(temp)
  return { path, temp, close: () => rmSync(path, { recursive: true, force: true }) }
}
