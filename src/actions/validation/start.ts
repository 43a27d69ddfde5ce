/** What the runner starts: the built action, out of V8's cache where there is one. Runs as built by `scripts/build.ts` only. */
import { join } from 'node:path'
import { compiledFolder, runCompiled } from '../../support/compiled.ts'

/** A digest of the built action, put here by the build. */
declare const builtContent: string

runCompiled(join(import.meta.dirname, 'quick/validate-config.cjs'), {
  folder: compiledFolder(process.env),
  content: builtContent,
})
