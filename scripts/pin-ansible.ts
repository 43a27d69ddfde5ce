/**
 * Writes the packages that `setup` installs, with their hashes, to src/actions/setup/ansible-sets.json: the newest ones that fit each
 * version of the package `ansible`. Needs uv (https://docs.astral.sh/uv/) and pip on the PATH: `node scripts/pin-ansible.ts`.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Versions of the package `ansible`, with the series of ansible-core and the oldest Python that this needs. */
const wanted = [
  { version: '10.7.0', core: '2.17', python: '3.10' },
  { version: '12.3.0', core: '2.19', python: '3.11' },
]

function linesFor(core: string, python: string): string[] {
  const argv = [
    'pip',
    'compile',
    '--quiet',
    '--universal',
    '--generate-hashes',
    '--no-header',
    '--no-annotate',
  ]
  // passlib: the playbook's password_hash filter.
  const input = `ansible-core~=${core}.0\npasslib\n`
  const compiled = execFileSync('uv', [...argv, '--python-version', python, '-'], { input, encoding: 'utf8' })
  return compiled
    .replaceAll(/ \\\n\s+/g, ' ')
    .trim()
    .split('\n')
}

function wheelHash(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pin-ansible-'))
  try {
    execFileSync('pip', ['download', '--quiet', '--no-deps', '--dest', folder, `ansible==${version}`])
    const [file = ''] = readdirSync(folder)
    return createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const sets = wanted.map(({ version, core, python }) => [
  version,
  { wheel: wheelHash(version), requirements: linesFor(core, python) },
])
writeFileSync(
  resolve(import.meta.dirname, '../src/actions/setup/ansible-sets.json'),
  `${JSON.stringify(Object.fromEntries(sets), undefined, 2)}\n`,
)
