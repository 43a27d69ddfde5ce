import fc from 'fast-check'

const pieces = [
  ...['a: 1', 'b:', 'c: x', '- ', '- a', '- a: 1', '  ', '? k', ': v', '"q"', "'s'", '"q": 1', "'it''s': x"],
  ...[
    '[',
    'a, b',
    '[a, b]',
    '{',
    '{a: 1}',
    '{a: 1, b: [2, {c: d}]}',
    ']',
    '}',
    ',',
    '# c',
    'x # c',
    '&x',
    '*x',
  ],
  ...['&x a', '<<: *x', '!!str 1', '!t x', '|', '>', '|-', '>+', '|2', 'text', 'more text', '---', '...'],
  ...['%YAML 1.1', 'key: |', 'key: >-', '"a\\', '\\n"', '"\\x41\\u00e9"', 'a:b', 'a:', 'a: b: c', '12:30'],
  ...['yes', '"open', "'open", '@x', '`x', '%x', 'a: "x" y', '? [a]', '{? a : b}', '[a: b]', '[a\n: b]'],
  ...[
    '{a\n: b}',
    '- - x',
    '-',
    '-x',
    '?x',
    ':x',
    'a #b',
    'a#b',
    '~',
    '.5',
    '2001-01-01',
    '=',
    'é: ü',
    '!',
    '! x',
  ],
  ...['!<tag:yaml.org,2002:str> 1', '!!int "1"', '!!map {a: 1}', '!!seq {a: 1}', 'a: &y 1', 'b: *y', 'c: *x'],
  ...[
    'key: "multi',
    '  line"',
    'key: plain',
    '  continued',
    '\u2028',
    '\x85',
    '\r',
    '\r\n',
    '{a}',
    '{a, b: }',
  ],
  ...[
    '{"a":1}',
    '{a:1}',
    '[,]',
    '[a,]',
    '{,}',
    '[a b]',
    '!!float 1',
    '!!bool 7',
    '%TAG ! tag:x,1:',
    '\ufeff',
  ],
]
const indentation = fc.constantFrom('', '', '', ' ', '  ', '  ', '    ', '\t')
const line = fc
  .tuple(
    indentation,
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(' ', '', ' '),
  )
  .map(([start, parts, between]) => start + parts.join(between))

/** Lines of YAML punctuation in random order, mostly invalid. */
export const yamlSoup: fc.Arbitrary<string> = fc.array(line, { maxLength: 7 }).map(lines => lines.join('\n'))

const scalars = [
  ...['x', '1', '"q"', "'s'", 'a b', '~', 'yes', '12:30', '"m\n  n"', 'p\n   q', '*x', '!!str 1', '&x 1', ''],
  ...['|\n    t\n     u\n', '>-\n    t\n    u\n\n    v\n      w\n', '|+\n    t\n\n', '{a: 1}', '[1, 2]'],
  ...['# c\n    z', 'a#b', 'a:b', '[\n    1,\n   2]', '{a: b,\n    c: d}', '"a\\\n    b"', "'it''s'", '\t x'],
  ...['&y\n    a: 1', '<<', '=', '0x1f', '1_0', '-', '- x', '? a', '!', '{? a: b}', '[? a : b, c]', '"k": v'],
  ...['{"k":v}', '2001-1-1 1:1:1', '2001-02-30', '012', '0o17', '1e3', '12e34', '1.5e+3', '>2\n     deep\n'],
]
const keys = ['a', 'b', 'c', 'd', '"e"', "'f'", 'g h', '<<', '? i\n', 'é', '&k j', '!!str l', '[m]', '{n: o}']

function tree(depth: number): fc.Arbitrary<string> {
  const scalar = fc.constantFrom(...scalars)
  const deeper = depth > 0 ? [{ weight: 1, arbitrary: tree(depth - 1) }] : []
  const under = deeper.flatMap(({ weight, arbitrary }) => [
    { weight, arbitrary: arbitrary.map(text => `\n${text.replace(/^/gm, '  ')}`) },
    { weight, arbitrary: arbitrary.map(text => `\n${text}`) },
  ])
  const colon = fc.constantFrom(': ', ': ', ': ', ':', ':\t')
  const entry = fc
    .tuple(fc.constantFrom(...keys), fc.oneof({ weight: 4, arbitrary: scalar }, ...under), colon)
    .map(([key, value, sign]) => key + sign + value)
  const within = deeper.map(({ weight, arbitrary }) => ({
    weight,
    arbitrary: arbitrary.map(text => text.replaceAll('\n', '\n  ')),
  }))
  const item = fc.oneof({ weight: 3, arbitrary: scalar }, ...within).map(value => `- ${value}`)
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.array(entry, { minLength: 1, maxLength: 4 }) },
      { weight: 2, arbitrary: fc.array(item, { minLength: 1, maxLength: 4 }) },
    )
    .map(lines => lines.join('\n'))
}

/** Nested mappings and lists with values of all forms, valid and nearly valid. */
export const yamlTrees: fc.Arbitrary<string> = tree(2)
