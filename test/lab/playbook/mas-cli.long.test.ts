import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Lab } from '../lab.ts'
import { playbook, render } from './runs.ts'
import { labForTests } from './test-lab.ts'
import { bothUnits, server, unit } from './units.ts'

const tag = '--tags=matrix-authentication-service-mas-cli-syn2mas'
const dry = ['-e', '{"matrix_authentication_service_syn2mas_migrate_dry_run": true}']
const perform = 'custom/matrix-authentication-service : Perform syn2mas migration'
const conf = 'reverse-proxy-companion.conf'
const ownLogin = "grep -c '^matrix_authentication_service:' /matrix/synapse/config/homeserver.yaml || true"

let lab: Lab
beforeAll(async () => {
  lab = await labForTests('mas-cli')
})

/** What the vars of the stage, with these lines, would change; the vars are put back to `prepared`. */
async function rendered(vars: 'prepared' | 'live', extra = '', env: NodeJS.ProcessEnv = {}) {
  await lab.setVars(vars, extra)
  const run = await render(lab, env)
  await lab.setVars('prepared')
  const files = run.files.filter(({ path }) => path.startsWith('/'))
  const paths = files.map(({ path }) => path).sort()
  return { ...run, files, switched: paths.filter(path => !path.endsWith(conf)), paths }
}

describe("today's playbook, prepared", () => {
  beforeAll(() => lab.reset('installed'))

  it('names what the live vars change, whole, and MAS’s config.yaml is not among it', async () => {
    const { failures, switched, files } = await rendered('live')
    expect(failures).toEqual([])
    expect(switched).toEqual([
      '/etc/systemd/system/matrix-synapse.service',
      '/matrix/client-element/config.json',
      '/matrix/matrix-authentication-service/config/labels',
      '/matrix/static-files/public/.well-known/matrix/client',
      '/matrix/synapse/bin/register-user',
      '/matrix/synapse/config/homeserver.yaml',
    ])
    for (const { path, before, after } of files) {
      expect(before).toBe(await server(lab, `cat ${path}`))
      expect(after).not.toBe(before)
    }
    const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))?.after
    expect(textOf('/homeserver.yaml')).toContain('matrix_authentication_service:')
    expect(textOf('/matrix-synapse.service')).toContain('Requires=matrix-authentication-service.service')
  })

  it('names no file for the vars that are deployed, but the companion’s in another order', async () => {
    const { switched } = await rendered('prepared')
    expect(switched).toEqual([])
    const seeded = { PYTHONHASHSEED: '0' }
    const [one, other] = [await rendered('prepared', '', seeded), await rendered('prepared', '', seeded)]
    const companion = (run: typeof one) => run.files.find(({ path }) => path.endsWith(conf))?.after
    expect(companion(one)).toBe(companion(other))
  })

  it('turns password login off and makes Synapse require MAS where the switch is not held at false', async () => {
    const { files } = await rendered(
      'prepared',
      'matrix_synapse_matrix_authentication_service_enabled: true\n',
    )
    const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))?.after ?? ''
    expect(textOf('/homeserver.yaml')).toMatch(/password_config:\n {2}enabled: false/)
    expect(textOf('/homeserver.yaml')).not.toContain('matrix_authentication_service:')
    expect(textOf('/matrix-synapse.service')).toContain('Requires=matrix-authentication-service.service')
  })

  it('refuses password login alone together with that switch', async () => {
    const extra =
      'matrix_synapse_matrix_authentication_service_enabled: true\nmatrix_synapse_password_config_enabled: true\n'
    const { failures } = await rendered('prepared', extra)
    expect(failures.join()).toContain('matrix_synapse_password_config_enabled: true')
  })

  it('refuses Synapse’s OIDC while live', async () => {
    const { failures } = await rendered('live', 'matrix_synapse_oidc_enabled: true\n')
    expect(failures.join()).toContain('OpenID Connect')
  })

  it('refuses a variable by its old name', async () => {
    const { failures } = await rendered('prepared', 'matrix_authentication_service_syn2mas_dry_run: true\n')
    expect(failures.join()).toContain('matrix_authentication_service_syn2mas_migrate_dry_run')
  })

  it('fails on every tag where the breaking changes were not read, on doctor’s too', async () => {
    await lab.setVars('prepared', "matrix_playbook_migration_validated_version: ''\n")
    const run = await playbook(lab, ['--tags=matrix-authentication-service-mas-cli-doctor'])
    await lab.setVars('prepared')
    expect(run.code).toBe(2)
    expect(run.failures.join()).toContain('matrix_playbook_migration_validated_version')
  })

  it('fails on the tag of the 2024 playbook', async () => {
    const run = await playbook(lab, ['--tags=matrix-authentication-service-syn2mas'])
    expect(run.code).toBe(2)
    expect(run.failures.join()).toContain('matrix-authentication-service-mas-cli-syn2mas')
  })

  it('touches no service in a dry run', async () => {
    await lab.settle()
    const before = await Promise.all([
      unit(lab, 'matrix-synapse'),
      unit(lab, 'matrix-authentication-service'),
    ])
    const run = await playbook(lab, [tag, ...dry])
    expect(run.failures).toEqual([])
    expect(run.tasks).toContain(perform)
    expect(
      await Promise.all([unit(lab, 'matrix-synapse'), unit(lab, 'matrix-authentication-service')]),
    ).toEqual(before)
  })

  it('runs a dry run against the configuration it is pointed at', async () => {
    const psql =
      'docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres psql -q -h /run/postgresql -v ON_ERROR_STOP=1'
    await server(
      lab,
      `install -d -m 0700 /matrix/scratch-test
       sed 's/database: matrix_authentication_service$/database: scratch_test/' /matrix/matrix-authentication-service/config/config.yaml >/matrix/scratch-test/config.yaml
       chown 991 /matrix/scratch-test/config.yaml
       echo 'CREATE DATABASE scratch_test OWNER matrix_authentication_service' | ${psql}`,
    )
    const vars = {
      matrix_authentication_service_syn2mas_migrate_dry_run: true,
      matrix_authentication_service_config_path: '/matrix/scratch-test',
    }
    const run = await playbook(lab, [tag, '-e', JSON.stringify(vars)])
    const tables = await server(
      lab,
      `echo "SELECT 'tables: ' || count(*) FROM information_schema.tables WHERE table_name = 'users'" | ${psql} -At -d scratch_test; echo 'DROP DATABASE scratch_test' | ${psql}; rm -r /matrix/scratch-test`,
    )
    expect(run.failures).toEqual([])
    expect(tables).toBe('tables: 1\n')
  })

  it('exits 0 having run nothing where MAS is not enabled', async () => {
    await lab.setVars('off')
    const run = await playbook(lab, [tag])
    await lab.setVars('prepared')
    expect(run.code).toBe(0)
    expect(run.tasks).not.toContain(perform)
  })

  it('gives cli-non-interactive the standard input of the script that calls it', async () => {
    const { stdout } = await lab.root(
      'bash -s',
      `/matrix/postgres/bin/cli-non-interactive -At -c 'SELECT 1'\necho never reached\n`,
    )
    expect(stdout).not.toContain('never reached')
  })
})

describe("today's playbook, migrating", () => {
  beforeEach(() => lab.reset('installed'))

  it('says that Synapse stays down after a real run, but MAS’s unit starts it with its built-in login', async () => {
    const run = await playbook(lab, [tag])
    expect(run.failures).toEqual([])
    expect(run.stdout).toContain('Synapse was intentionally not restarted after `syn2mas`.')
    const [synapse, mas] = await bothUnits(lab)
    expect(['active', 'activating']).toContain(synapse)
    expect(mas).toBe('active')
    expect(await server(lab, ownLogin)).toBe('0\n')
  })

  it('leaves both down after a failed real run', async () => {
    await lab.reset('inconsistent')
    await lab.settle()
    const run = await playbook(lab, [tag])
    expect(run.code).toBe(2)
    expect(run.stdout).toContain('The MAS database is not empty')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
  })

  it('stops both for check alone, and leaves them down on a warning', async () => {
    const run = await playbook(lab, [tag, '-e', 'matrix_authentication_service_syn2mas_subcommand=check'])
    expect(run.code).toBe(2)
    expect(run.stdout).toContain('===== Warnings =====')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
  })

  it('takes the text false for a dry run that stops both and starts neither', async () => {
    const run = await playbook(lab, [
      tag,
      '-e',
      'matrix_authentication_service_syn2mas_migrate_dry_run=false',
    ])
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('deleting all imported data')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
  })

  it('deletes MAS with its signing keys where it is turned off and set up', async () => {
    await lab.setVars('prepared', 'matrix_authentication_service_enabled: false\n')
    const run = await playbook(lab, ['--tags=setup-matrix-authentication-service'])
    expect(run.failures).toEqual([])
    expect(await server(lab, 'ls -d /matrix/matrix-authentication-service 2>/dev/null || echo gone')).toBe(
      'gone\n',
    )
  })
})
