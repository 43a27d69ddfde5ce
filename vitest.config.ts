import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Loads a script that runs on the server as text, as the bundler does. */
const serverScriptsAsText = {
  name: 'server-scripts-as-text',
  enforce: 'pre' as const,
  load(id: string) {
    if (!/\.(sh|service|timer)$/.test(id)) return undefined
    return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
  },
}

/** Tests that need the lab run one file after the other: they share it. */
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
  plugins: [serverScriptsAsText],
  test: {
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json-summary'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.lab.test.ts', 'test/**/*.long.test.ts'],
          // For a machine that is busy: no test is a measure of speed.
          testTimeout: 30_000,
        },
      },
      labProject('lab', 'test/**/*.lab.test.ts'),
      // What takes long and stands for the lab itself: `npm run test:long`, weekly on GitHub.
      labProject('long', 'test/**/*.long.test.ts'),
    ],
  },
})
