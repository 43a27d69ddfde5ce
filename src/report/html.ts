import { createHash } from 'node:crypto'
import { htmlText, visible } from '../support/escape.ts'
import {
  type Block,
  type Document,
  type Inline,
  isAddress,
  type Text,
  type TimelineSection,
} from './document.ts'
import { plainSeconds } from './times.ts'

/**
 * A document as one HTML file, for a browser without a network and for paper: no script, no other file. Its policy allows its one
 * style sheet and nothing else.
 */
export function renderHtml(title: string, document: Document): string {
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${blocksOf(document)}
</main>
</body>
</html>
`
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --back: #fff; --block: #f6f8fa; --link: #0550ae; --bar: #54aeff; --down: #cf222e }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #b1bac4; --line: #3d444d; --back: #0d1117; --block: #151b23; --link: #79c0ff; --bar: #388bfd; --down: #f85149 } }
@media print { :root { color-scheme: light; --text: #000; --soft: #333; --line: #999; --back: #fff; --block: #fff; --link: #000 } h2, h3 { break-after: avoid } li, tr, svg { break-inside: avoid } }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, "Liberation Sans", "Noto Color Emoji", sans-serif; overflow-wrap: anywhere }
main { max-width: 50rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.3rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1.1rem }
a { color: var(--link) } .note { color: var(--soft); font-size: .875rem } ul { padding-left: 1.2rem } li { margin: .4rem 0 } li > p { margin: .2rem 0 }
code, pre { font: .875em/1.5 ui-monospace, "Liberation Mono", monospace; background: var(--block) } code { padding: .1em .3em } pre { padding: .8rem; border: 1px solid var(--line); white-space: pre-wrap } pre code { padding: 0 }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th, td { overflow-wrap: break-word; border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top }
details { border: 1px solid var(--line); padding: .5rem .8rem; margin: 1rem 0 } summary { font-weight: 600 }
svg { display: block; width: 100%; height: 2rem } .bar { fill: var(--bar) } .down { fill: var(--down) } .key { color: var(--soft) } strong.down { color: var(--down); fill: none }
`
const digest = createHash('sha256').update(style).digest('base64')

function blocksOf(document: Document): string {
  return document.map(htmlOf).filter(Boolean).join('\n')
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${block.lines.map(inline).filter(Boolean).join('<br>\n')}</p>`
    case 'list':
      return `<ul>\n${block.items.map(item => `<li>${blocksOf(item)}</li>`).join('\n')}\n</ul>`
    case 'table':
      return tableOf(block.head, block.rows)
    case 'block':
      return `<pre><code>${blockText(block.text)}</code></pre>`
    case 'folded':
      // Open: paper cannot be unfolded.
      return `<details open><summary>${htmlText(block.summary)}</summary>\n${blocksOf(block.blocks)}\n</details>`
    case 'timeline':
      return timeline(block.sections)
    case 'note':
      return `<p class="note">${inline(block.text)}</p>`
    case 'marker':
      return ''
  }
}

function inline(text: Text): string {
  return text.map(inlineOf).join('')
}

function inlineOf(part: Inline): string {
  if (typeof part === 'string') return sentence(part)
  switch (part.kind) {
    case 'code':
      return `<code>${htmlText(part.text)}</code>`
    case 'strong':
      return `<strong>${htmlText(part.text)}</strong>`
    case 'link': {
      const label = inlineOf(part.label)
      return isAddress(part.address) ? `<a href="${htmlText(part.address)}">${label}</a>` : label
    }
  }
}

function sentence(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map(part => (/^`[^`]+`$/.test(part) ? `<code>${htmlText(part.slice(1, -1))}</code>` : htmlText(part)))
    .join('')
}

function blockText(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(htmlText)
    .join('\n')
}

function tableOf(head: readonly Text[], rows: readonly (readonly Text[])[]): string {
  const label = head
    .flat()
    .filter(part => typeof part === 'string')
    .join(', ')
  const row = (cells: readonly Text[], name: string) =>
    `<tr>${cells.map(cell => `<${name}>${inline(cell)}</${name.split(' ')[0]}>`).join('')}</tr>`
  return `<div class="wide" role="group" aria-label="${htmlText(label)}" tabindex="0"><table>\n<thead>${row(head, 'th scope="col"')}</thead>\n<tbody>\n${rows.map(cells => row(cells, 'td')).join('\n')}\n</tbody>\n</table></div>`
}

const width = 1000

/** Bars to scale, one after the other, with the sections and their times as text. */
function timeline(sections: readonly TimelineSection[]): string {
  const lengths = sections.map(({ bars }) => bars.reduce((sum, { seconds }) => sum + seconds, 0))
  const all = lengths.reduce((sum, length) => sum + length, 0) || 1
  let start = 0
  const rects = sections.map(({ isDown }, index) => {
    const length = ((lengths[index] ?? 0) / all) * width
    const rect = `<rect x="${start.toFixed(1)}" y="${isDown ? 0 : 8}" width="${Math.max(1, length - 1).toFixed(1)}" height="${isDown ? 32 : 16}" class="${isDown ? 'down' : 'bar'}"/>`
    start += length
    return rect
  })
  const texts = sections.map(({ name, isDown }, index) => {
    const text = htmlText(`${name}: ${plainSeconds(lengths[index] ?? 0)}`)
    return `<li>${isDown ? `<strong class="down">${text}</strong>` : text}</li>`
  })
  const label = htmlText(
    sections.map(({ name }, index) => `${visible(name)} ${plainSeconds(lengths[index] ?? 0)}`).join(', '),
  )
  return `<svg viewBox="0 0 ${width} 32" preserveAspectRatio="none" role="img" aria-label="${label}">${rects.join('')}</svg>\n<ul class="key">\n${texts.join('\n')}\n</ul>`
}
