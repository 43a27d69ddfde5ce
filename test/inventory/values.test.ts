import { describe, expect, test } from 'vitest'
import { templated } from '../../src/inventory/jinja.ts'
import { plainScalar } from '../../src/inventory/read/plain-scalar.ts'
import { pythonValue } from '../../src/inventory/read/python-literal.ts'
import { shellWords } from '../../src/inventory/read/shell-words.ts'
import { shown } from './oracle/shown.ts'

const place = { file: 'f', line: 1, column: 1 }
const text = (value: string) => ({ kind: 'string', value })
const integer = (value: string) => ({ kind: 'integer', value })
const yes = { kind: 'boolean', value: true }
const no = { kind: 'boolean', value: false }

/** Answers of PyYAML 6.0. `pyyaml.test.ts` compares thousands more. */
describe('an unquoted YAML scalar', () => {
  test.each([
    ['yes', yes],
    ['On', yes],
    ['TRUE', yes],
    ['no', no],
    ['off', no],
    ['False', no],
    ['y', text('y')],
    ['n', text('n')],
    ['yEs', text('yEs')],
    ['', { kind: 'null' }],
    ['~', { kind: 'null' }],
    ['Null', { kind: 'null' }],
    ['None', text('None')],
    ['12', integer('12')],
    ['1_000', integer('1000')],
    ['-0x1F', integer('-31')],
    ['0b101', integer('5')],
    ['010', integer('8')],
    ['08', text('08')],
    ['0o17', text('0o17')],
    ['12:30', integer('750')],
    ['12:60', text('12:60')],
    ['0:1', text('0:1')],
    ['190:20:30', integer('685230')],
    ['12e34', text('12e34')],
    ['1.0e5', text('1.0e5')],
    ['1e5', text('1e5')],
    ['1.5e+3', { kind: 'float', value: '0x1.7700000000000p+10' }],
    ['.5', { kind: 'float', value: '0x1.0000000000000p-1' }],
    ['-.5', text('-.5')],
    ['.inf', { kind: 'float', value: 'inf' }],
    ['-.INF', { kind: 'float', value: '-inf' }],
    ['2001-01-01', { kind: 'date' }],
    ['2001-1-1', text('2001-1-1')],
    ['2001-12-14 21:59:43 -5', { kind: 'date' }],
    [
      '1234567890123456789012345678901234567890123456789012345678901234',
      integer('1234567890123456789012345678901234567890123456789012345678901234'),
    ],
  ])('%j has the value of PyYAML', (source, expected) => {
    const value = plainScalar(source)
    expect(value && shown({ ...value, place })).toEqual(expected)
  })
})

describe('an unquoted YAML scalar that PyYAML rejects', () => {
  test.each(['0b_', '0x_', '=', '<<', '2001-02-30', '2001-13-01', '0000-01-01', '2001-01-01 25:00:00'])(
    '%j is no value',
    source => {
      expect(plainScalar(source)).toBeUndefined()
    },
  )
})

/** Answers of Python's `ast.literal_eval`, or the text itself if it fails. */
describe('a value of an INI inventory', () => {
  test.each([
    ['True', yes],
    ['true', text('true')],
    ['False', no],
    ['None', { kind: 'null' }],
    ['22', integer('22')],
    ['010', text('010')],
    ['0x1f', integer('31')],
    ['1_0', integer('10')],
    ['- 5', integer('-5')],
    ['5 # note', integer('5')],
    ['a # note', text('a # note')],
    ["'quoted'", text('quoted')],
    ['"a" "b"', text('ab')],
    ['r"\\n"', text('\\n')],
    ['"\\x41\\u00e9\\101"', text('AéA')],
    ["'open", text("'open")],
    ['1.5', { kind: 'float', value: '0x1.8000000000000p+0' }],
    [
      '[1, (2,), {}]',
      {
        kind: 'list',
        items: [integer('1'), { kind: 'list', items: [integer('2')] }, { kind: 'map', entries: {} }],
      },
    ],
    ["{'k': None}", { kind: 'map', entries: { k: { kind: 'null' } } }],
    ['(7)', integer('7')],
    ['1, 2', { kind: 'list', items: [integer('1'), integer('2')] }],
    ['b"x"', text('b"x"')],
    ['2j', text('2j')],
    ['f(1)', text('f(1)')],
    ['[1, 2', text('[1, 2')],
    ['{{ x }}', { kind: 'unknown' }],
  ])('%j has the value of Python', (source, expected) => {
    expect(shown(pythonValue(source, place))).toEqual(expected)
  })
})

describe('a host line', () => {
  test.each([
    ['h a=b  c="d e" # f', ['h', 'a=b', 'c=d e']],
    ['h a=b#c', ['h', 'a=b']],
    ['h \'a=b\'"c"\\ d', ['h', 'a=bc d']],
    ['h "a\\"b\\c"', ['h', 'a"b\\c']],
    ["h 'a\\'", ['h', 'a\\']],
    ['h ""', ['h', '']],
    ["h 'a", undefined],
    ['h a\\', undefined],
  ])('%j is split like in Python', (line, expected) => {
    expect(shellWords(line)?.map(word => word.text)).toEqual(expected)
  })
})

describe('a string that Ansible would template', () => {
  test.each([
    ['plain', 'plain'],
    ['{% raw %}{{ user.sub }}{% endraw %}', '{{ user.sub }}'],
    ['a {%- raw -%} b {%- endraw -%} c', 'abc'],
    ['{% raw %}a{% endraw %}\nb', 'ab'],
    ['{% raw %}a{% endraw %}\n', 'a\n'],
    ['{% raw %}a\r\nb{% endraw %}', 'a\nb'],
  ])('%j is %j', (source, expected) => {
    expect(templated(source)).toEqual({ kind: 'string', value: expected })
  })

  test.each([
    '{{ x }}',
    'a{% if x %}',
    '{# c #}',
    '{% raw %}a{% endraw %}{{ x }}',
    '{% raw %}a',
    '#jinja2: x',
    '{% raw %}{% endraw %}',
  ])('%j is unknown', source => {
    expect(templated(source).kind).toBe('unknown')
  })
})
