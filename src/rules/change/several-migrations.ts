import { live, prepared } from '../facts/stages.ts'
import { defineRule, type HostContext } from '../kit/rule.ts'

const hosts = '[matrix_servers]\na.example.test\nb.example.test\n'
const two = (a: string, b: string) => ({
  'inventory/hosts': hosts,
  'inventory/host_vars/a.example.test/vars.yml': a,
  'inventory/host_vars/b.example.test/vars.yml': b,
})

function migrates({ stage, base }: HostContext): boolean {
  return stage.stage === 'live' && base?.stage.stage === 'prepared'
}

export const severalMigrations = defineRule({
  id: 'change/several-migrations',
  severity: 'error',
  stages: ['live'],
  needs: 'base',
  why: '`migrate` refuses this change: it migrates one host at a time unless `max-hosts` allows more. It also stops at the first host that fails.',
  remedy: 'Make a separate change for each host. Merge the next change when the previous host works.',
  examples: {
    wrong: [{ base: { files: two(prepared, prepared) }, files: two(live, live) }],
    right: [
      { base: { files: two(prepared, prepared) }, files: two(live, prepared) },
      { base: { files: two(live, prepared) }, files: two(live, live) },
      { base: { files: two(live, live) }, files: two(live, live) },
    ],
  },
  checkAll: ({ hosts: all }) => {
    const migrating = all.filter(migrates)
    const [, second] = migrating
    if (!second) return []
    const names = migrating.slice(0, 10).map(({ host }) => `\`${host.name}\``)
    const more = migrating.length > names.length ? ` and ${migrating.length - names.length} more` : ''
    const place = second.stage.place
    return [{ message: `${migrating.length} hosts would migrate at once: ${names.join(', ')}${more}`, place }]
  },
})
