import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { buildInto } from '../scripts/build.ts'
import { yamlCheckers } from '../scripts/tools.ts'
import { writeInventory } from './inventories.ts'
import { interleaved, median, type Program, peakMemory } from './measure.ts'
import { printProfile } from './profile.ts'

interface Claim {
  readonly what: string
  readonly value: number
  /** Left out: told, and not promised. */
  readonly most?: number
}

const root = join(import.meta.dirname, '..')

/** Measures `validate-config` as the runner starts it, built from what `src/` is now; `false` where a claim does not hold. */
export async function benchValidate(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await buildInto(join(folder, 'dist'))
    const claims = [...oneHost(folder), ...(await manyHosts(folder))]
    for (const claim of claims) console.log(line(claim))
    const failed = claims.filter(claim => !holds(claim))
    if (failed.length > 0) printProfile(check(folder, 'one'))
    return failed.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function holds({ value, most }: Claim): boolean {
  return most === undefined || value <= most
}

function line(claim: Claim): string {
  const { what, value, most } = claim
  const word = most === undefined ? 'told  ' : holds(claim) ? 'holds ' : 'FAILS '
  return `${word} ${value.toFixed(2)}${most === undefined ? '' : ` (at most ${most})`}: ${what}`
}

/** The action in a workspace, with the files that the runner gives it. */
function check(folder: string, workspace: string, env: Record<string, string> = {}): Program {
  return {
    name: `validate-config, ${workspace}`,
    argv: [process.execPath, join(folder, 'dist/validate-config.cjs')],
    cwd: folder,
    env: {
      HOME: folder,
      GITHUB_WORKSPACE: join(folder, workspace),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
  }
}

function oneHost(folder: string): Claim[] {
  writeInventory(join(folder, 'one'), 1)
  const nothing = { name: 'node -e 0', argv: [process.execPath, '-e', '0'], cwd: folder }
  const warm = check(folder, 'one')
  const cold = { ...check(folder, 'one', { RUNNER_ENVIRONMENT: 'github-hosted' }), name: 'without the cache' }
  const times = interleaved([nothing, warm, cold], 41)
  const of = (name: string) => median(times.get(name)?.wall ?? [])
  print(`one host: ${times.size} programs, 41 rounds`, times)
  return [
    { what: 'one host, against `node -e 0`', value: of(warm.name) / of(nothing.name), most: 1.6 },
    {
      what: 'one host on a machine that starts empty, against `node -e 0`',
      value: of(cold.name) / of(nothing.name),
    },
  ]
}

async function manyHosts(folder: string): Promise<Claim[]> {
  const thousand = writeInventory(join(folder, 'thousand'), 1000)
  writeInventory(join(folder, 'five-thousand'), 5000)
  writeInventory(join(folder, 'ten-thousand'), 10_000)
  const list = join(folder, 'list')
  writeFileSync(list, thousand.join('\n'))
  await build({
    cwd: root,
    input: { 'yaml-alone': 'bench/yaml-alone.ts' },
    platform: 'node',
    logLevel: 'warn',
    output: { dir: folder, format: 'cjs', entryFileNames: '[name].cjs' },
  })
  const alone = {
    name: 'yaml alone, thousand',
    argv: [process.execPath, join(folder, 'yaml-alone.cjs'), list],
    cwd: folder,
  }
  const [ours, half, large] = ['thousand', 'five-thousand', 'ten-thousand'].map(name => check(folder, name))
  if (!ours || !half || !large) throw new Error('an inventory is missing')
  const times = interleaved([alone, ours, half, large], 7)
  const of = (name: string) => median(times.get(name)?.wall ?? [])
  print('many hosts: 7 rounds', times)
  const python = interleaved([...(await pythonCheckers(folder, thousand)), ours], 1)
  print('Python, and ours beside it: 1 round', python)
  const both = [...python]
    .filter(([name]) => name !== ours.name)
    .reduce((sum, [, { wall }]) => sum + median(wall), 0)
  const memory = peakMemory(large)
  return [
    {
      what: 'thousand hosts, against parsing their files with `yaml` alone',
      value: of(ours.name) / of(alone.name),
      most: 2,
    },
    {
      what: 'thousand hosts, against a tenth of `yamllint` and `check-jsonschema` on the same files',
      value: (median(python.get(ours.name)?.wall ?? []) * 10) / both,
      most: 1,
    },
    {
      what: 'ten thousand hosts, against twice as long as five thousand',
      value: of(large.name) / (2 * of(half.name)),
      most: 1.2,
    },
    { what: 'ten thousand hosts, MB of memory', value: memory, most: 300 },
  ]
}

async function pythonCheckers(folder: string, files: readonly string[]): Promise<Program[]> {
  const { yamllint, checkJsonschema } = await yamlCheckers()
  const rules = '{extends: default, rules: {line-length: disable}}'
  const schema = join(root, 'schemas/vars.schema.json')
  return [
    {
      name: 'yamllint, thousand',
      argv: [yamllint, '-d', rules, join(folder, 'thousand/inventory/host_vars')],
      cwd: folder,
    },
    {
      name: 'check-jsonschema, thousand',
      argv: [checkJsonschema, '--base-uri', `file://${schema}`, '--schemafile', schema, ...files],
      cwd: folder,
    },
  ]
}

function print(title: string, times: ReturnType<typeof interleaved>): void {
  console.log(title)
  for (const [name, { wall }] of times) {
    const quickest = Math.min(...wall)
    console.log(
      `  ${median(wall).toFixed(1).padStart(9)} ms, quickest ${quickest.toFixed(1).padStart(9)}  ${name}`,
    )
  }
}
