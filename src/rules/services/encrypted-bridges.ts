import type { Host } from '../../inventory/inventory.ts'
import { type CheckoutFacts, defineRule, type Offence } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { ownNames } from '../written.ts'

const all = ['matrix_bridges_encryption_enabled', 'matrix_bridges_encryption_default']
/** Switches of one bridge or bot, in both eras of the playbook: `matrix_NAME_…`, with the name of the service. */
const ofOne = /^(matrix_\w+?)(?:_bridge|_config)?_encryption_(?:allow|default|require|enabled?|appservice)$/
const notTheirs =
  /^matrix_(?:synapse|continuwuity|tuwunel|static_files|client|authentication_service|bridges)_/
const telegram = 'matrix_mautrix_telegram'

export const encryptedBridges = defineRule({
  id: 'services/encrypted-bridges',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'Bridges and bots with encryption log in to devices of their own. The way they did that for years does not work with MAS: they do not start. Newer ones make their devices by MSC4190, which does.',
  remedy:
    'Turn encryption of bridges and bots off before the migration. Rooms that are encrypted stay so, and the bridge cannot read them.',
  examples: {
    wrong: [
      `${prepared}${all[0]}: true`,
      `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_allow: true`,
      `${live}matrix_bridge_hookshot_enabled: true\nmatrix_bridge_hookshot_encryption_enabled: true`,
    ],
    right: [
      live,
      `${live}${all[0]}: false`,
      `${live}${all[0]}: "{{ x }}"`,
      `${live}${telegram}_enabled: false\n${telegram}_bridge_encryption_allow: true`,
      `${live}${telegram}_bridge_encryption_allow: true`,
      `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_key_sharing_allow: true`,
      `${off}${all[0]}: true`,
    ],
  },
  check: ({ host, checkout }): readonly Offence[] =>
    [...ownNames(host)]
      .filter(name => all.includes(name) || isOfOne(host, name))
      .flatMap(name => {
        const { state, place } = switchAt(host, name)
        return state === 'on' ? [{ ...saidOf(name, checkout), ...(place && { place }) }] : []
      }),
})

/** Today's playbook sets the switch by itself where MAS and encryption are on (the role matrix-base, `defaults/main.yml`). */
const newerWay = 'matrix_bridges_msc4190_enabled'

function saidOf(name: string, checkout: CheckoutFacts | undefined): Pick<Offence, 'message' | 'remedy'> {
  if ((checkout?.variables?.defaultsOf(newerWay) ?? []).length === 0)
    return { message: `\`${name}\` is on; it does not work with MAS` }
  return {
    message: `\`${name}\` is on; with MAS a bridge needs MSC4190 for it`,
    remedy: `This playbook turns \`${newerWay}\` on by itself, for the bridges that know it. Try one encrypted room of each bridge right after the migration; turn encryption off for a bridge that does not know it.`,
  }
}

/** A service that is off, as all are unless turned on, does not start anyway. */
function isOfOne(host: Host, name: string): boolean {
  const service = notTheirs.test(name) ? undefined : ofOne.exec(name)?.[1]
  return service !== undefined && switchAt(host, `${service}_enabled`).state === 'on'
}
