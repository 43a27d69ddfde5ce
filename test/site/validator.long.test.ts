import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePrograms, findProgram } from '../../scripts/programs.ts'
import { buildSite } from '../../scripts/site.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let folder = ''
let address = ''
let server: Server
let browser: Browser
let page: Page
const requests: string[] = []
const kinds: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.html': 'text/html',
}

beforeAll(async () => {
  await ensurePrograms({ chromium: 'chromium' }, 'The test of the site lacks')
  folder = mkdtempSync(join(tmpdir(), 'site-'))
  expect(await buildSite(folder)).toEqual([])
  server = createServer(({ url = '/' }, response) => {
    requests.push(url)
    const path = join(folder, normalize(new URL(url, 'http://site').pathname))
    response.setHeader('content-type', kinds[extname(path)] ?? 'application/octet-stream')
    if (existsSync(path)) response.end(readFileSync(path))
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? '',
    args: ['--no-sandbox'], // it runs as root
  })
  page = await browser.newPage()
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await page.goto(`${address}/check-vars.html`)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const secret = 'S3cr3tValue'
const vars = `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${secret}\n`

async function check(text: string, where = page): Promise<string | null> {
  await where.fill('#vars', text)
  await where.click('#validator [type=submit]')
  return where.locator('#result').textContent()
}

test('the box checks what is pasted, with the line, the reason and the page of the rule', async () => {
  const result = await check(vars)
  expect(result).toContain('error, line 2')
  expect(result).toContain('mas/encryption-secret-format')
  expect(result).not.toContain(secret)
  const link = await page.getAttribute('#result a', 'href')
  expect(() => readFileSync(join(folder, link ?? ''))).not.toThrow()
})

test('a fix is applied in the box, and removes its finding', async () => {
  const enabled = 'matrix_authentication_service_enabled: true\n'
  const rule = 'mas/delegation-while-prepared'
  expect(await check(`${enabled}matrix_authentication_service_migration_in_progress: true\n`)).toContain(rule)
  await page.locator('#result li', { hasText: rule }).getByRole('button').click()
  expect(await page.inputValue('#vars')).toContain(
    'matrix_synapse_matrix_authentication_service_enabled: false',
  )
  expect(await page.locator('#result').textContent()).not.toContain(rule)
})

test('what is pasted is shown as text', async () => {
  await check('"<img src=x onerror=document.title=1>": [\n')
  expect(await page.locator('#result img').count()).toBe(0)
})

test('nothing leaves the page, and a script in it could send nothing', async () => {
  const before = requests.length
  await check(vars)
  const tried = await page.evaluate(async () => {
    const target = `${location.origin}/stolen`
    const blocked: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      blocked.push(effectiveDirective)
    })
    const fetched = await fetch(target).then(
      () => 'sent',
      () => 'refused',
    )
    navigator.sendBeacon(target)
    new Image().src = 'https://stolen.invalid/'
    await new Promise(resolve => setTimeout(resolve, 500))
    return { fetched, blocked, kept: localStorage.length + document.cookie.length }
  })
  expect(tried).toEqual({ fetched: 'refused', blocked: ['connect-src', 'connect-src', 'img-src'], kept: 0 })
  expect(requests.slice(before)).toEqual([])
})

describe.each(['light', 'dark'] as const)('on a phone, %s', colorScheme => {
  let phone: Page

  beforeAll(async () => {
    // `bypassCSP` is for the script of axe alone.
    const look = { viewport: { width: 390, height: 800 }, colorScheme, bypassCSP: true }
    phone = await browser.newPage(look)
  })
  afterAll(() => phone.close())

  const paths = [
    'index',
    'about',
    'check-vars',
    'one-server',
    'comparison',
    'troubleshooting',
    'migrate',
    'reference/cli',
    'rules/mas-password-unicode-default',
    'checks/index',
  ]
  test.each(paths)('%s has no finding of axe, and fits into its width', async path => {
    await phone.goto(`${address}/${path}.html`)
    if (path === 'check-vars') await check(vars, phone)
    await phone.evaluate(axe)
    expect(await phone.evaluate('axe.run().then(({ violations }) => violations)')).toEqual([])
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
