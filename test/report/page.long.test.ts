import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePrograms, findProgram } from '../../scripts/programs.ts'
import type { Document } from '../../src/report/document.ts'
import { healthDocument } from '../../src/report/health.ts'
import { renderHtml } from '../../src/report/html.ts'
import { migrationDocument } from '../../src/report/migration.ts'
import { rehearsalDocument } from '../../src/report/rehearsal.ts'
import { finding, health, migration, rehearsal } from './samples.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const long = 'x'.repeat(300)
const reports: Readonly<Record<string, Document>> = {
  migration: migrationDocument(migration),
  'failed migration': migrationDocument(
    { ...migration, outcome: 'restored', failure: `It failed: ${long}\nWhere: here`, lost: { sessions: 3 } },
    { toRestore: { lines: [`a: ${long}`], file: `inventory/${long}.yml` } },
  ),
  rehearsal: rehearsalDocument([
    { ...rehearsal, verdict: 'would-fail', findings: [finding], toolOutput: [long] },
  ]),
  doctor: healthDocument([{ ...health, findings: [{ ...finding, message: long }] }]),
}

let browser: Browser
let folder = ''

beforeAll(async () => {
  await ensurePrograms({ chromium: 'chromium' }, 'The test of the reports lacks')
  folder = mkdtempSync(join(tmpdir(), 'report-'))
  // It runs as root.
  browser = await chromium.launch({ executablePath: findProgram('chromium') ?? '', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Look {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** Opens a report as a file, without a network. `bypassCSP` is for the scripts of the test alone. */
async function open(document: Document, { width, colorScheme }: Look, bypassCSP = true): Promise<Page> {
  const file = join(folder, 'report.html')
  writeFileSync(file, renderHtml('Report', document))
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    offline: true,
    bypassCSP,
  })
  const page = await context.newPage()
  await page.goto(pathToFileURL(file).href)
  return page
}

const looks: readonly Look[] = [1280, 360].flatMap(width =>
  (['light', 'dark'] as const).map(colorScheme => ({ width, colorScheme })),
)

describe.each(Object.entries(reports))('the report of a %s', (_, document) => {
  test.each(looks)('has no finding of axe, and fits into its width: %j', async look => {
    const page = await open(document, look)
    await page.evaluate(axe)
    const violations = await page.evaluate('axe.run().then(({ violations }) => violations)')
    expect(violations).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width)
    await page.context().close()
  })
})

test('its colours follow the browser, and paper is white', async () => {
  const background = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const dark = await open(reports.migration ?? [], { width: 800, colorScheme: 'dark' })
  expect(await background(dark)).toBe('rgb(13, 17, 23)')
  await dark.emulateMedia({ media: 'print' })
  expect(await background(dark)).toBe('rgb(255, 255, 255)')
  expect((await dark.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  await dark.context().close()
})

test('its policy applies its style, and lets nothing else run or load', async () => {
  const evil = renderHtml('Report', reports.doctor ?? []).replace(
    '</main>',
    '<script>document.title = "ran"</script><img src="https://stolen.invalid/x"><p id="p" style="color: red">x</p></main>',
  )
  const page = await open([], { width: 800, colorScheme: 'light' }, false)
  const blocked: string[] = []
  page.on('console', message => blocked.push(message.text()))
  writeFileSync(join(folder, 'report.html'), evil)
  await page.reload()
  expect(await page.title()).toBe('Report')
  expect(blocked.filter(text => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(3)
  const colours = await page.evaluate(
    "[getComputedStyle(document.querySelector('#p')).color, getComputedStyle(document.querySelector('main')).maxWidth]",
  )
  expect(colours).toEqual(['rgb(31, 35, 40)', '800px'])
  await page.context().close()
})

test('shows the time without a homeserver as a bar of its own, in its length', async () => {
  const page = await open(reports.migration ?? [], { width: 800, colorScheme: 'light' })
  const widths = await page.evaluate<readonly (readonly [string, number])[]>(
    '[...document.querySelectorAll("rect")].map(rect => [rect.className.baseVal, rect.width.baseVal.value])',
  )
  expect(widths.map(([name]) => name)).toEqual(['bar', 'down', 'bar'])
  expect(widths[1]?.[1]).toBeGreaterThan(50)
  await page.context().close()
})
