import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answering, type Probe, probe, windowOf } from './prober.ts'
import type { HttpResponse, World } from './world.ts'

/** A record of one probe a second, answered at once. */
function record(answers: readonly Answering[]): Probe[] {
  return answers.map((answering, second) => ({
    askedAt: second * 1000,
    answeredAt: second * 1000,
    tokenStatus: answering === 'down' ? 502 : 200,
    answering,
  }))
}

function repeated(answering: Answering, times: number): Answering[] {
  return Array.from({ length: times }, () => answering)
}

describe('windowOf', () => {
  it('measures from the last answer before the stop to the first delegated answer', () => {
    const window = windowOf(
      record([...repeated('own', 5), ...repeated('down', 4), ...repeated('delegated', 3)]),
    )
    expect(window).toEqual({ total: 5, down: 5, ownLogin: 0, from: 4000, until: 9000 })
  })

  it('separates the time with the built-in login from the time without an answer', () => {
    const answers = [
      ...repeated('own', 3),
      ...repeated('down', 2),
      ...repeated('own', 100),
      ...repeated('down', 3),
      ...repeated('delegated', 2),
    ]
    expect(windowOf(record(answers))).toMatchObject({ total: 106, down: 6, ownLogin: 100 })
  })

  it('has no total if Synapse does not delegate in the end', () => {
    const window = windowOf(record([...repeated('own', 3), ...repeated('down', 2), ...repeated('own', 10)]))
    expect(window).toMatchObject({ total: undefined, ownLogin: 10, until: undefined })
  })

  it('finds nothing in a record without a stop', () => {
    expect(windowOf(record(repeated('own', 10)))).toMatchObject({ total: undefined, from: undefined })
  })

  it('ignores what was before the given time', () => {
    const answers = [
      ...repeated('own', 2),
      ...repeated('down', 3),
      ...repeated('own', 5),
      ...repeated('down', 2),
      ...repeated('delegated', 1),
    ]
    expect(windowOf(record(answers), 6000)).toMatchObject({ total: 3, from: 9000 })
  })

  it('splits the window completely, for every record', () => {
    const answering = fc.constantFrom<Answering>('own', 'delegated', 'down')
    fc.assert(
      fc.property(fc.array(answering, { maxLength: 60 }), answers => {
        const { total, down, ownLogin } = windowOf(record(answers))
        if (total !== undefined) expect(down + ownLogin).toBeCloseTo(total)
      }),
    )
  })
})

describe('probe', () => {
  const worldOf = (whoami: number, own: HttpResponse): World => ({
    dialect: 'mas-cli',
    serverName: 'example.test',
    sql: async () => [],
    http: async request => (request.path.endsWith('whoami') ? { status: whoami, body: {} } : own),
  })
  const unrecognised = { errcode: 'M_UNRECOGNIZED' }

  it.each<[string, Answering, number, HttpResponse]>([
    ['the built-in login', 'own', 200, { status: 405, body: unrecognised }],
    ['delegation', 'delegated', 200, { status: 404, body: unrecognised }],
    ["a proxy's own 404", 'down', 200, { status: 404, body: undefined }],
    ['delegation that refuses the token', 'down', 401, { status: 404, body: unrecognised }],
    ['a MAS that is away', 'down', 503, { status: 404, body: unrecognised }],
    ['nothing', 'down', 0, { status: 0, body: undefined }],
  ])('recognises %s', async (_, answering, whoami, own) => {
    expect(await probe(worldOf(whoami, own), 'syt_x')).toMatchObject({ answering, tokenStatus: whoami })
  })
})
