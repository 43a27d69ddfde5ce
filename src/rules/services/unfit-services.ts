import { whereOn } from '../facts/values.ts'
import { defineRule, live, off, prepared, type Rule } from '../kit/rule.ts'

/** A service that does not work with MAS, or only in part. */
interface UnfitService extends Pick<Rule, 'id' | 'remedy' | 'severity' | 'why'> {
  /** Its switches: the playbook renamed some over time. */
  readonly switches: readonly [string, ...string[]]
  /** Ends the sentence that begins with the switch. */
  readonly message: string
}

/** `install-all` never stops a service that is off (`docs/installing.md` of the playbook). */
const removing =
  'It keeps running until a deployment with `tags: setup-all,ensure-matrix-users-created,start` removes it; deploy/README.md says what else that does.'

const unfitServices: readonly UnfitService[] = [
  {
    id: 'services/corporal',
    severity: 'error',
    switches: ['matrix_corporal_enabled'],
    message: 'is on, but cannot work with MAS',
    why: "Corporal logs in as other users by Synapse's shared secret and answers their logins itself. Both stop working once MAS is live, so its policies are no longer enforced.",
    remedy: `Choose a replacement before the migration, then turn it off. ${removing}`,
  },
  {
    id: 'services/postmoogle',
    severity: 'warning',
    switches: [
      'matrix_postmoogle_enabled',
      'matrix_bridge_postmoogle_enabled',
      'matrix_bot_postmoogle_enabled',
    ],
    message: 'is on, but fails after a restart with MAS',
    why: 'With MAS, Postmoogle works once and fails at every later start, because its encryption keys are missing from the server.',
    remedy: `Turn it off before the migration. ${removing}`,
  },
  {
    id: 'services/reminder-bot',
    severity: 'warning',
    switches: ['matrix_bot_matrix_reminder_bot_enabled'],
    message: 'is on, but does not work well with MAS',
    why: 'With MAS, the bot does not start, or it loses its state at each start and sends old reminders again.',
    remedy: `Turn it off before the migration, or accept old reminders. ${removing}`,
  },
  {
    id: 'services/registration-bot',
    severity: 'warning',
    switches: ['matrix_bot_matrix_registration_bot_enabled'],
    message: 'is on, but MAS does not accept its tokens',
    why: "The bot creates registration tokens through Synapse's API. Once MAS is live, MAS creates the accounts and does not know those tokens.",
    remedy: `Turn it off and use the registration tokens of MAS. ${removing}`,
  },
  {
    id: 'services/synapse-admin',
    severity: 'notice',
    switches: ['matrix_synapse_admin_enabled'],
    message: 'is on, but works only in part with MAS',
    why: 'Synapse Admin shows accounts, but cannot change passwords or sessions in MAS. With MAS, a new login of an administrator has no administrator rights.',
    remedy: 'Use its successor Ketesa, which supports MAS, or the commands of `mas-cli manage`.',
  },
]

/** A checkout that renamed a switch. */
const renaming = (name: string) => ({
  dialect: 'mas-cli' as const,
  files: {
    'roles/custom/x/tasks/validate_config.yml': `- ansible.builtin.fail:
    msg: "Please rename"
  when: "lookup('ansible.builtin.varnames', ('^' + item.old + '$'), wantlist=True) | length > 0"
  with_items:
    - {'old': '${name}', 'new': 'x_enabled'}
`,
  },
})

export const unfitServiceRules: readonly Rule[] = unfitServices.map(({ switches, message, ...texts }) => {
  const [name] = switches
  return defineRule({
    ...texts,
    examples: {
      wrong: switches.flatMap(each => [`${prepared}${each}: true`, `${live}${each}: true`]),
      right: [
        live,
        `${live}${name}: false`,
        `${live}${name}: "{{ x }}"`,
        `${off}${name}: true`,
        { vars: `${live}${name}: true`, checkout: renaming(name) },
      ],
    },
    // A name that the playbook no longer has is reported as such.
    check: context => {
      const replaced = (each: string) => context.checkout?.variables?.replacement(each) !== undefined
      return whereOn(
        context,
        switches.filter(each => !replaced(each)),
        message,
      )
    },
  })
})
