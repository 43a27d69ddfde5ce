import { type Expression, findInJinja } from '../facts/expressions.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

/** Python attributes. Another `__x__` in a string may be a placeholder. */
const attribute = /\.\s*__\w/
const knownAttribute =
  /__(?:class|globals|init|subclasses|bases?|mro|import|builtins|getattr|getattribute|getitem|dict|code|func|self|call|reduce|reduce_ex|new|module|loader|spec|closure|wrapped)__/
const filter = /\|\s*attr\s*\(/
const plainFilter = /\|\s*attr\s*\(\s*(['"])\w+\1\s*\)/g
/** The character `_`, written as an escape sequence to hide a name. */
const escapedUnderscore = /\\(?:x5f|u005f|U0000005f|137|N\{LOW LINE\})/i

const find = findInJinja(clausesOf)

function* clausesOf({ source, code }: Expression): Generator<string> {
  if (!['__', 'attr', '\\'].some(word => source.includes(word))) return
  if (attribute.test(code) || knownAttribute.test(source) || escapedUnderscore.test(source)) {
    yield 'accesses Python internals through a name with `__`'
  }
  if (filter.test(source.replace(plainFilter, ''))) {
    yield 'accesses an attribute whose name is hidden'
  }
}

export const jinjaReachesPython = defineRule({
  id: 'trust/jinja-reaches-python',
  severity: 'error',
  why: 'Such a name gives access to all of Python. With ansible-core before 2.19 the value can run any code on the runner, which has the SSH key.',
  remedy: 'Write the plain value. An inventory never needs Python internals.',
  examples: {
    wrong: [
      `matrix_domain: "{{ cycler.__init__.__globals__.os.popen('id').read() }}"`,
      `matrix_domain: "{{ ''['__class__'] }}"`,
      `matrix_domain: "{{ '' | attr('__class__') }}"`,
      `matrix_domain: "{{ x | attr(name) }}"`,
      `matrix_domain: "{{ x | attr('_' ~ '_class_' ~ '_') }}"`,
      String.raw`matrix_domain: "{{ x | attr('\\x5f\\x5fclass\\x5f\\x5f') }}"`,
      `matrix_domain: "{{ [x] | map(attribute='__class__') | list }}"`,
      { base: 'matrix_domain: example.test', vars: 'matrix_domain: "{{ x.__class__ }}"' },
    ],
    right: [
      `matrix_text: "{{ template | replace('__DOMAIN__', matrix_domain) }}"`,
      `matrix_text: "{% raw %}{{ x.__class__ }}{% endraw %}"`,
      `matrix_text: "{{ x | attr('name') }}"`,
      'matrix_text: the word __class__ in a text',
      `matrix__text: "{{ matrix__other }}"`,
    ],
  },
  checkAll: context => risksOf(context, find),
})
