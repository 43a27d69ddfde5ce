import { rmSync } from 'node:fs'
import type { Port } from '../port.ts'
import { keptForCleanup } from '../runner.ts'
import { type Agent, endAgent } from '../setup/agent.ts'

/** Names of what an action keeps for its `post` step: one of each. */
const names = { pid: 'agent-pid', agentFolder: 'agent-folder', folder: 'folder' }

export function endAgentWithJob({ pid, folder }: Agent, keep: Port['keepForCleanup']): void {
  keep(names.pid, String(pid))
  keep(names.agentFolder, folder)
}

export function removeWithJob(folder: string, keep: Port['keepForCleanup']): void {
  keep(names.folder, folder)
}

/** Ends and removes what an action left for the rest of the job. `kept` gives what was kept by its name; empty where it is nothing. */
export function cleanUp(kept: (name: string) => string = keptForCleanup): void {
  const agentFolder = kept(names.agentFolder)
  if (agentFolder !== '') endAgent({ pid: Number(kept(names.pid)), folder: agentFolder })
  const folder = kept(names.folder)
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
}
