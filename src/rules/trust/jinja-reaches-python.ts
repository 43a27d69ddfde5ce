import { type Expression, findInJinja } from '../facts/expressions.ts'
import { risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

/** An attribute of an object; `__x__` in a text may be a placeholder, but not one of these. */
const attribute = /\.\s*__\w/
const special =
  /__(?:class|globals|init|subclasses|bases?|mro|import|builtins|getattr|getattribute|getitem|dict|code|func|self|call|reduce|reduce_ex|new|module|loader|spec|closure|wrapped)__/
const filter = /\|\s*attr\s*\(/
const plainFilter = /\|\s*attr\s*\(\s*(['"])\w+\1\s*\)/g
/** A character that is written by its number: `_`, in a text that would otherwise show what it names. */
const hiddenScore = /\\(?:x5f|u005f|U0000005f|137|N\{LOW LINE\})/i

const find = findInJinja(clausesOf)

function* clausesOf({ source, code }: Expression): Generator<string> {
  if (!['__', 'attr', '\\'].some(word => source.includes(word))) return
  if (attribute.test(code) || special.test(source) || hiddenScore.test(source)) {
    yield "reaches for what is Python's own, by a name with `__`"
  }
  if (filter.test(source.replace(plainFilter, ''))) {
    yield 'asks for an attribute whose name is not written plainly'
  }
}

export const jinjaReachesPython = defineRule({
  id: 'trust/jinja-reaches-python',
  severity: 'error',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'From any object such a name leads to all of Python: with ansible-core before 2.19 the value runs whatever it likes on the runner, next to the SSH key.',
  remedy: 'Write the value itself. Nothing that belongs into an inventory needs the insides of Python.',
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
