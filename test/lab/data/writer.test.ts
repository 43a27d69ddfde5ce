import { describe, expect, it } from 'vitest'
import { countLost } from './lost.ts'
import { type ToyHomeserver, toyHomeserver } from './toy-homeserver.ts'
import { wait } from './world.ts'
import { startWriter, type Writer, type WriterReport } from './writer.ts'

const quick = { probe: 5, message: 5, login: 10, password: 10 }

function writerOn(toy: ToyHomeserver): Promise<Writer> {
  return startWriter(toy.world, { registrationSecret: 'secret', every: quick, delegatedLoginMs: 10 })
}

/** A server that delegates after a stop; `between` is what happens after syn2mas and before the switch. */
async function migrated(
  toy: ToyHomeserver,
  between: () => Promise<void> = async () => {},
): Promise<WriterReport> {
  const writer = await writerOn(toy)
  await wait(60)
  toy.mode = 'down'
  await wait(40)
  toy.migrate()
  await between()
  toy.mode = 'delegated'
  await wait(60)
  return writer.stop()
}

describe('the writer', () => {
  it('records what a server granted, and refusals apart', async () => {
    const report = await migrated(toyHomeserver())
    expect(report.messages.length).toBeGreaterThan(2)
    expect(report.logins.length).toBeGreaterThan(2)
    expect(report.passwords.length).toBeGreaterThan(2)
    expect(new Set(report.passwords.map(each => each.password)).size).toBe(report.passwords.length)
    expect(report.unanswered.length).toBeGreaterThan(0)
    expect(report.probes.map(each => each.answering)).toEqual(
      expect.arrayContaining(['own', 'down', 'delegated']),
    )
  })

  it('does not count the login limit as a refusal', async () => {
    const toy = toyHomeserver()
    const writer = await writerOn(toy)
    toy.limited = 3
    await wait(80)
    const report = await writer.stop()
    expect(toy.limited).toBe(0)
    expect(report.refusals).toEqual([])
    expect(report.logins.length).toBeGreaterThan(0)
  })

  it('stops completely', async () => {
    const toy = toyHomeserver()
    const report = await (await writerOn(toy)).stop()
    const done = report.messages.length
    await wait(50)
    expect(report.messages).toHaveLength(done)
  })
})

describe('countLost', () => {
  it('finds nothing lost if nothing could be changed in between', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy)
    const losses = await countLost(report, toy.world)
    expect(losses).toMatchObject({
      oldSession: true,
      unclear: 0,
      sessions: { done: report.logins.length, lost: 0 },
      messages: { done: report.messages.length, lost: 0 },
      passwords: { done: report.passwords.length - 1, lost: 0 },
    })
    expect(losses.window.total).toBeGreaterThan(0.03)
    expect(losses.window.ownLogin).toBe(0)
  })

  it('counts the sessions and password changes that a server with its built-in login granted after syn2mas', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy, async () => {
      toy.mode = 'own'
      await wait(60)
      toy.mode = 'down'
      await wait(20)
    })
    const losses = await countLost(report, toy.world)
    expect(losses.sessions.lost).toBeGreaterThan(0)
    expect(losses.sessions.lost).toBeLessThan(losses.sessions.done)
    expect(losses.passwords.lost).toBeGreaterThan(0)
    expect(losses.passwords.lost).toBeLessThan(losses.passwords.done)
    expect(losses.messages.lost).toBe(0)
    expect(losses.window.ownLogin).toBeGreaterThan(0)
    expect(losses.unclear).toBe(0)
  })

  it.each(['after-commit', 'before-commit'] as const)(
    'takes a password change that was stopped %s, and not answered, for neither done nor lost',
    async stop => {
      const toy = toyHomeserver()
      const writer = await writerOn(toy)
      await wait(60)
      toy.stopsAtPassword = stop
      while (toy.mode !== 'down') await wait(1)
      await wait(40)
      toy.migrate()
      toy.mode = 'delegated'
      await wait(60)
      const report = await writer.stop()
      const losses = await countLost(report, toy.world)
      expect(report.passwords.length).toBeGreaterThan(1)
      expect(losses).toMatchObject({ passwords: { done: report.passwords.length - 1, lost: 0 }, unclear: 0 })
      expect(losses.unanswered.password).toBeGreaterThan(0)
    },
  )

  it('continues after a password change that was made but not answered', async () => {
    const toy = toyHomeserver()
    const writer = await writerOn(toy)
    await wait(60)
    toy.stopsAtPassword = 'after-commit'
    while (toy.mode !== 'down') await wait(1)
    toy.mode = 'own'
    await wait(80)
    const report = await writer.stop()
    expect(report.doubtfulPassword).toBeUndefined()
    expect(report.refusals).toEqual([])
    expect((await countLost(report, toy.world, { passwordsOf: 'synapse' })).passwords.lost).toBe(0)
  })

  it('reports an unclear result if the stored password is none of the recorded ones', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy)
    const changed = {
      ...report,
      passwords: report.passwords.map(each => ({ ...each, password: `${each.password}!` })),
    }
    expect(await countLost(changed, toy.world)).toMatchObject({ unclear: 1, passwords: { lost: 0 } })
  })

  it('counts messages that are gone', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy)
    toy.forgetMessages()
    expect((await countLost(report, toy.world)).messages.lost).toBe(report.messages.length)
  })

  it('waits out the login limit before it judges a password', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy)
    toy.limited = 2
    expect((await countLost(report, toy.world)).passwords.lost).toBe(0)
    expect(toy.limited).toBe(0)
  })

  it('judges by Synapse after a rollback', async () => {
    const toy = toyHomeserver()
    const report = await migrated(toy)
    toy.mode = 'own'
    const losses = await countLost(report, toy.world, { passwordsOf: 'synapse' })
    expect(losses.passwords.lost).toBe(0)
    expect(losses.sessions.lost).toBe(report.logins.filter(login => login.token.startsWith('mct_')).length)
  })
})
