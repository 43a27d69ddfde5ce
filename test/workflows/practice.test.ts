import { expect, test } from 'vitest'
import { inputsOf, readable } from './practice.ts'

test('a comment is printed without HTML, marks and escapes', () => {
  const comment = `<!-- mark -->
### ✅ Ready\n<details><summary>Why &#38; how</summary>\n\n\n
- \\*not bold\\*, a@&#8203;b.example<br>\n</details>`
  expect(readable(comment)).toBe('### ✅ Ready\nWhy & how\n\n- *not bold*, a@b.example')
})

test('a comment has lines of at most 80 columns, and names without addresses', () => {
  const sentence =
    'Fix *the problem* in [vars.yml, line 3](https://github.example/a/b/blob/c/vars.yml#L3) first. '
  const lines = readable(`  - ${sentence.repeat(4)}`).split('\n')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80)
  expect(lines[0]).toMatch(/^- Fix \*the problem\* in vars\.yml, line 3 first\. Fix/)
  expect(lines[1]).toMatch(/^ {2}\S/)
})

test('code and tables in a comment stay as they are', () => {
  const kept = `\`\`\`diff\n-a: '\\.' # ${'x '.repeat(60)}\n+[a](b)\n\`\`\`\n\n| ${'cell '.repeat(30)}|`
  expect(readable(kept)).toBe(kept)
})

test('what a server wrote cannot control the terminal, also not by an entity', () => {
  expect(readable('a\u001b[2Jb &#27;[2J')).toBe('a\\u{1b}[2Jb \\u{1b}[2J')
})

test('the inputs of a workflow are written as NAME=VALUE; a value can contain another sign', () => {
  expect(inputsOf(['operation=rollback', 'confirm-lost-sessions=3', 'host='])).toEqual({
    operation: 'rollback',
    'confirm-lost-sessions': '3',
    host: '',
  })
  expect(inputsOf(['head-commit=a=b'])).toEqual({ 'head-commit': 'a=b' })
  expect(() => inputsOf(['rollback'])).toThrow('Write an input as NAME=VALUE, not "rollback".')
})
