import { expect, test } from 'vitest'
import { inputsOf, readable } from './practice.ts'

test('a comment is printed without HTML, marks and escapes', () => {
  const comment = `<!-- mark -->
### ✅ Ready\n<details><summary>Why &#38; how</summary>\n\n\n
- \\*not bold\\*, a@&#8203;b.example<br>\n</details>`
  expect(readable(comment)).toBe('### ✅ Ready\nWhy & how\n\n- *not bold*, a@b.example')
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
