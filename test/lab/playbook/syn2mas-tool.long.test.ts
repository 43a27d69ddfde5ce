import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ansibleVenv, runPlaybook } from '../engine/ansible.ts'
import { labPaths } from '../engine/paths.ts'
import type { Lab } from '../lab.ts'
import { playbook, render } from './runs.ts'
import { labForTests } from './test-lab.ts'
import { bothUnits, server, unit } from './units.ts'

const tag = '--tags=matrix-authentication-service-syn2mas'
const dry = ['-e', '{"matrix_authentication_service_syn2mas_dry_run": true}']
const perform = 'custom/matrix-authentication-service : Perform syn2mas migration'

let lab: Lab
beforeAll(async () => {
  lab = await labForTests('syn2mas-tool')
})

describe('the 2024 playbook, prepared', () => {
  beforeAll(() => lab.reset('installed'))

  it('runs syn2mas dry next to a running Synapse, and stops MAS without starting it again', async () => {
    await lab.settle()
    const before = await unit(lab, 'matrix-synapse')
    const run = await playbook(lab, [tag, ...dry])
    expect(run.failures).toEqual([])
    expect(run.tasks).toContain(perform)
    expect(run.stdout).toContain('Completed migration dry-run of')
    expect(await unit(lab, 'matrix-synapse')).toEqual(before)
    expect(await bothUnits(lab)).toEqual(['active', 'inactive'])
    expect(await lab.sql('matrix_authentication_service', 'SELECT count(*) FROM users')).toEqual([['0']])
  })

  it('names what the live vars change: the files of the switch, the client of MAS among them', async () => {
    await lab.setVars('live')
    const { files, failures } = await render(lab)
    await lab.setVars('prepared')
    expect(failures).toEqual([])
    expect(
      files
        .map(({ path }) => path)
        .filter(path => !path.includes('reverse-proxy-companion'))
        .sort(),
    ).toEqual([
      '/etc/systemd/system/matrix-synapse.service',
      '/matrix/matrix-authentication-service/config/config.yaml',
      '/matrix/matrix-authentication-service/config/labels',
      '/matrix/static-files/public/.well-known/matrix/client',
      '/matrix/synapse/bin/register-user',
      '/matrix/synapse/config/homeserver.yaml',
    ])
  })

  it('accepts Synapse’s OIDC while live, and renders it together with the delegation', async () => {
    await lab.setVars(
      'live',
      'matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers: [{idp_id: x, issuer: "https://x.test/", client_id: x}]\n',
    )
    const { failures, files } = await render(lab)
    await lab.setVars('prepared')
    expect(failures).toEqual([])
    const homeserver = files.find(({ path }) => path.endsWith('/homeserver.yaml'))?.after ?? ''
    expect(homeserver).toContain('msc3861:')
    expect(homeserver).toContain('oidc_providers:')
  })

  it('cannot be rendered by the ansible-core that today’s playbook runs on', async () => {
    const { name, playbookDir } = lab
    const ansibleBin = await ansibleVenv('mas-cli')
    const args = ['--tags=install-synapse', '--check']
    const { code, stdout } = await runPlaybook({ paths: labPaths(name), playbookDir, ansibleBin, args })
    expect(code).toBe(2)
    expect(stdout).toContain('lstrip_blocks must be')
  })

  it('exits 0 having run nothing where MAS is not enabled', async () => {
    await lab.setVars('off')
    const run = await playbook(lab, [tag])
    await lab.setVars('prepared')
    expect(run.code).toBe(0)
    expect(run.tasks).not.toContain(perform)
  })
})

describe('the 2024 playbook, migrating', () => {
  beforeEach(() => lab.reset('installed'))

  it('starts Synapse again with its built-in login after a real run, and refuses a second one with both down', async () => {
    const run = await playbook(lab, [tag])
    expect(run.failures).toEqual([])
    expect(run.stdout).toContain('Completed migration of')
    expect(await bothUnits(lab)).toEqual(['active', 'active'])
    expect(await server(lab, 'grep -c msc3861 /matrix/synapse/config/homeserver.yaml || true')).toBe('0\n')

    const again = await playbook(lab, [tag])
    expect(again.code).toBe(2)
    expect(again.stdout).toContain('existing users in MAS')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
  })

  it('takes the text false for a real run that starts nothing again', async () => {
    const run = await playbook(lab, [tag, '-e', 'matrix_authentication_service_syn2mas_dry_run=false'])
    expect(run.code).toBe(0)
    expect(run.stdout).not.toContain('dry-run of')
    expect(await bothUnits(lab)).toEqual(['inactive', 'inactive'])
  })
})
