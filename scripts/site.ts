/**
 * Writes the site of the documentation to `site/out/`: every page of the repository as HTML, and the box that checks pasted vars. Fails
 * if a link leads to a file or a heading that does not exist. `--out DIR` writes elsewhere.
 */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Eleventy, { type Config, type MarkdownIt, type Token } from '@11ty/eleventy'
import GithubSlugger from 'github-slugger'
import { build, type Plugin } from 'rolldown'
import { blobAddress } from '../src/domain/toolkit.ts'
import { withoutExamples } from './without-examples.ts'

const root = resolve(import.meta.dirname, '..')
/** The pages, as paths in the repository. */
function pagesIn(from: string): readonly string[] {
  const patterns = ['*.md', '*/README.md', 'docs/**/*.md', 'test/lab/README.md']
  return globSync(patterns, { cwd: from, exclude: ['node_modules/**'] }).sort()
}

/** The path of a page or a picture on the site. docs/ is its root, and docs/README.md its first page. */
function urlOf(file: string): string {
  const isInDocs = file.startsWith('docs/')
  const path = isInDocs
    ? file.slice('docs/'.length).replace(/(?<=^|\/)README\.md$/, 'index.md')
    : file.replace(/^README\.md$/, 'about.md').replace(/\/README\.md$/, '.md')
  return path.replace(/\.md$/, '.html')
}

interface SiteProblem {
  readonly file: string
  readonly text: string
}

/** Links between pages become links on the site; links to other files lead to the repository. Each is checked. */
class Links {
  readonly #from: string
  readonly #pages: ReadonlySet<string>
  readonly #ids = new Map<string, ReadonlySet<string>>()
  readonly images = new Set<string>()
  readonly #problems: SiteProblem[] = []
  readonly #anchors: { readonly source: string; readonly page: string; readonly id: string }[] = []

  constructor(from: string, pages: readonly string[]) {
    this.#from = from
    this.#pages = new Set(pages)
  }

  readonly addTo = (markdown: MarkdownIt): void => {
    markdown.core.ruler.push('links', ({ tokens, env }) => {
      const { source } = env as { readonly source: string }
      this.#headings(source, tokens)
      for (const token of tokens.flatMap(each => [each, ...(each.children ?? [])])) {
        if (token.type === 'link_open')
          token.attrSet('href', this.#address(source, token.attrGet('href') ?? ''))
        if (token.type === 'image') token.attrSet('src', this.#image(source, token.attrGet('src') ?? ''))
        if (token.type.startsWith('html_'))
          token.content = token.content.replace(
            /(?<=<(?:img|source)\s[^>]*?\bsrc(?:set)?=")[^"]+/g,
            address => this.#image(source, address),
          )
      }
    })
  }

  /** After all pages were read. */
  end(): readonly SiteProblem[] {
    const missing = this.#anchors.filter(({ page, id }) => !this.#ids.get(page)?.has(id))
    return [
      ...this.#problems,
      ...missing.map(({ source, page, id }) => ({ file: source, text: `${page} has no heading #${id}` })),
    ]
  }

  #headings(source: string, tokens: readonly Token[]): void {
    const slugger = new GithubSlugger()
    const ids = tokens.flatMap((token, index) => {
      if (token.type !== 'heading_open') return []
      const parts = tokens[index + 1]?.children ?? []
      const id = slugger.slug(parts.map(({ content }) => content).join(''))
      token.attrSet('id', id)
      return [id]
    })
    this.#ids.set(source, new Set(ids))
  }

  #address(source: string, href: string): string {
    if (/^[a-z]+:/i.test(href)) return href
    const [path = '', id] = href.split('#')
    const file = path === '' ? source : posix.join(posix.dirname(source), decodeURI(path))
    const page = this.#pages.has(file) ? file : posix.join(file, 'README.md')
    if (this.#pages.has(page)) {
      if (id !== undefined) this.#anchors.push({ source, page, id })
      return `${relativeUrl(urlOf(source), urlOf(page))}${id === undefined ? '' : `#${id}`}`
    }
    if (!existsSync(join(this.#from, file)))
      this.#problems.push({ file: source, text: `${href} does not exist` })
    return blobAddress(file)
  }

  #image(source: string, src: string): string {
    if (/^[a-z]+:/i.test(src)) return src
    const file = posix.join(posix.dirname(source), src)
    if (!existsSync(join(this.#from, file)))
      this.#problems.push({ file: source, text: `${src} does not exist` })
    else this.images.add(file)
    return relativeUrl(urlOf(source), urlOf(file))
  }
}

function relativeUrl(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to)
}

interface Section {
  readonly title: string
  readonly pages: readonly { readonly title: string; readonly url: string }[]
}

/** The navigation is the index of docs/README.md: a heading for each section, and a list of its pages. */
function sections(index: string): readonly Section[] {
  return index
    .split(/^## /m)
    .slice(1)
    .map(part => {
      const title = part.slice(0, part.indexOf('\n'))
      const links = [...part.matchAll(/^- \[([^\]]+)\]\(([^)#]+)\)/gm)]
      const pages = links.map(([, name = '', path = '']) => ({
        title: name,
        url: urlOf(posix.join('docs', path.endsWith('/') ? `${path}README.md` : path)),
      }))
      return { title, pages }
    })
}

/** What docs/check-vars.md says instead of the box where there is none. */
const notOnSite = /<!-- validator -->[\s\S]*<!-- \/validator -->/

function addPages(config: Config, from: string, pages: readonly string[]): void {
  const read = (file: string) => readFileSync(join(from, file), 'utf8')
  const navigation = sections(read('docs/README.md'))
  const box = readFileSync(join(root, 'site/validator.html'), 'utf8')
  for (const source of pages) {
    const text = read(source)
    const here = urlOf(source)
    config.addTemplate(source, text.replace(notOnSite, box), {
      layout: 'layout.liquid',
      // Braces of Jinja are text.
      templateEngineOverride: 'md',
      permalink: here,
      title: /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? source,
      top: '../'.repeat(here.split('/').length - 1),
      source,
      onGitHub: blobAddress(source),
      here,
      sections: navigation,
      isIndex: here === 'index.html',
    })
  }
}

const withoutNode: Plugin = {
  name: 'without-node',
  resolveId(source, importer) {
    if (isBuiltin(source)) throw new Error(`${importer} imports ${source}, which no browser has`)
    return null
  },
}

/** A script with its imports, as one text. */
export async function bundleForBrowser(entry: string): Promise<string> {
  const { output } = await build({
    cwd: root,
    input: entry,
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    plugins: [withoutExamples, withoutNode],
    output: { format: 'iife', name: 'box', minify: true },
  })
  return output[0].code
}

/**
 * @param from The folder of the repository.
 * @returns what is wrong with the links.
 */
export async function buildSite(out: string, from = root): Promise<readonly SiteProblem[]> {
  rmSync(out, { recursive: true, force: true })
  const pages = pagesIn(from)
  const links = new Links(from, pages)
  const site = new Eleventy(join(root, 'site'), out, {
    configPath: null,
    config(config) {
      config.setQuietMode(true)
      config.setUseGitIgnore(false)
      config.setTemplateFormats('md')
      config.amendLibrary('md', links.addTo)
      addPages(config, from, pages)
    },
  })
  await site.write()
  for (const image of links.images) {
    const target = join(out, urlOf(image))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(from, image), target)
  }
  cpSync(join(root, 'node_modules/github-markdown-css/github-markdown.css'), join(out, 'markdown.css'))
  cpSync(join(root, 'site/site.css'), join(out, 'site.css'))
  writeFileSync(join(out, 'validator.js'), await bundleForBrowser('site/validator.ts'))
  return links.end()
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const problems = await buildSite(resolve(values.out ?? join(root, 'site/out')))
  for (const { file, text } of problems) console.error(`${file}: ${text}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
