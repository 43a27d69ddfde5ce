import { expect, test } from 'vitest'
import { failedCheck } from '../../../src/domain/health-checks.ts'
import {
  fails,
  type HealthTask,
  holds,
  type Outcome,
  runTasks,
  skipped,
  unknown,
} from '../../../src/migration/health/tasks.ts'
import { ToolkitError } from '../../../src/support/errors.ts'

const task = (name: HealthTask['name'], run: HealthTask['run'], limitMs = 5000): HealthTask => ({
  name,
  limitMs,
  run,
})
const ended = (name: HealthTask['name'], outcome: Outcome) => task(name, async () => outcome)

test('reports each check with its result', async () => {
  const finding = failedCheck('certificate', 'It expired.')
  const { checks, findings } = await runTasks([
    ended('public-homeserver', holds()),
    ended('certificate', fails(finding)),
    ended('canary', skipped('no test account is given')),
  ])
  expect(checks.map(({ id, result, detail }) => [id, result, detail])).toEqual([
    ['doctor/public-homeserver', 'holds', ''],
    ['doctor/certificate', 'fails', 'It expired'],
    ['doctor/canary', 'skipped', 'no test account is given'],
  ])
  expect(findings).toEqual([finding])
})

test('a check that could not run is not a pass: one finding for each reason names the checks', async () => {
  const { findings } = await runTasks([
    ended('discovery', unknown('nothing answers')),
    ended('signing-keys', unknown('nothing answers')),
    ended('drift', unknown('the stage is unknown')),
  ])
  expect(findings.map(({ id, severity, message }) => [id, severity, message])).toEqual([
    [
      'doctor/not-checked',
      'warning',
      'Could not run: doctor/discovery, doctor/signing-keys. Reason: nothing answers.',
    ],
    ['doctor/not-checked', 'warning', 'Could not run: doctor/drift. Reason: the stage is unknown.'],
  ])
})

test('each check has its own time limit, and a slow one does not delay the others', async () => {
  let aborted = false
  const never = task(
    'journal',
    signal =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          aborted = true
        })
      }),
    1000,
  )
  const started = performance.now()
  const { checks } = await runTasks([never, ended('drift', holds())])
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(checks.map(({ result }) => result)).toEqual(['unknown', 'holds'])
  expect(checks[0]?.detail).toBe('there was no answer within 1 second')
  expect(aborted).toBe(true)
})

test('all checks run side by side', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = task('drift', () => promise.then(() => holds()))
  const second = task('journal', async () => {
    resolve()
    return holds()
  })
  expect((await runTasks([first, second])).checks.map(({ result }) => result)).toEqual(['holds', 'holds'])
})

test('an expected error means that the check could not run; a bug is thrown', async () => {
  const error = new ToolkitError({ reason: 'server-command-failed', what: 'It failed.', remedy: 'Look.' })
  const { checks } = await runTasks([task('journal', () => Promise.reject(error))])
  expect(checks[0]).toMatchObject({ result: 'unknown', detail: 'It failed' })
  await expect(runTasks([task('journal', () => Promise.reject(new TypeError('bug')))])).rejects.toThrow('bug')
})
