import { resolve } from 'node:path'
import { endAgentWithJob } from './cleanup/job-end.ts'
import type { Repository } from './repository.ts'
import type { Runtime } from './run-action.ts'
import { type Agent, startAgent } from './setup/agent.ts'
import type { Ansible } from './setup/ansible.ts'
import { installTools, type Wanted } from './setup/install.ts'
import { countPinnedKeys } from './setup/known-hosts.ts'

export interface Preparation {
  readonly sshPrivateKey: string | undefined
  readonly knownHosts: string
  readonly playbookPath: string
}

type Surroundings = Pick<Runtime, 'repository' | 'environment' | 'port'>

/** Minutes: as long as GitHub lets a job run. The agent ends with the job. */
const keyLifetime = 360

/** The agents by repository: the tasks of one step share one. */
const agents = new WeakMap<Repository, Promise<string>>()

/**
 * Does what the action `setup` does, if the step has the key. Without the key, an earlier step did it.
 * @returns the socket of the SSH agent; empty if there is none.
 * @throws ToolkitError as `installAndStart`.
 */
export function prepareRunner(preparation: Preparation, runtime: Surroundings): Promise<string> {
  if (preparation.sshPrivateKey === undefined) return Promise.resolve(runtime.environment.SSH_AUTH_SOCK ?? '')
  const socket = agents.get(runtime.repository) ?? socketOf(preparation, runtime)
  agents.set(runtime.repository, socket)
  return socket
}

async function socketOf(preparation: Preparation, runtime: Surroundings): Promise<string> {
  const wanted = { ...preparation, sshKeyLifetime: keyLifetime, roles: true }
  return (await installAndStart(wanted, runtime)).agent?.socket ?? ''
}

/**
 * Requires pinned host keys, installs Ansible, and starts an agent if there is a key.
 * @param wanted `sshKeyLifetime` in minutes.
 * @throws ToolkitError of reason `input-invalid`, `checkout-unsupported`, `tool-missing` or `fetch-failed`.
 */
export async function installAndStart(
  wanted: Preparation & Omit<Wanted, 'playbook'> & { readonly sshKeyLifetime: number },
  { repository: { root }, environment, port }: Surroundings,
): Promise<{ readonly ansible: Ansible; readonly agent?: Agent }> {
  const { sshPrivateKey, sshKeyLifetime, knownHosts, playbookPath } = wanted
  port.log(`Pinned host keys: ${await countPinnedKeys(resolve(root, knownHosts))}. Installing Ansible.`)
  const ansible = await installTools({ ...wanted, playbook: resolve(root, playbookPath) }, environment, port)
  if (sshPrivateKey === undefined) return { ansible }
  return {
    ansible,
    agent: await startAgent(sshPrivateKey, sshKeyLifetime, environment, started =>
      endAgentWithJob(started, port.keepForCleanup),
    ),
  }
}
