import type { Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly key?: Node
  readonly name?: string
}

/** Examples are for tests and pages: what is loaded at every check does without. Lines stay where they are, for the maps. */
export const withoutExamples: Plugin = {
  name: 'without-examples',
  transform: {
    filter: { id: /\/src\/rules\/.*\.ts$/, code: /\bexamples:/ },
    handler(code) {
      const found: Node[] = []
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return
        if (isProperty(node) && node.key?.name === 'examples') found.push(node)
        else Object.values(node).forEach(visit)
      }
      visit(parseAst(code, { lang: 'ts' }))
      const shortened = found.reduceRight((text, { start, end }) => {
        const lines = '\n'.repeat(text.slice(start, end).split('\n').length - 1)
        return `${text.slice(0, start)}examples: { wrong: [], right: [] }${lines}${text.slice(end)}`
      }, code)
      return { code: shortened, map: null }
    },
  },
}

function isProperty(node: object): node is Node {
  return 'type' in node && node.type === 'Property'
}
