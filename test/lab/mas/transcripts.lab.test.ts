import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recording } from '../../recordings.ts'
import { normalise, parseRecording, type Recording, withoutOrder } from './testing/normalise.ts'
import { prepare } from './testing/scenarios.ts'
import { type Stage, stageUp } from './testing/stage.ts'

const ours = join(import.meta.dirname, 'fixtures', 'transcripts')
const real = recording('mas/mas-cli')

/** Doctor and help are compared elsewhere; so is the run that is long enough for progress lines. */
const elsewhere = /^(?:doctor|help)-|^migrate-100000/

async function namesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).map(file => basename(file, '.txt'))
  return names.filter(name => !elsewhere.test(name))
}

const names = [...new Set([...(await namesIn(ours)), ...(await namesIn(real))])].toSorted()

async function transcriptsOf(name: string): Promise<Recording[]> {
  const files = [ours, real].map(folder => join(folder, `${name}.txt`)).filter(file => existsSync(file))
  return Promise.all(files.map(async file => parseRecording(await readFile(file, 'utf8'))))
}

/** The account that runs the program has no role in PostgreSQL. */
function anybody(text: string): string {
  return text.replace(/role "[^"]+" does not exist/g, 'role "NOBODY" does not exist')
}

let stage: Stage

beforeAll(async () => {
  // The same transcripts hold for a real MAS, in a folder as upstream's release archives have it.
  stage = await stageUp(process.env.LAB_MAS_DIR)
})

afterAll(async () => {
  await stage.down()
})

describe('the stand-in says what the transcript says', () => {
  test.each(names)('%s', async name => {
    const transcripts = await transcriptsOf(name)
    const command = transcripts[0]?.command ?? ''
    const undo = await prepare(stage, name)
    try {
      const outcome = await stage.run(command.replace(/^mas-cli /, ''))
      for (const expected of transcripts) {
        expect(expected.command).toBe(command)
        expect(anybody(withoutOrder(outcome.stderr))).toBe(anybody(withoutOrder(expected.stderr)))
        expect(normalise(outcome.stdout)).toBe(normalise(expected.stdout))
        expect(outcome.code).toBe(expected.exit)
      }
    } finally {
      await undo()
    }
  })
})
