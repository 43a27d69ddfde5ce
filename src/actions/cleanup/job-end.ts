import { rmSync } from 'node:fs'
import { keepForCleanup, keptForCleanup } from '../runner.ts'
import { type Agent, endAgent } from '../setup/agent.ts'

/** Names of what an action keeps for its `post` step: one of each. */
const names = { pid: 'agent-pid', agentFolder: 'agent-folder', folder: 'folder' }

export function endAgentWithJob({ pid, folder }: Agent): void {
  keepForCleanup(names.pid, String(pid))
  keepForCleanup(names.agentFolder, folder)
}

export function removeWithJob(folder: string): void {
  keepForCleanup(names.folder, folder)
}

/** Ends and removes what an action left for the rest of the job. */
export function cleanUp(): void {
  const agentFolder = keptForCleanup(names.agentFolder)
  if (agentFolder !== '') endAgent({ pid: Number(keptForCleanup(names.pid)), folder: agentFolder })
  const folder = keptForCleanup(names.folder)
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
}
