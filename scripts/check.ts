/** Everything that is checked without running the product: format, lint and layers, types, unused code, dist, generated pages, workflows. */
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { type Outcome, run } from './process.ts'
import { progress } from './progress.ts'
import { checkers } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

interface Check {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

/** The differences between two folders, one line for each file; empty if all files are identical. */
export function differences(left: string, right: string): string[] {
  const files = (folder: string) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => relative(folder, join(entry.parentPath, entry.name)))
      : []
  const all = [...new Set([...files(left), ...files(right)])].sort()
  return all.flatMap(file => {
    const [a, b] = [join(left, file), join(right, file)]
    if (!existsSync(a)) return [`only in ${right}: ${file}`]
    if (!existsSync(b)) return [`only in ${left}: ${file}`]
    return readFileSync(a).equals(readFileSync(b)) ? [] : [`differs: ${file}`]
  })
}

/** Builds a copy of the sources in another folder, and compares it with what is committed. */
async function distIsBuiltFromSrc(): Promise<Outcome> {
  const copy = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-dist-'))
  try {
    for (const name of ['src', 'schemas', 'scripts', 'workflows', 'package.json', 'tsconfig.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const built = await run([process.execPath, 'scripts/build.ts'], { cwd: copy })
    if (!built.ok) return built
    const found = differences(join(root, 'dist'), join(copy, 'dist'))
    const advice = found.length > 0 ? '\nRun `npm run build` and commit dist/.\n' : ''
    return { ok: found.length === 0, output: found.join('\n') + advice }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function shellScripts(shellcheck: string): Promise<Outcome> {
  const scripts = globSync(['src/**/*.sh', 'test/**/*.sh', 'scripts/preflight', 'scripts/ready', '.ci/run'], {
    cwd: root,
  })
  return run([shellcheck, '--shell=bash', '--severity=warning', ...scripts], { cwd: root })
}

async function checks(): Promise<Check[]> {
  const tools = await checkers()
  const workflows = globSync(['.github/workflows/*.yml', 'workflows/*.yml'], { cwd: root })
  const program = ['src/server/window/window.py']
  const python = [
    ...program,
    ...globSync(['bench/*.py', 'test/{inventory,server,lab/target}/**/*.py'], { cwd: root }),
  ]
  const inRoot = (argv: readonly string[]) => () => run(argv, { cwd: root })
  const node = (script: string, ...args: string[]) => inRoot([process.execPath, script, ...args])
  return [
    {
      name: 'format, lint, layers (biome)',
      run: inRoot(['biome', 'ci', '--colors=off', '--error-on-warnings', '.']),
    },
    { name: 'types (tsc)', run: inRoot(['tsc', '--noEmit']) },
    { name: 'unused code (knip)', run: inRoot(['knip', '--no-progress']) },
    { name: 'dist is what src builds', run: distIsBuiltFromSrc },
    { name: 'reference pages are current', run: node('scripts/docs.ts', '--check') },
    { name: 'site, and its links', run: node('scripts/site.ts') },
    { name: 'Python (ruff)', run: inRoot([tools.ruff, 'check', '--quiet', ...python]) },
    { name: 'Python format (ruff)', run: inRoot([tools.ruff, 'format', '--quiet', '--diff', ...python]) },
    { name: 'Python types (mypy)', run: inRoot([tools.mypy, '--no-error-summary', ...program]) },
    { name: 'shell scripts (shellcheck)', run: () => shellScripts(tools.shellcheck) },
    {
      name: 'workflows (actionlint)',
      // GitHub knows `queue` since May 2026; actionlint does not yet.
      run: inRoot([
        ...[tools.actionlint, '-shellcheck', tools.shellcheck, '-pyflakes', ''],
        ...['-ignore', 'unexpected key "queue" for "concurrency" section', ...workflows],
      ]),
    },
    {
      name: 'workflows and actions (zizmor)',
      run: inRoot([
        tools.zizmor,
        '--offline',
        '--persona=auditor',
        '--no-progress',
        '--config=.github/zizmor.yml',
        '.github',
        ...globSync('workflows/*.yml', { cwd: root }),
        ...globSync('{.,*}/action.yml', { cwd: root }),
      ]),
    },
  ]
}

/** Runs all checks, prints a line each and the output of those that fail. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let failed = 0
  const all = await checks()
  for (const check of all) {
    const started = Date.now()
    const { ok, output } = await progress.during(check.name, undefined, check.run)
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    if (!ok) {
      failed += 1
      console.log(output)
    }
  }
  return { passed: all.length - failed, failed }
}

if (import.meta.main) process.exitCode = (await runChecks()).failed === 0 ? 0 : 1
