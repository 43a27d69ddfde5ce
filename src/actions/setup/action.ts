import {
  BadInput,
  flag,
  type InputReader,
  type Inputs,
  optional,
  secret,
  shown,
  text,
  wholeNumber,
} from '../inputs.ts'
import { playbookInputs, playbookToRun } from '../playbook.ts'
import { installAndStart } from '../prepare.ts'
import { defineAction, type Runtime } from '../run-action.ts'

const version: InputReader<string> = {
  read: value => {
    if (/^\d+\.\d+\.\d+$/.test(value)) return value
    throw new BadInput(`must be a version such as 12.3.0${shown(value)}`)
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
  const { port } = runtime
  const playbookPath = await playbookToRun(inputs, runtime)
  const { ansible, agent } = await installAndStart({ ...inputs, playbookPath }, runtime)
  port.setOutput('ansible-bin', ansible.bin)
  port.setOutput('ansible-version', ansible.version)
  if (agent === undefined) return
  port.exportVariable('SSH_AUTH_SOCK', agent.socket)
  port.exportVariable('SSH_AGENT_PID', String(agent.pid))
  port.setOutput('agent-pid', String(agent.pid))
}
