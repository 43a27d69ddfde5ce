import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

const head = '(function (exports, require, module, __filename, __dirname) { '

export interface CompiledCache {
  /** The folder for compiled code; nothing is kept where there is none. */
  readonly folder: string | undefined
  /** Tells the file's content from any other: V8 itself compares no more than the length. */
  readonly content: string
}

/**
 * Runs a CommonJS file, compiled as it was when it last ended: `docs/decisions/0211-compiled-code.md`. What is kept fits one
 * content, version of Node and machine; V8 refuses it, and it is made anew, where it does not.
 */
export function runCompiled(file: string, { folder, content }: CompiledCache): void {
  const name = `${content}-${process.version}-${process.arch}`
  const cachedData = folder === undefined ? undefined : readIfThere(join(folder, name))
  const script = new Script(`${head}${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    // Places in stacks are those of the file itself.
    columnOffset: -head.length,
    ...(cachedData && { cachedData }),
  })
  if (folder !== undefined && (!cachedData || script.cachedDataRejected)) {
    process.on('exit', () => keep(script, folder, name))
  }
  const run: unknown = script.runInThisContext()
  if (typeof run !== 'function') throw new Error(`${file} is no function`)
  const module = { exports: {} }
  run(module.exports, createRequire(file), module, file, dirname(file))
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** In place of what other contents and versions left. A folder that cannot be written costs time at the next start only. */
function keep(script: Script, folder: string, name: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const partial = join(folder, `${name}.${process.pid}`)
    writeFileSync(partial, script.createCachedData(), { mode: 0o600 })
    renameSync(partial, join(folder, name))
    for (const other of readdirSync(folder)) {
      if (other !== name) rmSync(join(folder, other), { recursive: true, force: true })
    }
  } catch {
    // Nothing is kept, then.
  }
}

/**
 * Where compiled code is kept: in a folder of the user's own. In one that users share, such as `/tmp`, another could put code
 * there. Machines of GitHub's own start empty, where writing it would only cost.
 */
export function compiledFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { HOME, XDG_CACHE_HOME, RUNNER_ENVIRONMENT } = environment
  const home = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`)
  if (!home?.startsWith('/') || RUNNER_ENVIRONMENT === 'github-hosted') return undefined
  return `${home}/matrix-auth-actions/compiled`
}
