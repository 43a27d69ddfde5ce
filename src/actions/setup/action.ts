import { resolve } from 'node:path'
import { endAgentWithJob } from '../cleanup/job-end.ts'
import {
  BadInput,
  flag,
  type InputReader,
  type Inputs,
  optional,
  secret,
  text,
  wholeNumber,
} from '../inputs.ts'
import { playbookAtPin, playbookInputs } from '../playbook.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { exportVariable, setOutput } from '../runner.ts'
import { startAgent } from './agent.ts'
import { installTools } from './install.ts'
import { countPinnedKeys } from './known-hosts.ts'

const version: InputReader<string> = {
  read: value => {
    if (/^\d+\.\d+\.\d+$/.test(value)) return value
    throw new BadInput('must be a version such as 12.3.0')
  },
}

const inputTable = {
  'playbook-path': text('playbook'),
  ...playbookInputs,
  'known-hosts': text('inventory/known_hosts'),
  'ssh-private-key': optional(secret()),
  'ssh-key-lifetime': wholeNumber({ min: 1, max: 9999, fallback: 120 }),
  'ansible-version': optional(version),
  roles: flag(true),
}

export const setup = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { environment, log } = runtime
  const { root } = runtime.repository
  log(`Pinned host keys: ${await countPinnedKeys(resolve(root, inputs.knownHosts))}`)
  const playbook = resolve(root, (await playbookAtPin(inputs, runtime)) ?? inputs.playbookPath)
  const ansible = await installTools({ ...inputs, playbook }, environment, log)
  setOutput('ansible-bin', ansible.bin)
  setOutput('ansible-version', ansible.version)
  if (inputs.sshPrivateKey === undefined) return
  const agent = await startAgent(inputs.sshPrivateKey, inputs.sshKeyLifetime, environment, endAgentWithJob)
  exportVariable('SSH_AUTH_SOCK', agent.socket)
  exportVariable('SSH_AGENT_PID', String(agent.pid))
  setOutput('agent-pid', String(agent.pid))
}
