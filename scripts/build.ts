/** Builds `dist/` from `src/`: an entry per action and the terminal's command, shared code in chunks. `--out DIR` builds elsewhere. */
import { globSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

const root = resolve(import.meta.dirname, '..')
/** An entry per folder of `src/actions/`, each named like its action, and the terminal's command. */
function entries(): Record<string, string> {
  const actions = globSync('src/actions/*/main.ts', { cwd: root }).sort()
  return Object.fromEntries([
    ...actions.map(file => [basename(dirname(file)), file] as const),
    ['cli', 'src/cli/main.ts'] as const,
  ])
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

/** `@actions/core` brings an HTTP client for OIDC tokens, which no action asks for: it is left out. */
const httpClient = /\/node_modules\/(?:@actions\/(?:core|http-client)|undici|tunnel)\//

function isProperty(node: object): node is Node {
  return 'type' in node && node.type === 'Property'
}

export async function buildInto(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true })
  await build({
    cwd: root,
    input: entries(),
    platform: 'node',
    // A build through a link to the packages is the same as one beside them.
    resolve: { symlinks: false },
    transform: { target: 'node24' },
    moduleTypes: { '.sh': 'text', '.py': 'text', '.yml': 'text' },
    external: ['cpu-features', /sshcrypto\.node$/],
    logLevel: 'warn',
    plugins: [withoutExamples],
    treeshake: { moduleSideEffects: [{ test: httpClient, sideEffects: false }] },
    output: {
      dir: directory,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
      // Readable, so that the stack of a bug is too: no maps to download.
      minify: false,
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  })
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  await buildInto(resolve(values.out ?? join(root, 'dist')))
}
