/**
 * Writes docs/tour.md and its pictures: what a person sees on GitHub and in a terminal, from the texts that
 * `test/workflows/lab.long.test.ts` got from real runs on the lab, and the site. Needs Chromium, pngquant, an emoji font, and Mermaid.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AnsiUp } from 'ansi_up'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { type Browser, chromium } from 'playwright-core'
import { run } from './process.ts'
import { findProgram } from './programs.ts'
import { buildSite } from './site.ts'

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
    text: 'The comment says what merging does to each host and what happens next. After the merge, MAS runs beside Synapse, and users notice nothing.',
    bar: comment,
  },
  {
    name: 'migrate',
    title: 'The pull request that migrates',
    text: 'The migration is rehearsed on the real server. The comment then begins with the expected downtime, and says how many accounts and sessions would migrate.',
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
    text: 'The job that migrated says how long users had no homeserver, what they lost, what was proven, what to tell them, and how to roll back.',
    bar: summary,
  },
  {
    name: 'sick',
    title: 'The doctor finds a problem',
    text: 'Some hours later Synapse, its worker and MAS are stopped. An issue says since when, what users notice, and what to do first. The doctor closes the issue when the server is healthy again.',
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
    text: 'One comment has a line per host. Here the second host does not answer, while the first one is migrated.',
    bar: comment,
  },
]

/** Colours of GitHub for what its style sheet of Markdown does not have. */
const themes = {
  light: { text: '#1f2328', soft: '#59636e', line: '#d1d9e0', back: '#ffffff', block: '#f6f8fa' },
  dark: { text: '#f0f6fc', soft: '#9198a1', line: '#3d444d', back: '#0d1117', block: '#151b23' },
} as const
type Theme = keyof typeof themes

const styleOf = (theme: Theme) => {
  const { text, soft, line, back, block } = themes[theme]
  const file = join(root, `node_modules/github-markdown-css/github-markdown-${theme}.css`)
  return `${readFileSync(file, 'utf8')}
body { margin: 0; padding: 16px; color: ${text}; background: ${back} }
body, .markdown-body { font: 14px/1.5 "Liberation Sans", "Noto Color Emoji", sans-serif }
.box { border: 1px solid ${line}; border-radius: 6px; overflow: hidden }
.bar { padding: 8px 16px; background: ${block}; border-bottom: 1px solid ${line}; color: ${soft} }
.bar b { color: ${text} } .bar i { font: 12px "Liberation Sans"; border: 1px solid ${line}; border-radius: 2em; padding: 0 6px }
.text { padding: 16px } .markdown-body pre.mermaid { background: none; padding: 0 }
`
}

function boxOf(bar: string, body: string, theme: Theme, more = ''): string {
  return `<!doctype html><meta charset="utf-8"><style>${styleOf(theme)}${more}</style>
<div class="box"><div class="bar">${bar}</div><div class="text">${body}</div></div>`
}

function pageOf({ name, bar }: Stop, theme: Theme): string {
  const markdown = readFileSync(join(texts, `${name}.md`), 'utf8')
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
  const html = micromark(markdown, options).replaceAll(
    /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
    '<pre class="mermaid">$1</pre>',
  )
  return boxOf(bar, `<div class="markdown-body">${html}</div>`, theme)
}

/** What a terminal shows, by the command. Each is recorded with its colours. */
const terminals = {
  'terminal-validate': 'matrix-auth-actions validate',
  'terminal-doctor': 'matrix-auth-actions doctor',
} as const

const terminalColours = {
  light: { red: '#a0111f', green: '#116329', yellow: '#6b4700', cyan: '#0a5d6b' },
  dark: { red: '#ff7b72', green: '#3fb950', yellow: '#d29922', cyan: '#39c5cf' },
} as const

function terminalPage(name: keyof typeof terminals, theme: Theme): string {
  const converter = new AnsiUp()
  converter.use_classes = true
  const html = converter.ansi_to_html(readFileSync(join(texts, `${name}.txt`), 'utf8'))
  const colours = Object.entries(terminalColours[theme]).map(
    ([colour, value]) => `.ansi-${colour}-fg { color: ${value} }`,
  )
  const more = `pre { margin: 0; font: 13px/1.4 "Liberation Mono", "Noto Color Emoji"; white-space: pre-wrap } ${colours.join(' ')}`
  return boxOf(`<b>$ ${terminals[name]}</b>`, `<pre>${html}</pre>`, theme, more)
}

const largest = 200_000

interface Picture {
  readonly name: string
  /** A page, or the address of one. */
  readonly html: string | URL
  readonly theme: Theme
  readonly width: number
}

async function takePicture(browser: Browser, { name, html, theme, width }: Picture): Promise<void> {
  const page = await browser.newPage({
    viewport: { width, height: typeof html === 'string' ? 100 : 900 },
    colorScheme: theme,
    bypassCSP: true,
  })
  if (typeof html === 'string') await page.setContent(html)
  else await page.goto(html.href)
  if (typeof html === 'string' && html.includes('class="mermaid"')) {
    await page.addScriptTag({ path: mermaid() })
    await page.evaluate(
      `mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' }); mermaid.run()`,
    )
  }
  const overflow = await page.evaluate(`document.documentElement.scrollWidth - ${width}`)
  if (overflow !== 0) throw new Error(`${name} is ${overflow} pixels wider than ${width}`)
  const picture = join(pictures, `${name}.png`)
  await page.screenshot({ path: picture, fullPage: typeof html === 'string' })
  await page.close()
  const quantized = await run(['pngquant', '--force', '--output', picture, '32', picture])
  if (!quantized.ok) throw new Error(`pngquant failed: ${quantized.output}`)
  const { size } = statSync(picture)
  if (size > largest) throw new Error(`${picture} has ${size} bytes, more than ${largest}`)
}

/** GitHub draws the timeline with it. No other part of the project needs its hundred packages. */
function mermaid(): string {
  const file = process.env.MERMAID
  if (file === undefined || !existsSync(file))
    throw new Error(
      'set MERMAID to mermaid.min.js: npm install --prefix FOLDER mermaid@11, then FOLDER/node_modules/mermaid/dist/mermaid.min.js',
    )
  return file
}

const intro = `# A tour

What you see on GitHub, from a pull request with a mistake to the migrated server and back. The texts are from one run of the test \`npx vitest run --project long test/workflows\`: act, another implementation of GitHub's engine, runs the templates on a homeserver of the lab with 200 accounts and a stand-in for MAS. Accounts of bridges stay in Synapse, so fewer accounts migrate. People use the server meanwhile, so numbers change from picture to picture. \`node scripts/tour.ts\` takes the pictures, at the width of GitHub's pages, in light and dark.`

/** GitHub shows the picture that fits the colours of the reader. */
function picture(name: string, title: string): string {
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="tour/${name}-dark.png"><img alt="${title}" src="tour/${name}.png"></picture>`
}

function tourPage(): string {
  const sections = stops.map(
    ({ name, title, text }, index) => `## ${index + 1}. ${title}\n\n${text}\n\n${picture(name, title)}`,
  )
  const others = [
    `## The same comment on a phone\n\n${picture('migrate-phone', 'The comment on a phone')}`,
    `## The report for people\n\nThe artifact of the job that migrated has the same report as one HTML file. It needs no network, and prints well.\n\n${picture('report', 'The report for people')}`,
    `## In a terminal\n\nThe same check of the pull request with a mistake, by \`npx matrix-auth-actions validate\`:\n\n${picture('terminal-validate', 'The findings, by file')}\n\nThe health check of the server on which Synapse, its worker and MAS are stopped, by \`npx matrix-auth-actions doctor\`:\n\n${picture('terminal-doctor', 'What the doctor found')}`,
    `## The documentation\n\n${picture('site', 'A page of the site')}`,
  ]
  return `${[intro, ...sections, ...others].join('\n\n')}\n`
}

function picturesIn(theme: Theme): readonly Picture[] {
  const suffix = theme === 'dark' ? '-dark' : ''
  const phone = stops.filter(({ name }) => name === 'migrate')
  return [
    ...stops.map(stop => ({ name: `${stop.name}${suffix}`, html: pageOf(stop, theme), theme, width: 840 })),
    ...phone.map(stop => ({ name: `migrate-phone${suffix}`, html: pageOf(stop, theme), theme, width: 390 })),
    ...(['terminal-validate', 'terminal-doctor'] as const).map(name => ({
      name: `${name}${suffix}`,
      html: terminalPage(name, theme),
      theme,
      width: 840,
    })),
    { name: `site${suffix}`, html: pathToFileURL(join(site, 'one-server.html')), theme, width: 1280 },
    { name: `report${suffix}`, html: readFileSync(join(texts, 'report.html'), 'utf8'), theme, width: 840 },
  ]
}

const site = mkdtempSync(join(tmpdir(), 'site-'))
await buildSite(site)
rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures, { recursive: true })
// It runs as root.
const browser = await chromium.launch({
  executablePath: findProgram('chromium') ?? '',
  args: ['--no-sandbox'],
})
try {
  for (const theme of ['light', 'dark'] as const)
    for (const each of picturesIn(theme)) await takePicture(browser, each)
} finally {
  await browser.close()
  rmSync(site, { recursive: true })
}
writeFileSync(join(root, 'docs/tour.md'), tourPage())
