import { enabledVariable, inProgressVariable } from '../../domain/variables.ts'
import { rollbackRule } from '../../domain/verdict.ts'
import { wasLive } from '../facts/change-compare.ts'
import { defineRule, type HostContext, live, off, prepared } from '../kit/rule.ts'

export const stageHidden = defineRule({
  id: 'change/stage-hidden',
  severity: 'error',
  stages: ['unknown'],
  needs: 'base',
  why: 'The repository shows the stage of this host before the change, but not after it. With an unknown stage nothing is deployed, and later changes are refused too.',
  remedy: `Keep \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`. Put only secrets in a vault.`,
  examples: {
    wrong: [
      { base: live, vars: `${enabledVariable}: "{{ use_mas }}"` },
      { base: prepared, vars: `${live}${inProgressVariable}: "{{ x }}"` },
      { base: off, vars: `${enabledVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162` },
    ],
    right: [
      { base: `${enabledVariable}: "{{ use_mas }}"`, vars: `${enabledVariable}: "{{ use_mas }}"` },
      { base: `${enabledVariable}: "{{ use_mas }}"`, vars: live },
    ],
  },
  check: ({ stage, base }) => {
    const before = base?.stage.stage
    if (stage.problem !== 'hidden' || before === undefined || before === 'unknown') return []
    const message = `the stage was \`${before}\` and is now unknown: ${stage.reason}`
    return [{ message, place: stage.place }]
  },
})

export const skipsPrepared = defineRule({
  id: 'change/skips-prepared',
  severity: 'error',
  stages: ['live'],
  needs: 'base',
  why: 'MAS would go live without the accounts of Synapse, so no user could log in. `deploy` and `migrate` refuse this change if Synapse has accounts.',
  remedy: `Split the change in two. First set \`${inProgressVariable}: true\`, and deploy. Then remove that line in a second change.`,
  examples: {
    wrong: [
      { base: off, vars: live },
      { base: 'matrix_domain: example.test', vars: live },
    ],
    right: [
      { base: prepared, vars: live },
      { base: off, vars: prepared },
      { base: live, vars: live },
      { base: { files: { 'inventory/hosts': '[matrix_servers]\nother.example.test\n' } }, vars: live },
    ],
  },
  check: ({ stage, base }) =>
    base?.host && base.stage.stage === 'off'
      ? [{ message: 'this change makes MAS live without the prepare step', place: stage.place }]
      : [],
})

export const liveToOff = defineRule({
  id: 'change/live-to-off',
  severity: 'error',
  stages: ['off'],
  needs: 'base',
  why: 'Synapse delegates to MAS. Without MAS no user can log in, and the playbook deletes MAS with its signing keys.',
  remedy: `Keep \`${enabledVariable}: true\`. To roll back to Synapse's built-in login, revert the migrate pull request instead; see Rolling back in migrate/README.md.`,
  examples: {
    wrong: [
      { base: live, vars: off },
      { base: live, vars: 'matrix_domain: example.test' },
    ],
    right: [
      { base: live, vars: prepared },
      { base: prepared, vars: off },
      { base: off, vars: off },
    ],
  },
  check: context =>
    wasLive(context)
      ? [{ message: 'this change disables MAS, which was live before', place: context.stage.place }]
      : [],
})

export const liveToPrepared = defineRule({
  id: rollbackRule,
  severity: 'warning',
  stages: ['prepared'],
  needs: 'base',
  why: "If this finding is accepted, merging rolls a live server back to Synapse's built-in login, with some seconds of downtime. What users did in MAS since the migration is lost: new accounts, sessions and changed passwords. If there is any of this, the rollback of a merge is refused.",
  remedy:
    'If you have rolled the server back already, merge this change as it is. If merging should roll it back, accept this finding in `accepted-findings.yml` in the same change. The newest result of the doctor shows what would be lost (`doctor/rollback-price`). A rollback that you start manually begins at once if users would lose nothing; otherwise it needs the number that it shows.',
  examples: {
    wrong: [{ base: live, vars: prepared }],
    right: [
      { base: prepared, vars: live },
      { base: off, vars: prepared },
      { base: prepared, vars: prepared },
    ],
  },
  check: context =>
    wasLive(context)
      ? [{ message: 'merging this change rolls a live server back', place: context.stage.place }]
      : [],
})

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
  severity: 'warning',
  stages: ['live'],
  needs: 'base',
  why: 'Hosts migrate one after the other, in the order of the inventory. The first failure stops the rest. Then the repository says that the other hosts are live, but they are not.',
  remedy:
    'Make a separate change for each host, and merge the next change when the previous host works. Or accept this finding in `accepted-findings.yml` if the first host is your canary.',
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
    return [
      {
        message: `${migrating.length} hosts would migrate with one change: ${names.join(', ')}${more}`,
        place,
      },
    ]
  },
})
