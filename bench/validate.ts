import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { buildInto } from '../scripts/build.ts'
import { ansibleInventory, yamlCheckers } from '../scripts/tools.ts'
import { type Claim, printClaims } from './claim.ts'
import { writeInventory, writeManyVariables } from './inventories.ts'
import { interleaved, median, type Program, usageOf } from './measure.ts'

const root = join(import.meta.dirname, '..')

/** Measures `validate-config`, built from the present `src/`, as the runner starts it; `false` where a claim fails. */
export async function benchValidate(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await buildInto(join(folder, 'dist'))
    for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '')
    const claims = [
      ...(await oneHost(folder)),
      ...(await manyHosts(folder)),
      ...manyVariables(folder, process.env.LAB_PLAYBOOK),
    ]
    return printClaims(claims)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The action in a workspace, with the files that the runner gives it. */
function check(folder: string, workspace: string, env: Record<string, string> = {}): Program {
  return {
    name: `validate-config, ${workspace}`,
    argv: [process.execPath, join(folder, 'dist/validate-config.js')],
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

async function oneHost(folder: string): Promise<Claim[]> {
  writeInventory(join(folder, 'one'), 1)
  const ansible: Program = {
    name: 'ansible-inventory --list',
    argv: [await ansibleInventory(), '-i', join(folder, 'one/inventory/hosts'), '--list'],
    cwd: folder,
    env: { HOME: folder, LC_ALL: 'C.UTF-8' },
  }
  const ours = check(folder, 'one')
  const times = interleaved([ansible, ours], 11)
  const of = (name: string) => median(times.get(name)?.wall ?? [])
  print('one host: 11 rounds', times)
  return [
    {
      what: 'one host, against `ansible-inventory --list`',
      value: of(ours.name) / of(ansible.name),
      most: 0.5,
    },
  ]
}

/** `playbook` is a checkout of the real playbook. */
function manyVariables(folder: string, playbook: string | undefined): Claim[] {
  if (playbook === undefined) {
    console.log(
      'not measured: 500 variables with a checkout. Set LAB_PLAYBOOK to a checkout of the playbook.',
    )
    return []
  }
  writeManyVariables(join(folder, 'variables'), 500, playbook)
  const { cpuSeconds } = usageOf(
    check(folder, 'variables', { 'INPUT_PLAYBOOK-PATH': playbook, 'INPUT_FAIL-ON': 'never' }),
  )
  return [
    {
      what: '500 variables with a checkout of the playbook, seconds of CPU time',
      value: cpuSeconds,
      most: 1,
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
  const python = interleaved([...(await pythonCheckers(folder, thousand)), ours], 3)
  print('Python, and ours beside it: 3 rounds', python)
  const both = [...python]
    .filter(([name]) => name !== ours.name)
    .reduce((sum, [, { wall }]) => sum + median(wall), 0)
  const { megabytes } = usageOf(ours)
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
    { what: 'thousand hosts, MB of memory', value: megabytes, most: 300 },
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
    const fastest = Math.min(...wall)
    console.log(
      `  ${median(wall).toFixed(1).padStart(9)} ms, fastest ${fastest.toFixed(1).padStart(9)}  ${name}`,
    )
  }
}
