/** Builds `dist/` from `src/`: an entry per action and the terminal's command, shared code in chunks. `--out DIR` builds elsewhere. */
import { chmodSync, globSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'rolldown'
import { withoutExamples } from './without-examples.ts'

const root = resolve(import.meta.dirname, '..')
/** An entry per folder of `src/actions/`, each named like its action, and the terminal's command. */
function entries(): Record<string, string> {
  const actions = globSync('src/actions/*/main.ts', { cwd: root }).sort()
  return Object.fromEntries([
    ...actions.map(file => [basename(dirname(file)), file] as const),
    ['cli', 'src/cli/main.ts'] as const,
  ])
}

/** `@actions/core` brings an HTTP client for OIDC tokens, which no action asks for: it is left out. */
const httpClient = /\/node_modules\/(?:@actions\/(?:core|http-client)|undici|tunnel)\//

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
  // `npx` in a folder of a clone runs it as it is.
  chmodSync(join(directory, 'cli.js'), 0o755)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  await buildInto(resolve(values.out ?? join(root, 'dist')))
}
