import { describe, expect, test } from 'vitest'
import { LiveSteps } from '../../src/cli/live.ts'
import { steps } from '../../src/domain/steps.ts'
import { fakeScreen } from './screen.ts'

/** What a terminal shows at the end, line by line. */
function shown(printed: string): string[] {
  return printed.split('\n').map(line => line.split('\u001b[2K').at(-1)?.replace('\r', '') ?? '')
}

describe('the live steps of a migration', () => {
  test('list each step with its time, and how long users have had no homeserver', () => {
    let now = 0
    const screen = fakeScreen({ isLive: true })
    const live = new LiveSteps(screen, () => now)
    live.step({ event: 'begin', step: steps.backup })
    now = 3000
    live.step({ event: 'done', step: steps.backup })
    live.step({ event: 'begin', step: steps.stop })
    now = 4000
    live.step({ event: 'done', step: steps.stop })
    live.step({ event: 'begin', step: steps.syn2mas })
    now = 5500
    live.step({ event: 'progress', step: steps.syn2mas, detail: '100 of about 200 users' })
    expect(shown(screen.printed.err).at(-1)).toMatch(
      /^. Run syn2mas \(1\.5 s, no homeserver for 2\.5 s, 100 of about 200 users\)$/,
    )
    live.log('A line of the log.')
    live.step({ event: 'done', step: steps.syn2mas })
    now = 6000
    live.step({ event: 'begin', step: steps.answer })
    live.step({ event: 'done', step: steps.answer, downSeconds: 3.04 })
    live.close()
    expect(shown(screen.printed.err)).toEqual([
      `✔ ${steps.backup} (3.0 s)`,
      `✔ ${steps.stop} (1.0 s)`,
      'A line of the log.',
      `✔ ${steps.syn2mas} (1.5 s)`,
      `✔ ${steps.answer} (0.0 s)`,
      'Users had no homeserver for 3.0 s.',
      '',
    ])
  })

  test('show a step that failed, and a name from the server without its codes, within the width', () => {
    const screen = fakeScreen({ isLive: true })
    const live = new LiveSteps(screen, () => 0)
    live.step({ event: 'begin', step: `evil\u001b[2J\n${'x'.repeat(200)}` })
    const line = shown(screen.printed.err).at(-1) ?? ''
    expect(line).toContain('evil\\u{1b}[2J')
    expect(line.length).toBeLessThan(80)
    live.step({ event: 'failed', step: 'evil' })
    expect(shown(screen.printed.err).at(-2)).toBe('✘ evil')
  })

  test('print lines of the log as they are where no step runs', () => {
    const screen = fakeScreen({ isLive: true })
    new LiveSteps(screen, () => 0).log('line')
    expect(screen.printed.err).toBe('line\n')
  })
})
