import { expect, test } from 'vitest'
import { namesIn } from '../../src/inventory/jinja.ts'

test.each([
  ['{{ user.name }}', ['user']],
  ["{{ (user.email | split('@'))[0] }}", ['user']],
  ["{{ a.b | default(c, boolean=true) ~ d['e'] }}", ['a', 'c', 'true', 'd']],
  ['{%- set u = extra["user"] | from_json -%}{{- u.name -}}', ['set', 'extra', 'u']],
  ["{{ '{{ user.name }}' }}", []],
  ['{% raw %}{{ a }}{% endraw %}{{ b }}', ['b']],
  ["{{ 'it\\'s a' ~ b }}", ['b']],
  ['{{ a == b }}', ['a', 'b']],
  ['a plain text', []],
])('the Jinja of %j names %j', (text, names) => {
  expect([...namesIn(text)]).toEqual(names)
})

test('a hostile text takes linear time', () => {
  for (const part of [`'\\`, '"a', '. ', 'a  ', '\'"', '{{']) {
    // With quadratic time this would take minutes.
    expect([...namesIn(`{{ ${part.repeat(100_000)}`)].length).toBeLessThan(200_001)
  }
})
