import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { fixed, fixRounds, writeFix } from '../../src/cli/fix.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { PlaybookVariables } from '../../src/playbook/variables.ts'
import { exampleCheckout } from '../../src/rules/facts/example-checkout.ts'
import { trapVariables } from '../../src/rules/facts/variables.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { runHere } from './screen.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fix-'))
  mkdirSync(join(root, 'inventory/host_vars'), { recursive: true })
  writeFileSync(join(root, 'inventory/hosts'), '[matrix_servers]\nmatrix.example.test\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const vars = () => join(root, 'inventory/host_vars/matrix.example.test.yml')

describe('validate --fix', () => {
  test('writes what is certain, leaves the rest of the file, and then finds nothing more to write', async () => {
    const rest = '# a comment\nmatrix_domain: example.test   # mine\n'
    writeFileSync(
      vars(),
      `matrix_authentication_service_enabled: "no"\n${rest}matrix_authentication_service_path_prefix: /auth/\n`,
    )
    const first = await runHere(['validate', '--fix'], root)
    expect(first.stderr).toContain(
      'to inventory/host_vars/matrix.example.test.yml: mas/stage-contradictory. `git diff` shows the lines.\n',
    )
    const after = readFileSync(vars(), 'utf8')
    expect(after).toContain(`matrix_authentication_service_enabled: false\n${rest}`)
    expect(first.stdout).not.toContain('mas/stage-contradictory')
    const again = await runHere(['validate', '--fix'], root)
    expect(again.stderr).not.toContain('Wrote')
    expect(again.stderr).toContain(
      'Nothing was written: no finding has a fix that is certain. Do what each finding says.\n',
    )
    expect(readFileSync(vars(), 'utf8')).toBe(after)
  })

  test('gives MAS the login providers in the extension of Synapse, also where both kinds of Jinja are in it', async () => {
    const stage =
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: true\n'
    const provider = (name: string, secret: string) => `    - idp_id: ${name}
      issuer: https://${name}.example.test/
      client_id: synapse
      client_secret: ${secret}
      user_mapping_provider:
        config:
          localpart_template: "{% raw %}{{ user.preferred_username }}{% endraw %}"
`
    const extension = `matrix_synapse_configuration_extension_yaml: |
  oidc_providers:
${provider('one', 'invented')}${provider('two', '"{{ vault_two }}"')}`
    writeFileSync(vars(), `${stage}${extension}matrix_domain: example.test\n`)
    const { stdout } = await runHere(['validate', '--fix'], root)
    expect(stdout).not.toMatch(/extension-provider-unmapped|providers\/synapse-/)
    const after = readFileSync(vars(), 'utf8')
    expect(after).toContain(extension)
    expect(after).toContain('synapse_idp_id: oidc-one')
    expect(after).toContain(
      'client_secret: "{{ (matrix_synapse_configuration_extension_yaml | from_yaml).oidc_providers[0].client_secret }}"',
    )
    expect(after).toContain('synapse_idp_id: oidc-two')
    expect(after).toContain('client_secret: "{{ vault_two }}"')
    expect(after.match(/template: .*user\.preferred_username/g)).toHaveLength(4)
  })

  test('names the lines of the findings that remain as they are in the file after writing', async () => {
    const schemes =
      'matrix_authentication_service_config_passwords_schemes:\n  - version: 1\n    algorithm: bcrypt\n'
    const secret = `matrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\n`
    const stage =
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: true\n'
    writeFileSync(
      vars(),
      `${schemes}${stage}${secret}matrix_synapse_password_config_enabled: only_for_reauth\n`,
    )
    const { stdout, stderr } = await runHere(['validate', '--fix'], root)
    expect(stderr).toContain('Wrote ')
    expect(stderr).not.toMatch(/line \d/)
    const lines = readFileSync(vars(), 'utf8').split('\n')
    const line = lines.findIndex(each => each.startsWith('matrix_synapse_password_config_enabled')) + 1
    expect(stdout).toMatch(new RegExp(`test\\.yml:${line}:\\d+: error: `))
  })

  test('names each file once, and each rule once with the number of its changes', async () => {
    const stage =
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: true\n'
    const bcrypt =
      '  - version: 1\n    algorithm: bcrypt\n    secret: "{{ matrix_synapse_password_config_pepper }}"\n'
    const schemes = `matrix_authentication_service_config_passwords_schemes:\n${bcrypt}  - version: 2\n    algorithm: argon2id\n`
    writeFileSync(vars(), stage + schemes)
    const { stderr } = await runHere(['validate', '--fix'], root)
    expect(stderr.match(/^Wrote .*/gm)).toEqual([
      expect.stringMatching(/^Wrote 5 proposed changes .*: .*mas\/password-unicode \(2\)/),
    ])
  })

  test('writes no line between a variable and the comment about it', async () => {
    const before = `matrix_domain: example.test\nmatrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: "{{ vault_mas }}"\n\n`
    const inProgress =
      '# Until the migration.\n# Remove the line below then.\nmatrix_authentication_service_migration_in_progress: true\n'
    writeFileSync(vars(), before + inProgress)
    await runHere(['validate', '--fix'], root)
    const after = readFileSync(vars(), 'utf8')
    expect(after.startsWith(`${before}matrix_`)).toBe(true)
    expect(after.endsWith(`\n${inProgress}`)).toBe(true)
  })

  test('renames and removes no variable that another one uses', async () => {
    const playbook = memoryFiles(exampleCheckout.files ?? {})
    const facts = { dialect: 'mas-cli', traps: [], variables: new PlaybookVariables(playbook) } as const
    const afterFix = async (text: string) => {
      const file = 'inventory/host_vars/matrix.example.test.yml'
      const files = memoryFiles({
        'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n',
        [file]: text,
      })
      const sources = { files, inventory: 'inventory/hosts', playbook: { files: playbook, label: '', facts } }
      const { changes, left } = await fixRounds(sources)
      return { text: changes.at(-1)?.text ?? text, remedies: left.map(({ remedy }) => remedy) }
    }
    const old = 'matrix_mailer_sender_address: a@example.test\nmatrix_synapse_image_force_pull: true\n'
    const uses =
      'my_sender: "{{ matrix_mailer_sender_address }}"\nmy_pull: ["{{ matrix_synapse_image_force_pull }}"]\n'
    const { text, remedies } = await afterFix(old + uses)
    expect(text).toBe(old + uses)
    expect(remedies).toContainEqual(expect.stringContaining('Also change `my_sender`, which uses this name.'))
    expect(remedies).toContainEqual(expect.stringContaining('Also change `my_pull`, which uses this name.'))
    const coping = uses.replaceAll(' }}', " | default('') }}")
    expect((await afterFix(old + coping)).text).toBe(old + coping)
    expect((await afterFix(old)).text).toBe('exim_relay_sender_address: a@example.test\n')
  })

  test('goes on while a fix makes the next one possible', async () => {
    writeFileSync(
      vars(),
      'matrix_authentication_service_enabled: true\u200e\nmatrix_authentication_service_path_prefix: /auth/\n',
    )
    await runHere(['validate', '--fix'], root)
    expect(readFileSync(vars(), 'utf8')).toContain('_enabled: true\n')
    expect(readFileSync(vars(), 'utf8')).toContain('matrix_authentication_service_path_prefix: /auth\n')
  })

  test('never turns a text that the playbook takes for true into false', async () => {
    const text =
      'matrix_authentication_service_enabled: true\nmatrix_authentication_service_migration_in_progress: "no"\n'
    writeFileSync(vars(), text)
    const { stdout } = await runHere(['validate', '--fix'], root)
    expect(stdout).toContain('mas/stage-contradictory')
    expect(readFileSync(vars(), 'utf8')).toContain(text)
  })

  test.each(['client_secret', 'client_secret | default("")'])(
    'keeps the providers of Synapse while the vars still use their %s',
    async part => {
      const list = 'matrix_synapse_oidc_providers:\n  - idp_id: sso\n    client_secret: invented\n'
      const secret = 'ab'.repeat(32)
      writeFileSync(
        vars(),
        `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${secret}\nsso_secret: '{{ matrix_synapse_oidc_providers[0].${part} }}'\n${list}`,
      )
      const { stdout } = await runHere(['validate', '--fix'], root)
      expect(stdout).toContain('synapse/oidc-left-over')
      expect(readFileSync(vars(), 'utf8')).toContain(list)
    },
  )

  test.each([
    ['', '\n# The bridges.\nmatrix_bridges: []\n'],
    ['\n', ''],
    ['', ''],
  ])(
    'writes the providers of MAS after the lines of Synapse that are removed later %j %j',
    async (end, rest) => {
      const synapse =
        'matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - idp_id: sso\n    issuer: https://sso.example.test/\n    client_id: a\n    client_secret: b\n    scopes: [openid]\nmatrix_synapse_oidc_user_mapping: none'
      const mas = `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\nmatrix_authentication_service_migration_in_progress: true\n`
      writeFileSync(vars(), `${mas}# Single sign-on.\n${synapse}${end}${rest}`)
      await runHere(['validate', '--fix'], root)
      const text = readFileSync(vars(), 'utf8')
      const [before = '', after = ''] = text.split(synapse)
      expect(before).not.toContain('upstream_oauth2')
      expect(after).toMatch(/^\nmatrix_authentication_service_config_upstream_oauth2_providers:\n {2}- /)
      if (rest) expect(after).toContain('\n# The bridges.\nmatrix_bridges: []\n')
    },
  )

  test('ends its lines as the file does', async () => {
    writeFileSync(
      vars(),
      `# mine\r\nmatrix_authentication_service_enabled: true\r\nmatrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\r\nmatrix_authentication_service_migration_in_progress: true\r\n`,
    )
    await runHere(['validate', '--fix'], root)
    const lines = readFileSync(vars(), 'utf8').split('\n').slice(0, -1)
    expect(lines.length).toBeGreaterThan(4)
    expect(lines.filter(line => !line.endsWith('\r'))).toEqual([])
  })

  test('writes lines into the vars of the host that the playbook would overrule in those of a group', async () => {
    const groupVars = join(root, 'inventory/group_vars/matrix_servers.yml')
    const inProgress = 'matrix_authentication_service_migration_in_progress: true\n'
    mkdirSync(join(root, 'inventory/group_vars'))
    writeFileSync(groupVars, inProgress)
    writeFileSync(
      vars(),
      `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: "{{ vault_mas }}"\n`,
    )
    const { stdout } = await runHere(['validate', '--fix'], root)
    expect(stdout).not.toContain('playbook/overruled-variable')
    expect(readFileSync(groupVars, 'utf8')).toBe(inProgress)
    for (const name of [...trapVariables, 'matrix_authentication_service_config_passwords_schemes'])
      expect(readFileSync(vars(), 'utf8')).toContain(`${name}:`)
  })

  test('changes no file of SOPS, which refuses a file that another program changed', async () => {
    const text =
      'matrix_authentication_service_enabled: "no"\nvault_x: ENC[AES256_GCM,data:YQ==,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:YQ==,type:str]\n'
    writeFileSync(vars(), text)
    const { stdout, stderr } = await runHere(['validate', '--fix'], root)
    expect(stdout).toContain('mas/stage-contradictory')
    expect(stderr).toContain('Nothing was written')
    expect(readFileSync(vars(), 'utf8')).toBe(text)
  })

  test('writes to the file behind a link inside of the repository, and keeps the link', async () => {
    writeFileSync(join(root, 'shared.yml'), 'matrix_authentication_service_enabled: "no"\n')
    symlinkSync('../../shared.yml', vars())
    await runHere(['validate', '--fix'], root)
    expect(readFileSync(join(root, 'shared.yml'), 'utf8')).toBe(
      'matrix_authentication_service_enabled: false\n',
    )
    expect(lstatSync(vars()).isSymbolicLink()).toBe(true)
  })

  test('writes what it says to a file that two hosts have by two names, of which one needs more', async () => {
    const hosts = ['a.example.test', 'b.example.test']
    writeFileSync(join(root, 'inventory/hosts'), `[matrix_servers]\n${hosts.join('\n')}\n`)
    for (const host of hosts) mkdirSync(join(root, 'inventory/host_vars', host))
    const shared = join(root, 'inventory/host_vars/a.example.test/vars.yml')
    const prefix = 'matrix_authentication_service_path_prefix'
    const stage = 'matrix_authentication_service_migration_in_progress: "yes"\n'
    writeFileSync(shared, `matrix_authentication_service_enabled: true\u200e\n${prefix}: /auth/\n${stage}`)
    symlinkSync('../a.example.test/vars.yml', join(root, 'inventory/host_vars/b.example.test/vars.yml'))
    writeFileSync(join(root, 'inventory/host_vars/b.example.test/z.yml'), `${prefix}: /b\n`)
    const { stdout, stderr } = await runHere(['validate', '--fix'], root)
    expect(stderr).toContain('mas/path-prefix-form')
    expect(stdout).not.toContain('mas/path-prefix-form')
    const text = readFileSync(shared, 'utf8')
    expect(text).toContain(`_enabled: true\n${prefix}: /auth\n`)
    expect(text.match(/unicode_normalization: true/g)).toHaveLength(2)
  })

  test('writes nothing through a link that came after the file was read', () => {
    const outside = join(mkdtempSync(join(tmpdir(), 'outside-')), 'vars.yml')
    writeFileSync(vars(), 'a: 1\n')
    writeFileSync(outside, 'b: 1\n')
    const files = diskFiles(root)
    const place = { file: 'inventory/host_vars/matrix.example.test.yml', line: 1, column: 4, endColumn: 5 }
    const finding: Finding = { id: 'a/b', severity: 'error', message: '', why: '', remedy: '', place }
    const [change] = fixed([{ ...finding, suggestion: { place, text: '2' } }], files)
    rmSync(vars())
    symlinkSync(outside, vars())
    expect(() => change && writeFix(root, change)).toThrow('it is a link')
    expect(readFileSync(outside, 'utf8')).toBe('b: 1\n')
  })

  test('writes nothing outside of the repository', async () => {
    const outside = join(mkdtempSync(join(tmpdir(), 'outside-')), 'vars.yml')
    writeFileSync(outside, 'matrix_authentication_service_enabled: "no"\n')
    symlinkSync(outside, vars())
    await runHere(['validate', '--fix'], root)
    expect(readFileSync(outside, 'utf8')).toBe('matrix_authentication_service_enabled: "no"\n')
  })
})

test('suggestions are all applied where they are apart, and never where they overlap', () => {
  const spans = fc.uniqueArray(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 6,
    selector: ([start]) => start,
  })
  fc.assert(
    fc.property(spans, all => {
      const text = 'abcdefghijklmnopqrstuvwxyz0123456789'
      writeFileSync(join(root, 'x.yml'), text)
      const findings = all.map(([start, length]): Finding => {
        const place = { file: 'x.yml', line: 1, column: start + 1, endLine: 1, endColumn: start + 1 + length }
        return {
          id: 'a/b',
          severity: 'error',
          message: '',
          why: '',
          remedy: '',
          place,
          suggestion: { place, text: '_' },
        }
      })
      const [change] = fixed(findings, diskFiles(root))
      const lost = text.length + (change?.rules.length ?? 0) - (change?.text.length ?? 0)
      // Each applied suggestion puts one character in the place of its own span.
      const lengths = all.map(([, length]) => length)
      expect(change?.rules).not.toEqual([])
      expect(lost).toBeLessThanOrEqual(lengths.reduce((sum, length) => sum + length, 0))
      const kept = [...(change?.text ?? '')].filter(char => char !== '_').join('')
      expect(kept.length).toBe(text.length - lost)
      expect(isSubsequence(kept, text)).toBe(true)
      const sorted = all.toSorted(([a], [b]) => a - b)
      const areApart = sorted.every(
        ([start, length], index) => start + length < (sorted[index + 1]?.[0] ?? 99),
      )
      if (areApart) expect(change?.rules).toHaveLength(all.length)
    }),
  )
})

function isSubsequence(part: string, whole: string): boolean {
  let left = part
  for (const char of whole) if (left.startsWith(char)) left = left.slice(1)
  return left === ''
}
