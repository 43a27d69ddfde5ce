import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { validate } from '../../src/actions/validate-config/run.ts'

const [live, prepared] = ['live.example.test', 'prepared.example.test']
const enabled = 'matrix_authentication_service_enabled: true\n'
const registration = 'matrix_synapse_enable_registration: true\n'

/** The fix of the finding that registration in Synapse has no effect where MAS is live. */
function fixFor(files: Readonly<Record<string, string>>, limit?: string) {
  const inventory = {
    'inventory/hosts': `[matrix_servers]\n${live}\n${prepared}\n`,
    [`inventory/host_vars/${live}.yml`]: enabled,
    [`inventory/host_vars/${prepared}.yml`]: `${enabled}matrix_authentication_service_migration_in_progress: true\n`,
  }
  const sources = { inventory: 'inventory/hosts', files: memoryFiles({ ...inventory, ...files }) }
  const { findings } = validate({ ...sources, ...(limit !== undefined && { limit }) })
  const found = findings.find(({ id }) => id === 'synapse/registration-while-live')
  expect(found).toBeDefined()
  return found
}

test('a line of group vars is not changed for one host where another one at another stage has it too', () => {
  const shared = { 'inventory/group_vars/matrix_servers.yml': registration }
  for (const limit of [undefined, live]) {
    const found = fixFor(shared, limit)
    expect(found?.suggestion).toBeUndefined()
    expect(found?.remedy).toContain(`(\`${prepared}\`): make this change in \`host_vars\` instead.`)
  }
})

test('the line of a host, and of a group whose hosts are all at the same stage, has its fix', () => {
  const own = { [`inventory/host_vars/${live}.yml`]: enabled + registration }
  expect(fixFor(own)?.suggestion).toBeDefined()
  const alike = {
    'inventory/group_vars/matrix_servers.yml': registration,
    [`inventory/host_vars/${prepared}.yml`]: enabled,
  }
  expect(fixFor(alike, live)?.suggestion).toBeDefined()
})
