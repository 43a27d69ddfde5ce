/** Builds `dist/` from `src/`: an entry per action and the terminal's command, shared code in chunks. `--out DIR` builds elsewhere. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type OutputOptions, type Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

const root = resolve(import.meta.dirname, '..')
const libraries = new Set(['inputs.ts', 'run-action.ts'])

/**
 * Built as CommonJS in few files, and started out of V8's cache: it runs on every pull request, and is quick itself
 * (`docs/decisions/0211-compiled-code.md`).
 */
const quick = { 'validate-config': 'src/actions/validate-config.ts' }
const quickStart = { 'validate-config': 'src/actions/validation/start.ts' }

function entries(): Record<string, string> {
  const actions = readdirSync(join(root, 'src/actions'))
    .filter(file => file.endsWith('.ts') && !libraries.has(file))
    .map(file => [file.slice(0, -'.ts'.length), `src/actions/${file}`] as const)
    .filter(([name]) => !Object.hasOwn(quick, name))
  return Object.fromEntries([...actions, ['cli', 'src/cli.ts'] as const])
}

export async function buildInto(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true })
  await bundle(entries(), {
    dir: directory,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  })
  const inQuick = join(directory, 'quick')
  await bundle(quick, {
    dir: inQuick,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    minify: true,
  })
  const built = readFileSync(join(inQuick, 'validate-config.cjs'))
  const builtContent = JSON.stringify(createHash('sha256').update(built).digest('hex').slice(0, 16))
  await bundle(quickStart, { dir: directory, format: 'cjs', entryFileNames: '[name].cjs' }, { builtContent })
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly key?: Node
  readonly name?: string
}

/** Examples are for tests and pages: what is loaded at every check does without. Lines stay where they are, for the maps. */
const withoutExamples: Plugin = {
  name: 'without-examples',
  transform: {
    filter: { id: /\/src\/rules\/.*\.ts$/, code: /\bexamples:/ },
    handler(code) {
      const found: Node[] = []
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return
        if (isProperty(node) && node.key?.name === 'examples') found.push(node)
        else Object.values(node).forEach(visit)
      }
      visit(parseAst(code, { lang: 'ts' }))
      const shortened = found.reduceRight((text, { start, end }) => {
        const lines = '\n'.repeat(text.slice(start, end).split('\n').length - 1)
        return `${text.slice(0, start)}examples: { wrong: [], right: [] }${lines}${text.slice(end)}`
      }, code)
      return { code: shortened, map: null }
    },
  },
}

function isProperty(node: object): node is Node {
  return 'type' in node && node.type === 'Property'
}

async function bundle(
  input: Record<string, string>,
  output: OutputOptions,
  define: Record<string, string> = {},
): Promise<void> {
  await build({
    cwd: root,
    input,
    platform: 'node',
    // A build through a link to the packages is the same as one beside them.
    resolve: { symlinks: false },
    transform: { target: 'node24', define },
    moduleTypes: { '.sh': 'text', '.service': 'text', '.timer': 'text' },
    external: ['cpu-features', /sshcrypto\.node$/],
    logLevel: 'warn',
    plugins: [withoutExamples],
    output: {
      minify: false,
      ...output,
      sourcemap: true,
      sourcemapPathTransform: source => source.replace(/^(\.\.\/)+/, ''),
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  })
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  await buildInto(resolve(values.out ?? join(root, 'dist')))
}
