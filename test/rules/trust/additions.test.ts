import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../../scripts/memory-files.ts'
import { validate } from '../../../src/actions/validate-config/run.ts'

const hosts = '[matrix_servers]\na.example.test\nb.example.test\n'
const repository = (files: Record<string, string>) => memoryFiles({ 'inventory/hosts': hosts, ...files })
const varsOf = (name: string) => `inventory/host_vars/${name}.example.test.yml`

function messages(before: Record<string, string> | undefined, after: Record<string, string>): string[] {
  const base = before && { base: repository(before) }
  const { findings } = validate({ inventory: 'inventory/hosts', files: repository(after), ...base })
  return findings.filter(({ id }) => id.startsWith('trust/')).map(({ message }) => message)
}

const risky = {
  [varsOf('a')]: 'ansible_ssh_common_args: -o ProxyCommand=./x\n',
  'ansible.cfg': '[defaults]\nlibrary = ./x\n',
  'filter_plugins/x.py': '\n',
}

describe('a risk in an inventory', () => {
  test('is marked if a change adds it', () => {
    const found = messages({}, risky)
    expect(found).toHaveLength(3)
    for (const message of found) expect(message).toMatch(/^new in this change: /)
  })

  test('is not marked if only its line moved', () => {
    const moved = { ...risky, [varsOf('a')]: `# moved\n\n${risky[varsOf('a')]}` }
    const found = messages(risky, moved)
    expect(found).toHaveLength(3)
    for (const message of found) expect(message).not.toContain('new in this change')
  })

  test('is not marked without a base', () => {
    for (const message of messages(undefined, risky)) expect(message).not.toContain('new in this change')
  })

  test.each([
    ['another program', { [varsOf('a')]: 'ansible_ssh_common_args: -o ProxyCommand=./y\n' }],
    ['another host', { [varsOf('b')]: risky[varsOf('a')] ?? '' }],
  ])('is marked where %s is named', (_, change) => {
    const found = messages({ [varsOf('a')]: risky[varsOf('a')] ?? '' }, change)
    expect(found).toEqual(['new in this change: `ansible_ssh_common_args` sets `ProxyCommand`'])
  })

  test('is marked if the inventory becomes a script', () => {
    const { findings } = validate({
      inventory: 'inventory/hosts',
      files: memoryFiles({ 'inventory/hosts': '#!/bin/sh\necho {}\n' }),
      base: repository({}),
    })
    expect(findings).toMatchObject([
      { id: 'trust/inventory-script', message: expect.stringMatching(/^new in this change: /) },
    ])
  })

  test('is reported without text of the inventory', () => {
    const secret = 'S3cr3tValue'
    const vars = [
      `ansible_ssh_common_args: -o ProxyCommand="sh ${secret}"`,
      `ansible_connection: ${secret}`,
      `x: "{{ lookup('${secret}', '${secret}') }}"`,
      `y: "{{ lookup(${secret}) }}"`,
      `z: "${secret}\u202e"`,
      `w: ${secret}ехample`,
    ].join('\n')
    const found = messages({}, { [varsOf('a')]: `${vars}\n` })
    expect(found).toHaveLength(6)
    expect(found.join()).not.toContain(secret)
  })
})
