import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Dialect, dialects } from '../../../../src/domain/stage.ts'
import { imageNames, registry } from '../real/images.ts'
import { upstreamProviders } from './providers.ts'
import { inventoryHost, varsText, type WantedStage, writeInventory } from './write.ts'

const stages = ['off', 'prepared', 'live'] as const
const address = '192.0.2.7'
const vars = (dialect: Dialect, stage: WantedStage): Record<string, unknown> =>
  parse(varsText({ dialect, stage, address }))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inventory-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(dialects)('the inventory of an operator with the %s playbook', dialect => {
  it('asks for the three stages with the variables of the two pull requests', () => {
    const asked = stages.map(stage => {
      const all = vars(dialect, stage)
      return [
        all.matrix_authentication_service_enabled,
        all.matrix_authentication_service_migration_in_progress,
        all.matrix_synapse_oidc_enabled,
      ]
    })
    expect(asked).toEqual([
      [undefined, undefined, true],
      [true, true, true],
      [true, undefined, undefined],
    ])
  })

  it('holds the three traps at false while prepared, and only then', () => {
    const traps = [
      'matrix_synapse_matrix_authentication_service_enabled',
      'matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled',
      'matrix_client_element_features_feature_oidc_native_flow',
    ]
    for (const stage of stages) {
      const expected = stage === 'prepared' ? false : undefined
      expect(traps.map(name => vars(dialect, stage)[name])).toEqual([expected, expected, expected])
    }
  })

  it('names for each provider which one of Synapse’s it continues, as the dialect has it', () => {
    const all = vars(dialect, 'prepared')
    const providers = all.matrix_authentication_service_config_upstream_oauth2_providers as {
      id: string
      synapse_idp_id?: string
    }[]
    expect(providers.map(({ id }) => id)).toEqual(upstreamProviders.map(({ masId }) => masId))
    for (const { id } of providers) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    const ids = upstreamProviders.map(({ synapseId }) => synapseId)
    if (dialect === 'mas-cli') expect(providers.map(each => each.synapse_idp_id)).toEqual(ids)
    else
      expect(all.matrix_authentication_service_syn2mas_process_extra_arguments).toEqual(
        upstreamProviders.map(each => `--upstreamProviderMapping ${each.synapseId}:${each.masId}`),
      )
  })
})

describe.each(stages)('the vars for a real playbook at %s', stage => {
  const real = { validatedVersion: 'v2026.05.18.0' }
  const realVars = (dialect: Dialect): Record<string, unknown> =>
    parse(varsText({ dialect, stage, address, real }))

  it('ask for the images that the lab’s registry has, and for no other registry', () => {
    const asked: Readonly<Record<Dialect, readonly string[]>> = {
      'mas-cli': [
        'matrix_synapse_version',
        'matrix_authentication_service_version',
        'matrix_synapse_reverse_proxy_companion_version',
        'valkey_container_image_tag',
        'postgres_container_image_v15_version',
      ],
      'syn2mas-tool': [
        'matrix_synapse_version',
        'matrix_authentication_service_version',
        'matrix_authentication_service_syn2mas_version',
        'matrix_synapse_reverse_proxy_companion_version',
        'valkey_container_image_tag',
        'postgres_container_image_v15',
      ],
    }
    for (const dialect of dialects) {
      const all = realVars(dialect)
      const tags = (names: readonly unknown[]) => names.map(name => String(name).split(':').at(-1)).sort()
      expect(tags(asked[dialect].map(name => all[name]))).toEqual(tags(Object.values(imageNames[dialect])))
    }
    expect(realVars('mas-cli').matrix_container_global_registry_prefix_override).toBe(registry)
    const prefixes = Object.values(realVars('syn2mas-tool')).filter(value => value === registry)
    expect(prefixes).toHaveLength(5)
  })

  it('say what the checkout asks to be read', () => {
    expect(realVars('mas-cli').matrix_playbook_migration_validated_version).toBe('v2026.05.18.0')
  })
})

describe('writeInventory', () => {
  it('puts the host’s connection on its line, the port only where it is another one', async () => {
    const hosts = async () => readFile(join(folder, 'inventory', 'hosts'), 'utf8')
    await writeInventory(folder, { dialect: 'mas-cli', stage: 'off', address })
    expect(await hosts()).toBe(
      `[matrix_servers]\n${inventoryHost} ansible_host=${address} ansible_ssh_user=root\n`,
    )
    await writeInventory(folder, { dialect: 'mas-cli', stage: 'off', address, sshPort: 2222 })
    expect(await hosts()).toContain(' ansible_ssh_port=2222\n')
  })

  it('adds an operator’s own lines at the end', async () => {
    await writeInventory(folder, { dialect: 'mas-cli', stage: 'live', address, extraVars: 'own_line: 1\n' })
    const text = await readFile(join(folder, 'inventory', 'host_vars', inventoryHost, 'vars.yml'), 'utf8')
    expect(text.endsWith('own_line: 1\n')).toBe(true)
  })
})
