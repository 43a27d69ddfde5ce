import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Loads the scripts that run on the server, and the workflows, as text, as the bundler does. */
const filesAsText = {
  name: 'files-as-text',
  enforce: 'pre' as const,
  load(id: string) {
    if (!/\.(sh|py|yml)$/.test(id)) return undefined
    return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
  },
}

/** Tests against the lab share it, so their files run one after the other. */
function labProject(name: string, include: string) {
  const test = {
    name,
    include: [include],
    globalSetup: ['test/lab-programs.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 900_000,
  }
  return { extends: true as const, test }
}

export default defineConfig({
  plugins: [filesAsText],
  test: {
    // One worker for each core: by default one core is left free, which on two cores means one test file at a time.
    maxWorkers: '100%',
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json-summary'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: ['test/temporary-folder.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{lab,long,faults}.test.ts'],
          // Long enough beside the tests against the lab: no test measures speed.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      labProject('lab', 'test/**/*.lab.test.ts'),
      // Tests of the lab itself, which take long: `npm run test:long`, weekly on GitHub.
      labProject('long', 'test/**/*.long.test.ts'),
      // `npm run faults`.
      labProject('faults', 'test/faults/*.faults.test.ts'),
    ],
  },
})
