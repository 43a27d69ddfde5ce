/** Builds `dist/` from `src/`: an entry per action and the terminal's command, shared code in chunks. `--out DIR` builds elsewhere. */
import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'rolldown'

const root = resolve(import.meta.dirname, '..')
const libraries = new Set(['inputs.ts', 'run-action.ts'])

function entries(): Record<string, string> {
  const actions = readdirSync(join(root, 'src/actions'))
    .filter(file => file.endsWith('.ts') && !libraries.has(file))
    .map(file => [file.slice(0, -'.ts'.length), `src/actions/${file}`] as const)
  return Object.fromEntries([...actions, ['cli', 'src/cli.ts'] as const])
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
    moduleTypes: { '.sh': 'text', '.service': 'text', '.timer': 'text' },
    external: ['cpu-features', /sshcrypto\.node$/],
    logLevel: 'warn',
    output: {
      dir: directory,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
      sourcemap: true,
      sourcemapPathTransform: source => source.replace(/^(\.\.\/)+/, ''),
      comments: { legal: true, annotation: false, jsdoc: false },
      minify: false,
    },
  })
}

const { values } = parseArgs({ options: { out: { type: 'string' } } })
if (import.meta.main) await buildInto(resolve(values.out ?? join(root, 'dist')))
