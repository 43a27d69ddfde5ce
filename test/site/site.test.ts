import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite } from '../../scripts/site.ts'

let folder = ''
let problems: readonly { readonly file: string; readonly text: string }[] = []
const files = {
  'docs/README.md': '# Index\n\n## Start\n\n- [One](one.md): first.\n- [Rules](rules/): all.\n',
  'docs/one.md':
    '# One `{{ jinja }}`\n\n## A heading, twice\n\n## A heading, twice\n\n[good](rules/README.md#the-rules) [twice](#a-heading-twice-1) [file](../action.yml) [out](https://example.com/)\n\n[bad file](two.md) [bad heading](rules/README.md#no) [bad place](#nowhere) ![bad picture](no.png)\n\n<picture><source srcset="tour/dark.png"><img alt="" src="tour/missing.png"></picture>\n',
  'docs/rules/README.md': '# The rules\n\n[up](../one.md)\n',
  'README.md': '# About\n\n![picture](docs/tour/light.png)\n\n<img alt="" src="docs/tour/dark.png">\n',
  'docs/tour/dark.png': 'dark',
  'docs/tour/light.png': 'light',
  'action.yml': 'name: x\n',
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'site-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  problems = await buildSite(join(folder, 'out'), folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const page = (path: string) => readFileSync(join(folder, 'out', path), 'utf8')

describe('the site', () => {
  test('reports each link to a file, a heading or a picture that does not exist', () => {
    expect(problems.map(({ file, text }) => `${file}: ${text}`)).toEqual([
      'docs/one.md: two.md does not exist',
      'docs/one.md: no.png does not exist',
      'docs/one.md: tour/missing.png does not exist',
      'docs/one.md: docs/rules/README.md has no heading #no',
      'docs/one.md: docs/one.md has no heading #nowhere',
    ])
  })

  test('links pages to each other, and everything else to the repository', () => {
    expect(page('one.html')).toContain('href="rules/index.html#the-rules"')
    expect(page('one.html')).toMatch(
      /href="https:\/\/github\.com\/[\w-]+\/matrix-auth-actions\/blob\/main\/action\.yml"/,
    )
    expect(page('rules/index.html')).toContain('href="../one.html"')
    expect(page('rules/index.html')).toContain('href="../site.css"')
  })

  test('has each picture of a page, also one in HTML', () => {
    expect(page('one.html')).toContain('srcset="tour/dark.png"')
    expect(page('about.html')).toContain('src="tour/light.png"')
    expect(page('about.html')).toContain('src="tour/dark.png"')
    expect([page('tour/dark.png'), page('tour/light.png')]).toEqual(['dark', 'light'])
  })

  test('has the headings of GitHub, and shows Jinja as text', () => {
    expect(page('one.html')).toContain('<h2 id="a-heading-twice-1">')
    expect(page('one.html')).toContain('<code>{{ jinja }}</code>')
  })

  test('has the index of docs/README.md as its navigation', () => {
    expect(page('one.html')).toContain('<a href="one.html" aria-current="page">One</a>')
    expect(page('rules/index.html')).toContain('<a href="../rules/index.html" aria-current="page">Rules</a>')
  })

  test('lets no page load, run or send anything that is not its own', () => {
    expect(page('one.html')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'",
    )
    expect(page('one.html')).not.toMatch(/<script(?! src="validator\.js")|\son\w+=|style="/)
  })
})
