/**
 * Writes docs/tour.md and its pictures: what a person sees on GitHub, from the texts that `test/workflows/lab.long.test.ts` got from real
 * runs of the templates. Needs Chromium, pngquant, and an emoji font.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { run } from './process.ts'

const root = resolve(import.meta.dirname, '..')
const texts = join(root, 'act-output')
const pictures = join(root, 'docs/tour')

interface Stop {
  /** Of the text and its picture. */
  readonly name: string
  readonly title: string
  readonly text: string
  /** The line above the text on GitHub. */
  readonly bar: string
}

const comment = '<b>github-actions</b> <i>bot</i> commented'
const summary = 'Summary of the job'

const stops: readonly Stop[] = [
  {
    name: 'wrong',
    title: 'A pull request with a mistake',
    text: 'The check fails, and a comment names each problem with its line, the reason and the fix. The same findings are annotations in *Files changed*.',
    bar: comment,
  },
  {
    name: 'prepare',
    title: 'The pull request that prepares',
    text: 'The comment says what merging does to each host. After the merge, MAS runs beside Synapse, and users notice nothing.',
    bar: comment,
  },
  {
    name: 'migrate',
    title: 'The pull request that migrates',
    text: 'The migration is rehearsed on the real server. The comment then also shows how many accounts and sessions would migrate, and the expected downtime.',
    bar: comment,
  },
  {
    name: 'merged',
    title: 'After the merge',
    text: 'A second comment shows the outcome.',
    bar: comment,
  },
  {
    name: 'merged-summary',
    title: 'The summary of the migration',
    text: 'The job that migrated has the details: the proofs that users can continue, and the time of each step.',
    bar: summary,
  },
  {
    name: 'sick',
    title: 'The doctor finds a problem',
    text: 'Some hours later MAS does not run, and an issue says so. The doctor closes the issue when the server is healthy again.',
    bar: '<b>matrix.example.test is not healthy</b>',
  },
  {
    name: 'rollback-counted',
    title: 'A rollback, without a confirmation',
    text: 'The first run only counts what users would lose. It changes nothing.',
    bar: summary,
  },
  {
    name: 'rollback',
    title: 'A rollback, confirmed',
    text: 'The second run, with this number, rolls back. Its summary has the change of the vars that makes the default branch match the server, as a command to paste.',
    bar: summary,
  },
  {
    name: 'two-hosts-merged',
    title: 'Several hosts',
    text: 'One comment has a row per host. Here the second host does not answer, while the first one is migrated.',
    bar: comment,
  },
]

/** As GitHub shows it, roughly. */
const style = `
body { margin: 0; padding: 16px; width: 808px; font: 14px/1.5 "Liberation Sans", "Noto Color Emoji", sans-serif; color: #1f2328 }
.box { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden }
.bar { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e }
.bar b { color: #1f2328 } .bar i { font: 12px "Liberation Sans"; border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 6px }
.text { padding: 4px 16px 16px } a { color: #0969da; text-decoration: none }
table { border-collapse: collapse; margin: 0 0 16px } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left }
tr:nth-child(2n) { background: #f6f8fa } h2 { font-size: 21px; border-bottom: 1px solid #d1d9e0 } h3 { font-size: 17px }
code { font: 12px "Liberation Mono"; background: #818b981f; border-radius: 6px; padding: .2em .4em }
td code { overflow-wrap: anywhere } pre { background: #f6f8fa; padding: 16px; overflow: hidden; border-radius: 6px } pre code { background: none; padding: 0 }
`

function pageOf({ name, bar }: Stop): string {
  const markdown = readFileSync(join(texts, `${name}.md`), 'utf8')
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
  const html = micromark(markdown, options)
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>
<div class="box"><div class="bar">${bar}</div><div class="text">${html}</div></div>
<script>document.title = \`height \${document.documentElement.scrollHeight}\`</script>`
}

async function chromium(...args: readonly string[]): Promise<string> {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-lcd-text', '--hide-scrollbars']
  const { ok, output } = await run(['chromium', ...flags, ...args])
  if (!ok) throw new Error(`chromium failed: ${output}`)
  return output
}

const largest = 150_000

async function takePicture(stop: Stop, folder: string): Promise<void> {
  const page = join(folder, `${stop.name}.html`)
  const picture = join(pictures, `${stop.name}.png`)
  writeFileSync(page, pageOf(stop))
  const [, height] =
    /<title>height (\d+)/.exec(await chromium('--window-size=840,100', '--dump-dom', page)) ?? []
  if (height === undefined) throw new Error(`${page} was not shown`)
  await chromium(`--window-size=840,${height}`, `--screenshot=${picture}`, page)
  const quantized = await run(['pngquant', '--force', '--output', picture, '64', picture])
  if (!quantized.ok) throw new Error(`pngquant failed: ${quantized.output}`)
  const { size } = statSync(picture)
  if (size > largest) throw new Error(`${picture} has ${size} bytes, more than ${largest}`)
}

const intro = `# A tour

What you see on GitHub, from a pull request with a mistake to the migrated server and back. The texts are from runs of the templates by act, another implementation of GitHub's engine, on a homeserver of the lab with 200 accounts and a stand-in for MAS (\`npx vitest run --project long test/workflows\`). The pictures show these texts at the width of GitHub's pages; \`node scripts/tour.ts\` takes them.`

function tourPage(): string {
  const sections = stops.map(
    ({ name, title, text }, index) => `## ${index + 1}. ${title}\n\n${text}\n\n![${title}](tour/${name}.png)`,
  )
  return `${[intro, ...sections].join('\n\n')}\n`
}

rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'tour-'))
try {
  for (const stop of stops) await takePicture(stop, folder)
} finally {
  rmSync(folder, { recursive: true })
}
writeFileSync(join(root, 'docs/tour.md'), tourPage())
