import { resolve } from 'node:path'
import { endAgentWithJob } from './cleanup/job-end.ts'
import type { Repository } from './repository.ts'
import type { Runtime } from './run-action.ts'
import { startAgent } from './setup/agent.ts'
import { installTools } from './setup/install.ts'
import { countPinnedKeys } from './setup/known-hosts.ts'

export interface Preparation {
  readonly sshPrivateKey: string | undefined
  readonly knownHosts: string
  readonly playbookPath: string
}

/** Minutes: as long as GitHub lets a job run. The agent ends with the job. */
const keyLifetime = 360

/** The agents by repository: the tasks of one step share one. */
const agents = new WeakMap<Repository, Promise<string>>()

/**
 * Does what the action `setup` does, if the step has the key. Without the key, an earlier step did it.
 * @returns the socket of the SSH agent; empty if there is none.
 * @throws ToolkitError of reason `input-invalid`, `checkout-unsupported` or `tool-missing`.
 */
export function prepareRunner(
  preparation: Preparation,
  runtime: Pick<Runtime, 'repository' | 'environment' | 'log'>,
): Promise<string> {
  const { sshPrivateKey } = preparation
  if (sshPrivateKey === undefined) return Promise.resolve(runtime.environment.SSH_AUTH_SOCK ?? '')
  const socket = agents.get(runtime.repository) ?? prepare({ ...preparation, sshPrivateKey }, runtime)
  agents.set(runtime.repository, socket)
  return socket
}

async function prepare(
  { sshPrivateKey, knownHosts, playbookPath }: Preparation & { readonly sshPrivateKey: string },
  { repository: { root }, environment, log }: Pick<Runtime, 'repository' | 'environment' | 'log'>,
): Promise<string> {
  await countPinnedKeys(resolve(root, knownHosts))
  const playbook = resolve(root, playbookPath)
  log('Installing Ansible and the roles of the playbook.')
  await installTools({ playbook, roles: true }, environment, log)
  return (await startAgent(sshPrivateKey, keyLifetime, environment, endAgentWithJob)).socket
}
