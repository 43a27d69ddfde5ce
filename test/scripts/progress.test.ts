import { describe, expect, it, vi } from 'vitest'
import { activityLine, duration, Progress } from '../../scripts/progress.ts'

const start = new Date('2026-01-01T12:00:00').getTime()
const minute = 60_000

/** A screen that records what is written, with a clock that the test moves. */
function recorded(isTerminal: boolean) {
  const screen = {
    isTerminal,
    at: start,
    text: '',
    columns: () => 80,
    write: (text: string) => {
      screen.text += text
    },
    now: () => screen.at,
  }
  return screen
}

describe('the line about what is being done', () => {
  it('says since when, and until when it is expected to last', () => {
    const building = { what: 'lab: building', since: start, expected: 2 * minute }
    expect(activityLine([building], start + 65_000, 100)).toBe(
      'lab: building: since 12:00:00, 1 min 5 s, expected until 12:02:00',
    )
    expect(activityLine([building], start + 3 * minute, 100)).toBe(
      'lab: building: since 12:00:00, 3 min 0 s, longer than expected',
    )
  })

  it('fits the terminal, at the cost of the name', () => {
    const long = { what: 'x'.repeat(200), since: start, expected: undefined }
    expect(activityLine([long], start + 5000, 60)).toHaveLength(60)
    expect(activityLine([long], start + 5000, 60)).toContain('since 12:00:00, 5 s')
  })

  it('shortens the name at the end of a word', () => {
    const long = { what: 'removing MAS from the server', since: start, expected: undefined }
    const lineOf = (columns: number) => activityLine([long], start, columns).replace(/:.*/, '')
    expect([80, 49, 48, 43].map(lineOf)).toEqual([
      'removing MAS from the server',
      'removing MAS from the server',
      'removing MAS from the…',
      'removing MAS from the…',
    ])
  })

  it('gives no time for what is over in a moment', () => {
    const short = { what: 'asking', since: start, expected: 1000 }
    expect(activityLine([short], start + 2000, 80)).toBe('asking: since 12:00:00, 2 s')
  })

  it('counts what is done beside', () => {
    const one = { what: 'one', since: start, expected: undefined }
    expect(activityLine([one, { ...one, what: 'two' }], start, 80)).toBe('two: since 12:00:00, 0 s (+1)')
  })

  it('has durations as people say them', () => {
    expect([0, 59_400, 60_000, 3_725_000].map(duration)).toEqual(['0 s', '59 s', '1 min 0 s', '62 min 5 s'])
  })
})

describe('progress', () => {
  it('in a log writes a line at least every 20 s, and none while others are written', async () => {
    vi.useFakeTimers({ now: start })
    const screen = recorded(false)
    const progress = new Progress(screen)
    let end = () => {}
    const work = progress.during('waiting', undefined, () => new Promise<void>(done => (end = done)))
    for (let second = 1; second <= 60; second += 1) {
      screen.at += 1000
      vi.advanceTimersByTime(1000)
      if (second === 10) progress.line('something else')
    }
    end()
    await work
    vi.useRealTimers()
    expect(screen.text).toBe(
      [
        'something else',
        '… waiting: since 12:00:00, 25 s',
        '… waiting: since 12:00:00, 40 s',
        '… waiting: since 12:00:00, 55 s',
        '',
      ].join('\n'),
    )
  })

  it('on a terminal rewrites one line, and makes way for others', async () => {
    const screen = recorded(true)
    const progress = new Progress(screen)
    await progress.during('waiting', undefined, async () => {
      progress.tick()
      progress.line('something else')
      progress.tick()
    })
    const line = '\r\u001b[2Kwaiting: since 12:00:00, 0 s'
    expect(screen.text).toBe(`${line}\r\u001b[2Ksomething else\n${line}\r\u001b[2K`)
  })
})
