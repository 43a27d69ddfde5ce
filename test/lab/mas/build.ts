import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { type Era, settingsFile } from './standin/era.ts'

const notice =
  '// This is a STAND-IN for Matrix Authentication Service, made for the lab of matrix-auth-actions. What it does and does not do: test/lab/mas/README.md.'

export interface StandInOptions {
  /** Which MAS it plays. Default `1.22`; `0.13` for the `syn2mas-tool` dialect. */
  readonly era?: Era
}

/**
 * Builds the stand-in in the layout of upstream's release archive, so that a folder with the real one can take its place:
 * `outDir/mas-cli`, executable, one file of JavaScript for Node 24 (found on PATH), and `outDir/share/`.
 */
export async function buildStandIn(outDir: string, options: StandInOptions = {}): Promise<void> {
  const program = join(outDir, 'mas-cli')
  await mkdir(join(outDir, 'share'), { recursive: true })
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'standin', 'main.ts'),
    platform: 'node',
    external: [/^node:/, 'pg-native', /^cloudflare:/],
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'cjs', minify: false, codeSplitting: false })
  await bundle.close()
  const code = output.map(part => (part.type === 'chunk' ? part.code : '')).join('')
  await writeFile(program, `#!/usr/bin/env node\n${notice}\n${code}`)
  await chmod(program, 0o755)
  await writeFile(join(outDir, 'share', settingsFile), `${JSON.stringify({ era: options.era ?? '1.22' })}\n`)
}
