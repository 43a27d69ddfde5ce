/** The matrix of faults: what happens, in which run, at which moment. */
import type { Step } from '../../src/domain/steps.ts'
import { randomOf } from '../lab/data/random.ts'
import { type Fault, faults } from './faults.ts'
import { type RunnerFault, runnerFaults, runnerSteps } from './runner.ts'

export const operations = ['migrate', 'rollback'] as const
export type Operation = (typeof operations)[number]

/** The journal's steps in their order; `clean` is what the program does after the end. */
const serverSteps: Readonly<Record<Operation, readonly string[]>> = {
  migrate: ['accounts', 'check', 'stop', 'syn2mas', 'files', 'start', 'answer', 'prove', 'clean'],
  rollback: ['check', 'stop', 'files', 'start', 'answer', 'prove', 'clean'],
}

/** As a step's first line is written, and half-way. Its last line is written within a millisecond of the next step's first. */
const moments = ['begin', 'middle'] as const
export type Moment = (typeof moments)[number]

/** They take milliseconds, so that half-way is in the next step; after the end nothing is timed. */
const atOnce: ReadonlySet<string> = new Set(['check', 'start', 'clean'])

interface Place {
  readonly operation: Operation
  readonly step: string
}

/** A fault of the server, while the program carries a prepared run out. */
export interface ServerCell extends Place {
  readonly kind: 'server'
  readonly moment: Moment
  readonly fault: Fault
  /** Only in random cells. */
  readonly random?: Random
}

/** A fault of the runner, as a step begins. */
export interface RunnerCell extends Place {
  readonly kind: 'runner'
  readonly step: Step
  readonly fault: RunnerFault
}

export type Cell = ServerCell | RunnerCell

interface Random {
  readonly seed: number
  /** Seconds from the moment to the fault. */
  readonly delay: number
  /** A second fault, so many seconds after the first. */
  readonly second: Fault
  readonly pause: number
}

/** Such as `migrate/syn2mas/middle/postgres-stopped`, or `seed 12: …`. */
export function cellId(cell: Cell): string {
  const moment = cell.kind === 'server' ? cell.moment : 'begin'
  const name = [cell.operation, cell.step, moment, cell.fault.id].join('/')
  const random = cell.kind === 'server' ? cell.random : undefined
  return random ? `seed ${random.seed}: ${name}, then ${random.second.id}` : name
}

/** All cells, the sharpest moment of each fault first. */
export function allCells(): Cell[] {
  const cells = operations.flatMap(operation => [...serverCells(operation), ...runnerCells(operation)])
  return cells.sort((one, other) => Number(isSharpest(other)) - Number(isSharpest(one)))
}

function serverCells(operation: Operation): ServerCell[] {
  return serverSteps[operation].flatMap(step =>
    (atOnce.has(step) ? (['begin'] as const) : moments).flatMap(moment =>
      faults
        .filter(fault => applies(fault, operation, step, moment))
        .map(fault => ({ kind: 'server', operation, step, moment, fault })),
    ),
  )
}

function runnerCells(operation: Operation): RunnerCell[] {
  return runnerSteps[operation].flatMap(step =>
    runnerFaults.map(fault => ({ kind: 'runner', operation, step, fault })),
  )
}

function applies({ only }: Fault, operation: Operation, step: string, moment: Moment): boolean {
  const inOperation = (only?.operation ?? operation) === operation
  return inOperation && (only?.steps ?? [step]).includes(step) && (only?.moment ?? moment) === moment
}

function isSharpest(cell: Cell): boolean {
  const usual = cell.operation === 'migrate' ? 'syn2mas' : 'files'
  if (cell.kind === 'runner') return cell.step === usual
  const sharpest = cell.fault.only?.steps?.find(each => serverSteps[cell.operation].includes(each)) ?? usual
  return cell.step === sharpest && cell.moment === (cell.operation === 'migrate' ? 'middle' : 'begin')
}

/** Two faults in a row at a random moment; the same for the same seed. */
export function randomCell(seed: number): ServerCell {
  const { below } = randomOf(seed, 0)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T
  const begins = operations.flatMap(serverCells).filter(({ moment }) => moment === 'begin')
  const cell = pick(begins.filter(({ fault }) => !fault.alone))
  const seconds = faults.filter(
    fault =>
      !(fault.alone ?? fault.before ?? fault.after ?? fault.syn2mas ?? fault.maxDowntime ?? fault.only),
  )
  const [delay, second, pause] = [below(2000) / 1000, pick(seconds), below(6000) / 1000]
  return { ...cell, random: { seed, delay, second, pause } }
}

/** Every `count`th cell, beginning with the `index`th, which counts from 1. */
export function shard<T>(cells: readonly T[], index: number, count: number): T[] {
  return cells.filter((_, position) => position % count === index - 1)
}

/** Migrations and rollbacks in turn, each of which leaves the server as the next one needs it. */
export function inTurn(cells: readonly Cell[]): Cell[] {
  const [migrations = [], rollbacks = []] = operations.map(each =>
    cells.filter(cell => cell.operation === each),
  )
  const longer = Math.max(migrations.length, rollbacks.length)
  return Array.from({ length: longer }, (_, index) => [migrations[index], rollbacks[index]])
    .flat()
    .filter(cell => cell !== undefined)
}
