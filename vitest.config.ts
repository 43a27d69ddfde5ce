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

export default defineConfig({
  plugins: [serverScriptsAsText],
  test: {
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json-summary'] },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.lab.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['test/**/*.lab.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
