import fc from 'fast-check'

const join = (parts: fc.Arbitrary<string>, most = 8) =>
  fc.array(parts, { maxLength: most }).map(all => all.join(''))

/** Single-line plain scalars close to the special types of YAML 1.1. */
export const plainTexts: fc.Arbitrary<string> = fc
  .oneof(
    join(fc.constantFrom(...'0123456789_.:eE+-xXoObBaAfF')),
    fc.constantFrom(
      ...[
        'y',
        'Y',
        'n',
        'yes',
        'Yes',
        'YES',
        'yEs',
        'no',
        'on',
        'On',
        'oN',
        'off',
        'OFF',
        'true',
        'True',
        'tRue',
        'false',
      ],
      ...[
        'null',
        'Null',
        'NULL',
        '~',
        'nUll',
        'None',
        '.inf',
        '-.Inf',
        '+.INF',
        '.nan',
        '.NaN',
        '.NAN',
        '-.nan',
        '=',
      ],
      ...[
        '12e34',
        '1e5',
        '1.0e5',
        '1.0e+5',
        '1.e+5',
        '.5',
        '-.5',
        '+.5',
        '.5e+3',
        '1_000',
        '0x_f',
        '0b_1',
        '0_7',
        '08',
        '010',
      ],
      ...[
        '12:30',
        '12:30:45',
        '12:60',
        '1:2:3.5',
        '0:1',
        '190:20:30',
        '-12:30',
        '2001-01-01',
        '2001-1-1',
        '2001-01-01 10:00:00',
      ],
      ...[
        '2001-12-14t21:59:43.10-05:00',
        '2001-12-14 21:59:43.10 -5',
        '2001-1-1T1:00:00Z',
        '0o17',
        '0x1F',
        '-0x1F',
        '+12',
        '-0',
        '00',
      ],
    ),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  )
  .map(text => text.trim())
  .filter(text => text !== '' && !/^[-?:] |^[-?:]$|^- |: |:$|^[-:?]$|^-$|^-{3}|^\.{3}| #/.test(text))

/** Values of an INI inventory: Python literals and texts similar to them. */
export const iniValues: fc.Arbitrary<string> = fc
  .oneof(
    join(fc.constantFrom(...'0123456789_.eEjxob+- ')),
    join(
      fc.constantFrom(
        ...[
          '[',
          ']',
          '(',
          ')',
          '{',
          '}',
          ',',
          ':',
          "'",
          '"',
          ' ',
          '#',
          '\\',
          'True',
          'False',
          'None',
          '1',
          'a',
          "'x'",
          '"y"',
          'r"\\n"',
          "'\\t'",
        ],
        ...[
          '0x1f',
          '1.5',
          '-2',
          "'''a'''",
          '"\\u00e9"',
          "'\\101'",
          'u"z"',
          '{"k": 1}',
          '[1, 2]',
          '()',
          '(1,)',
          '...',
        ],
      ),
    ),
    fc.string(),
  )
  .map(text => text.trim())
  .filter(text => text !== '' && !/[\n\r\0]/.test(text))

export const hostLines: fc.Arbitrary<string> = join(
  fc.constantFrom(
    'host',
    ' ',
    '\t',
    'a=b',
    "'",
    '"',
    '\\',
    '#',
    ' # c',
    "'x y'",
    '"p#q"',
    '\\"',
    "\\'",
    'é',
    '=',
    '{{ a }}',
  ),
  10,
)

/** Strings with and without `{% raw %}`. */
export const jinjaTexts: fc.Arbitrary<string> = join(
  fc.oneof(
    fc.constantFrom(
      '{% raw %}',
      '{% endraw %}',
      '{%- raw -%}',
      '{%- endraw -%}',
      '{%raw%}',
      '{%endraw%}',
      '{% endraw +%}',
    ),
    fc.constantFrom(
      '{% raw %}{{ user.sub }}{% endraw %}',
      '{% raw %}{% if x %}{% endraw %}',
      '{% raw -%}  a  {%- endraw %}',
    ),
    fc.constantFrom(' ', '\n', 'text', '{', '}', '%', '#', '{{', '}}', '{#', '#}', '{ {', "'"),
  ),
  5,
)

export interface Repository {
  readonly name: string
  readonly inventory: string
  readonly files: Readonly<Record<string, string>>
}

/** Different inventories, all valid for Ansible. */
export const repositories: readonly Repository[] = [
  {
    name: 'the usual one',
    inventory: 'inventory/hosts',
    files: {
      'inventory/hosts': `# comment
; another
[matrix_servers]
matrix.example.test ansible_host=192.0.2.7 ansible_ssh_user=root ansible_become=true # trailing
`,
      'inventory/host_vars/matrix.example.test/vars.yml': `---
matrix_domain: example.test
secret: 0123456789012345678901234567890123456789012345678901234567890123
digits: 1234567890123456789012345678901234567890123456789012345678901234
switch: yes
when: 12:30
exponent: 12e34
empty:
list: [a, 1, no]
nested: {a: {b: 010}}
`,
    },
  },
  {
    name: 'groups, children, vars, ranges, ports and quoting in INI',
    inventory: 'hosts',
    files: {
      hosts: `lonely.example.test:2222 a=1
[web]
web[01:03].example.test b="x y" c='[1, 2]' d={'k':1}
web[08:10:2].example.test
[db]
db-[a:c].example.test e=a#b f=010 g=0x1f h="'quoted'"
[all:vars]
from = all
spaced   =   value with blanks
number = 5 # a comment in Python
quoted = "in quotes"
truth=True
truth2=true
[both:children]
web
db
[both:vars]
from=both
[web:vars]
from=web
ansible_group_priority=1
[db:vars]
z=[1, (2, 3), {'a': None}]
`,
    },
  },
  {
    name: 'depth and priority of groups',
    inventory: 'hosts',
    files: {
      hosts: `[a]
h
[b]
h
[z:children]
a
[a:vars]
v=a
w=a
[b:vars]
v=b
w=b
u=b
[z:vars]
v=z
u=z
t=z
[prio]
h
[prio:vars]
w=prio
ansible_group_priority=10
[zz]
h
[zz:vars]
w=zz
`,
      'group_vars/all.yml': 'v: file-all\nx: file-all\n',
      'group_vars/a.yml': 'x: file-a\n',
      'group_vars/b/one.yml': 'x: file-b1\ny: file-b1\n',
      'group_vars/b/two': 'y: file-b2\n',
      'group_vars/b/ignored.txt': 'y: no\n',
      'group_vars/b/.hidden.yml': 'y: no\n',
      'group_vars/b/backup.yml~': 'y: no\n',
      'group_vars/b/deeper/three.yaml': 'q: file-b3\n',
      'host_vars/h.yml': 'q: host\n',
      'host_vars/h.yaml': 'q: never\n',
    },
  },
  {
    name: 'a folder hides the file of the same name',
    inventory: 'inv/hosts.ini',
    files: {
      'inv/hosts.ini': '[g]\nh\n',
      'inv/host_vars/h/vars.yml': 'a: folder\n',
      'inv/host_vars/h.yml': 'a: file\nb: file\n',
    },
  },
  {
    name: 'YAML inventory',
    inventory: 'inventory/hosts.yml',
    files: {
      'inventory/hosts.yml': `all:
  vars: {from: all, only: all}
  hosts:
    top.example.test:
  children:
    matrix_servers:
      hosts:
        matrix.example.test:
          ansible_host: 192.0.2.7
          port: 0o17
        web[1:2].example.test: {a: on}
      vars:
        from: group
      children:
        inner:
          hosts:
            matrix.example.test: {b: 2}
          vars: {from: inner}
other:
  hosts: plain.example.test
`,
    },
  },
  {
    name: 'YAML in a file without an ending',
    inventory: 'hosts',
    files: { hosts: '---\nall:\n  hosts:\n    h:\n      a: 1\n' },
  },
  {
    name: 'a folder of inventories',
    inventory: 'inventory',
    files: {
      'inventory/01-hosts': '[g]\nh a=1\n',
      'inventory/02.yml': 'g:\n  hosts:\n    h: {a: 2}\n    i: {}\n  vars: {v: 1}\n',
      'inventory/ignored.cfg': 'nonsense [',
      'inventory/README.md': '# nothing\n',
      'inventory/group_vars/g.yml': 'w: 1\n',
      'inventory/host_vars/i.json': '{"j": [1.5, null, true]}',
    },
  },
  {
    name: 'YAML of many kinds in host_vars',
    inventory: 'hosts',
    files: {
      hosts: 'h\n',
      'host_vars/h.yml': `base: &base {a: 1, b: two}
merged:
  <<: *base
  b: own
merged_list:
  <<: [*base, {c: 3, a: 9}]
alias: *base
folded: >
  one
  two
literal: |
  one
  two
stripped: |-
  one
single: 'it''s'
double: "tab\\there \\u00e9"
multi: plain over
  two lines
tagged: !!str 123
number: !!int "7"
flow: {a: [1, {b: c}], "d": 'e'}
? complex
: value
date: 2001-01-01
nulls: [~, null, Null, ]
keys: {1: a, b: c}
unsafe: !unsafe "{{ not evaluated }}"
comment: a#b # c
colon: a:b
crlf: "x"
`.replace('crlf: "x"\n', 'crlf: "x"\r\n'),
    },
  },
  {
    name: 'addresses',
    inventory: 'hosts',
    files: {
      hosts: `192.0.2.[1:3] a=1
[2001:db8::1]:2222 b=1
2001:db8::2
host_with_underscore:22
UPPER.example.test
xn--bcher-kva.example.test
`,
    },
  },
  {
    name: 'a byte order mark and CRLF',
    inventory: 'hosts.yml',
    files: { 'hosts.yml': 'all:\r\n  hosts:\r\n    h:\r\n      a: x\r\n' },
  },
]
