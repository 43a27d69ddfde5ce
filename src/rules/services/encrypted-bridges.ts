import type { Host } from '../../inventory/inventory.ts'
import { encryptionSwitch, serviceExtension } from '../facts/doors.ts'
import { extension } from '../facts/extensions.ts'
import { switchAt } from '../facts/values.ts'
import { ownNames } from '../facts/written.ts'
import { type CheckoutFacts, defineRule, live, off, prepared, type Violation } from '../kit/rule.ts'

const all = ['matrix_bridges_encryption_enabled', 'matrix_bridges_encryption_default']
const otherRoles =
  /^matrix_(?:synapse|continuwuity|tuwunel|static_files|client|authentication_service|bridges)_/
const keys = ['allow', 'default', 'require', 'enable']
const telegram = 'matrix_mautrix_telegram'

/** Today's `roles/custom/matrix-base/defaults/main.yml` turns it on with MAS and encryption. Bridges that support it have a switch with this default. */
const msc4190 = 'matrix_bridges_msc4190_enabled'
const today: CheckoutFacts['dialect'] = 'mas-cli'
const withMsc4190 = (...bridges: readonly string[]) => ({
  dialect: today,
  files: {
    'roles/custom/matrix-base/defaults/main.yml': `${msc4190}: "{{ x }}"\n`,
    ...Object.fromEntries(
      bridges.map(bridge => [
        `roles/custom/${bridge}/defaults/main.yml`,
        `${bridge}_msc4190_enabled: "{{ x }}"\n`,
      ]),
    ),
  },
})

export const encryptedBridges = defineRule({
  id: 'services/encrypted-bridges',
  severity: 'warning',
  why: 'Bridges and bots with encryption log in to create their own device. This login does not work with MAS, so they do not start. Bridges that create devices with MSC4190 can work with MAS.',
  remedy:
    'First compare the vars with your playbook: `npx matrix-auth-actions validate --playbook-path FOLDER`. A newer playbook turns MSC4190 on, and then most bridges keep their encryption.',
  examples: {
    wrong: [
      `${prepared}${all[0]}: true`,
      `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_allow: true`,
      `${live}matrix_bridge_hookshot_enabled: true\nmatrix_bridge_hookshot_encryption_enabled: true`,
      `${live}${telegram}_enabled: true\n${extension(`${telegram}_configuration_extension_yaml`, 'encryption:', '  allow: true')}`,
      `${live}${telegram}_enabled: true\n${extension(`${telegram}_configuration_extension_yaml`, 'bridge:', '  encryption:', '    default: true')}`,
      { vars: `${prepared}${all[0]}: true`, checkout: withMsc4190() },
      {
        vars: `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_allow: true`,
        checkout: withMsc4190(telegram),
      },
    ],
    right: [
      live,
      `${live}${all[0]}: false`,
      `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_allow: true\n${extension(`${telegram}_configuration_extension_yaml`, 'encryption:', '  allow: false')}`,
      `${live}${all[0]}: "{{ x }}"`,
      `${live}${telegram}_enabled: false\n${telegram}_bridge_encryption_allow: true`,
      `${live}${telegram}_bridge_encryption_allow: true`,
      `${live}${telegram}_enabled: true\n${telegram}_bridge_encryption_key_sharing_allow: true`,
      `${off}${all[0]}: true`,
    ],
  },
  check: ({ host, checkout }): readonly Violation[] =>
    [...switchesOf(host)].flatMap(name => {
      const service = all.includes(name) ? undefined : serviceOf(host, name)
      if (service === undefined && !all.includes(name)) return []
      const { state, place, subject } = switchAt(host, name)
      return state === 'on' ? [{ ...violationFor(subject, service, host, checkout), place }] : []
    }),
})

/** The host's variables, and the switches that an extension may set without the variable. */
function switchesOf(host: Host): ReadonlySet<string> {
  const names = ownNames(host)
  const extended = [...names].flatMap(name => {
    if (!name.endsWith('_extension_yaml') || otherRoles.test(name)) return []
    const service = serviceExtension.exec(name)?.[1]
    const isSet = [...names].some(
      own => own.includes('_encryption_') && encryptionSwitch.exec(own)?.[1] === service,
    )
    return service === undefined || isSet ? [] : keys.map(key => `${service}_encryption_${key}`)
  })
  return extended.length === 0 ? names : new Set([...names, ...extended])
}

/** A service that is off does not start anyway. Services are off by default. */
function serviceOf(host: Host, name: string): string | undefined {
  const service = otherRoles.test(name) ? undefined : encryptionSwitch.exec(name)?.[1]
  return service !== undefined && switchAt(host, `${service}_enabled`).state === 'on' ? service : undefined
}

const turnOff =
  'Turn off encryption for bridges and bots before the migration. Encrypted rooms stay encrypted, and the bridge cannot read them.'

/** The violation for a switch of all bridges, or of one, depending on what the checkout supports. */
function violationFor(
  subject: string,
  service: string | undefined,
  host: Host,
  checkout: CheckoutFacts | undefined,
): Omit<Violation, 'place'> {
  const switchName = service === undefined ? msc4190 : `${service}_msc4190_enabled`
  const isKnown = checkout?.variables && checkout.variables.defaultsOf(switchName).length > 0
  if (!isKnown || switchAt(host, switchName).state === 'off') {
    return {
      message: `${subject} is on, but does not work with MAS${checkout?.variables ? '' : ' without MSC4190'}`,
      ...(checkout?.variables && { remedy: turnOff }),
    }
  }
  const others =
    service === undefined
      ? ' Bridges without such a switch, such as Hookshot, do not start: turn off encryption for them.'
      : ''
  return isOn(host, switchName)
    ? {
        message: `${subject} is on and needs MSC4190 to work with MAS; this playbook turns MSC4190 on`,
        // Of one bridge that supports it, nothing is left but a test.
        ...(service !== undefined && { severity: 'notice' }),
        remedy: `Test each bridge with MAS: write in an encrypted room, and restart the bridge.${others}`,
      }
    : {
        message: `${subject} is on and needs MSC4190 to work with MAS, but MSC4190 is off`,
        remedy: `Set \`${switchName}: true\`, and test the bridge with MAS: write in an encrypted room, and restart the bridge.`,
      }
}

/** The switch of one bridge follows the switch of all bridges, which follows their encryption. */
function isOn(host: Host, switchName: string): boolean {
  const [own, ofAll, encryption] = [switchName, msc4190, all[0] ?? ''].map(name => switchAt(host, name).state)
  if (own !== 'absent') return own === 'on'
  return ofAll === 'absent' ? encryption === 'on' : ofAll === 'on'
}
