/** What can happen to the runner, and to its connection, while it prepares a run or watches it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Step, stepText } from '../../src/domain/steps.ts'
import type { Lab } from '../lab/lab.ts'
import type { Operator } from '../migration/lab-operator.ts'
import type { Operation } from './cells.ts'

/** The process of the action, at the moment of the fault. */
export interface RunnerProcess {
  readonly pid: number
  readonly operator: Operator
  readonly operation: Operation
  readonly kill: AbortController
  readonly cancel: AbortController
  readonly hasEnded: () => boolean
}

/** Those of the runner, and some of the server that it watches. */
export const runnerSteps: Readonly<Record<Operation, readonly Step[]>> = {
  migrate: ['preflight', 'backup', 'rehearse', 'render', 'prepare', 'stop', 'syn2mas', 'prove'],
  rollback: ['losses', 'backup', 'previous-files', 'prepare', 'stop', 'files', 'prove'],
}

export interface RunnerEnd {
  /** What the action said; undefined where it was killed. */
  readonly outcome: string | undefined
}

/** Runs the built action, disturbs it when the step begins, and waits for its end. */
export async function disturbRunner(
  operator: Operator,
  operation: Operation,
  step: Step,
  act: (runner: RunnerProcess) => Promise<unknown>,
): Promise<RunnerEnd> {
  const kill = new AbortController()
  const cancel = new AbortController()
  let pid = 0
  const onStart = (started: number) => {
    pid = started
  }
  let ended = false
  const running = operator
    .runBuilt(operation, { kill: kill.signal, cancel: cancel.signal, onStart })
    .finally(() => {
      ended = true
    })
  const line = stepText(step)
  while (!ended && !operator.lines.some(each => each.includes(line))) await sleep(20)
  if (ended) throw new Error(`the step ${step} never began:\n${operator.lines.join('\n')}`)
  await act({ pid, operator, operation, kill, cancel, hasEnded: () => ended })
  const { outputs } = await running
  return { outcome: outputs.outcome }
}

const cut = 'systemctl stop ssh.socket ssh.service; pkill -9 sshd; true'
const back = 'systemctl start ssh.service'

async function cutFor(lab: Lab, seconds: number): Promise<void> {
  await lab.root(cut)
  await sleep(seconds * 1000)
  await lab.root(back)
}

/** Has the time pass that a runner's lock lasts without it. */
export const lapseLock = 'sed -i \'s/"until": [0-9.]*/"until": 0/\' /var/lib/matrix-auth-actions/lock.json'

export interface RunnerFault {
  readonly id: string
  readonly what: string
  readonly act: (runner: RunnerProcess) => Promise<unknown>
}

export const runnerFaults: readonly RunnerFault[] = [
  { id: 'runner-killed', what: 'the runner is killed', act: async ({ kill }) => kill.abort() },
  {
    id: 'job-cancelled',
    what: 'the job is cancelled as GitHub does it (SIGINT, SIGTERM after 7.5 s, SIGKILL after 10 s)',
    act: async ({ cancel }) => cancel.abort(),
  },
  { id: 'ssh-cut', what: 'SSH is cut for 10 seconds', act: ({ operator }) => cutFor(operator.lab, 10) },
  {
    id: 'ssh-gone',
    what: 'SSH is cut, and the runner is killed before it is back',
    act: async ({ operator, kill }) => {
      await operator.lab.root(cut)
      await sleep(20_000)
      kill.abort()
      await operator.lab.root(back)
    },
  },
  {
    id: 'runner-frozen',
    what: 'the runner stands still for 65 seconds (SIGSTOP), in which its lock ends',
    act: async ({ pid, operator }) => {
      process.kill(pid, 'SIGSTOP')
      await operator.lab.root(lapseLock)
      await sleep(65_000)
      process.kill(pid, 'SIGCONT')
    },
  },
  {
    id: 'second-runner',
    what: 'the same is started a second time, which is refused, follows the open run, or finds nothing to do',
    act: async ({ operator, operation, hasEnded }) => {
      const { error, report, plan } = await operator.run(operation)
      // The run is open until the server closes it, and the lock is held until its runner has ended.
      const isOther = plan.kind !== 'resume' && report !== undefined
      if (error?.reason !== 'lock-held' && (error || isOther) && !hasEnded())
        throw new Error(
          `the second run was not refused: ${error?.describe() ?? `${plan.kind}, ${report?.operation}, ${report?.outcome}`}`,
        )
    },
  },
  {
    id: 'deployment',
    what: 'the action `deploy` is started, which is refused unless the run is over by then',
    act: async ({ operator, hasEnded }) => {
      const { outputs, log } = await operator.deployBuilt()
      if (outputs['failure-reason'] !== 'lock-held' && !hasEnded())
        throw new Error(`deploy was not refused:\n${log}`)
    },
  },
]
