/** Runs the built program as a process, as npx does. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Ajv } from 'ajv'
import { shellWords } from '../../src/support/shell.ts'
import { projectRoot } from '../lab/runner/runner.ts'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** What a person types, or Ctrl-C, when a text is printed; in this order. */
  readonly replies?: readonly (readonly [at: RegExp, reply: string | 'SIGINT'])[]
  /** Whether it has a terminal, whose text is then all in `stdout`. */
  readonly hasTerminal?: boolean
  /** Whether `stdout` then also has what is printed to standard error; by default it has. */
  readonly keepsLog?: boolean
  /** The program; by default that of `dist/`. */
  readonly program?: string
}

export async function cli(argv: readonly string[], options: RunOptions): Promise<Ran> {
  const {
    cwd,
    env = {},
    input = '',
    replies = [],
    hasTerminal = false,
    keepsLog = true,
    program = join(projectRoot, 'dist/cli.js'),
  } = options
  const { PATH = '', HOME = '' } = process.env
  const words = [process.execPath, program, ...argv]
  const inShell = `${shellWords(words)}${keepsLog ? '' : ' 2>/dev/null'}`
  const [file = '', ...rest] = hasTerminal ? ['script', '-qec', inShell, '/dev/null'] : words
  const child = spawn(file, rest, { cwd, env: { PATH, HOME, ...env } })
  if (replies.length === 0) child.stdin.end(input)
  else reply(child, replies)
  const [code, stdout, stderr] = await Promise.all([
    new Promise<number | null>(resolve => child.once('close', resolve)),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, stdout, stderr }
}

function reply(child: ChildProcessWithoutNullStreams, replies: NonNullable<RunOptions['replies']>): void {
  const left = [...replies]
  let seen = ''
  const listen = (chunk: unknown) => {
    seen += String(chunk)
    const [next] = left
    if (next === undefined || !next[0].test(seen)) return
    left.shift()
    seen = ''
    if (next[1] === 'SIGINT') child.kill('SIGINT')
    else child.stdin.write(`${next[1]}\n`)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
const folder = join(projectRoot, 'schemas')
for (const file of readdirSync(folder).filter(name => name.endsWith('.schema.json')))
  ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')))

/** The errors of a document against a schema of `schemas/`, such as `doctor` or `terminal#/definitions/plan`; empty where it fits. */
export function schemaErrors(schema: string, document: unknown): readonly string[] {
  const [name = '', part = ''] = schema.split('#')
  const id = `https://matrix-auth-actions.example/schemas/${name}.schema.json${part && `#${part}`}`
  return ajv.validate(id, document)
    ? []
    : (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
