import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Program } from './measure.ts'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly children?: readonly number[]
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
      readonly columnNumber: number
    }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Prints where the time of a program goes: by source file of ours, the rest by what Node calls it. */
export function printProfile({ name, argv, cwd, env = {} }: Program): void {
  const [command = '', ...words] = argv
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  const options = ['--cpu-prof', '--cpu-prof-interval=100', `--cpu-prof-dir=${folder}`]
  spawnSync(command, [...options, ...words], { cwd, env: { ...env }, stdio: 'ignore' })
  const [file = ''] = readdirSync(folder)
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  console.log(`where the time of ${name} goes, in ms under the profiler:`)
  const rows = [...timesBySource(profile)].sort(([, a], [, b]) => b - a).slice(0, 25)
  for (const [source, time] of rows) console.log(`  ${(time / 1000).toFixed(1).padStart(7)}  ${source}`)
}

function timesBySource({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const maps = new Map<string, SourceMap>()
  const names = new Map(nodes.map(({ id, callFrame }) => [id, sourceOf(callFrame, maps)]))
  const times = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return times
}

function sourceOf(
  { functionName, url, lineNumber, columnNumber }: Profile['nodes'][number]['callFrame'],
  maps: Map<string, SourceMap>,
): string {
  if (!url.startsWith('file:')) return `Node: ${url.startsWith('node:') ? url : functionName}`
  const path = fileURLToPath(url)
  const known = maps.get(path) ?? new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')))
  maps.set(path, known)
  const entry = known.findEntry(lineNumber, columnNumber)
  return 'originalSource' in entry ? entry.originalSource : basename(path)
}
