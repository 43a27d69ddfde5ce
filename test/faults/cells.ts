/** The matrix of faults: what happens, in which run, at which moment. */
import { randomOf } from '../lab/data/random.ts'
import { type Fault, faults } from './faults.ts'

export const operations = ['migrate', 'rollback'] as const
export type Operation = (typeof operations)[number]

/** The journal's steps in their order; `clean` is what the program does after the end. */
export const steps: Readonly<Record<Operation, readonly string[]>> = {
  migrate: ['accounts', 'check', 'stop', 'syn2mas', 'files', 'start', 'answer', 'prove', 'clean'],
  rollback: ['check', 'stop', 'files', 'start', 'answer', 'prove', 'clean'],
}

/** As a step's line is written, half-way, and as its end is written. */
export const moments = ['begin', 'middle', 'end'] as const
export type Moment = (typeof moments)[number]

export interface Cell {
  readonly operation: Operation
  readonly step: string
  readonly moment: Moment
  readonly fault: Fault
  /** Only in random cells. */
  readonly random?: Random
}

interface Random {
  readonly seed: number
  /** Seconds from the moment to the fault. */
  readonly delay: number
  /** A second fault, so many seconds after the first. */
  readonly second: Fault
  readonly pause: number
}

/** Such as `migrate/syn2mas/middle/postgres-stopped`, or `seed 12: …`. */
export function cellId({ operation, step, moment, fault, random }: Cell): string {
  const name = [operation, step, moment, fault.id].join('/')
  return random ? `seed ${random.seed}: ${name}, then ${random.second.id}` : name
}

/** Two faults in a row at a random moment; the same for the same seed. */
export function randomCell(seed: number): Cell {
  const { below } = randomOf(seed, 0)
  const cells = allCells().filter(({ moment }) => moment === 'begin')
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T
  const cell = pick(cells)
  const seconds = faults.filter(
    ({ before, after, syn2mas, maxDowntime, only }) => !(before ?? after ?? syn2mas ?? maxDowntime ?? only),
  )
  return {
    ...cell,
    random: { seed, delay: below(2000) / 1000, second: pick(seconds), pause: below(6000) / 1000 },
  }
}

/** All cells, the sharpest moment of each fault first. */
export function allCells(): Cell[] {
  const cells = operations.flatMap(operation =>
    steps[operation].flatMap(step =>
      momentsOf(step).flatMap(moment =>
        faults
          .filter(fault => applies(fault, operation, step))
          .map(fault => ({ operation, step, moment, fault })),
      ),
    ),
  )
  return cells.sort((one, other) => Number(isSharpest(other)) - Number(isSharpest(one)))
}

/** After the end nothing is timed: only its line is a moment. */
function momentsOf(step: string): readonly Moment[] {
  return step === 'clean' ? ['begin'] : moments
}

function applies({ only }: Fault, operation: Operation, step: string): boolean {
  return (only?.operation ?? operation) === operation && (only?.steps ?? [step]).includes(step)
}

function isSharpest({ operation, step, moment, fault }: Cell): boolean {
  const usual = operation === 'migrate' ? 'syn2mas' : 'files'
  const sharpest = fault.only?.steps?.find(each => steps[operation].includes(each)) ?? usual
  return step === sharpest && moment === (operation === 'migrate' ? 'middle' : 'begin')
}

/** Every `count`th cell, beginning with the `index`th, which counts from 1. */
export function shard<T>(cells: readonly T[], index: number, count: number): T[] {
  return cells.filter((_, position) => position % count === index - 1)
}
