import { mkdtempSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ground } from './ground.ts'
import { AddressTaken, type LabNetwork } from './network.ts'
import { ownGround } from './own.ts'
import { labPaths } from './paths.ts'
import { claimNetwork, type LabShape, writeState } from './state.ts'

const formerCache = process.env.LAB_CACHE
let cache: string

beforeEach(() => {
  // Not under /tmp, which a lab refuses.
  cache = mkdtempSync('/var/tmp/lab-cache-')
  process.env.LAB_CACHE = cache
})

afterEach(() => {
  rmSync(cache, { recursive: true })
  if (formerCache === undefined) delete process.env.LAB_CACHE
  else process.env.LAB_CACHE = formerCache
})

/** A base of labs on a machine where others have the networks with these numbers. */
function machine(taken: readonly number[]): { ground: Ground; up: number[] } {
  const up: number[] = []
  const networkUp = async (network: LabNetwork) => {
    if (taken.includes(network.number)) throw new AddressTaken(network)
    up.push(network.number)
  }
  return { ground: { ...ownGround, networkUp }, up }
}

const shape: LabShape = {
  dialect: 'mas-cli',
  users: 200,
  seed: 1,
  extraVars: '',
  images: '',
  playbook: '',
  data: '',
  mas: '',
}

describe("a lab's network", () => {
  it('is brought up when its number is chosen: the lowest one that no lab has', async () => {
    const { ground, up } = machine([2])
    expect((await claimNetwork(labPaths('first'), ground)).number).toBe(1)
    expect((await claimNetwork(labPaths('second'), ground)).number).toBe(3)
    expect(up).toEqual([1, 3])
  })

  it('stays the same while it is free', async () => {
    await writeState(labPaths('mine'), { number: 7, ground: 'own', shape })
    expect(await claimNetwork(labPaths('mine'), machine([]).ground)).toEqual({
      number: 7,
      ground: 'own',
      shape,
    })
  })

  it('is another one if a lab of another cache has it now, and then the lab is created again', async () => {
    await writeState(labPaths('mine'), { number: 7, ground: 'own', shape })
    expect(await claimNetwork(labPaths('mine'), machine([1, 7]).ground)).toEqual({ number: 2, ground: 'own' })
  })

  it('is missing if all are in use, and the error says what to do', async () => {
    const { ground } = machine(Array.from({ length: 250 }, (_, index) => index + 1))
    await expect(claimNetwork(labPaths('mine'), ground)).rejects.toThrow(
      /are in use\. End a lab: npm run lab/,
    )
  })
})
