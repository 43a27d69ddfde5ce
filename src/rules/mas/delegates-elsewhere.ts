import { delegationVariable } from '../../domain/variables.ts'
import { inSynapse } from '../facts/extensions.ts'
import { masAddress } from '../facts/hostname.ts'
import { ownText, subjectOf, switchAt } from '../facts/values.ts'
import { defineRule, live, off, prepared, withEach } from '../kit/rule.ts'

const endpoint = 'matrix_synapse_matrix_authentication_service_endpoint'
/** The container of the playbook's MAS. */
const container = 'matrix-authentication-service'
const domain = 'matrix_domain: example.test\n'

export const delegatesElsewhere = defineRule({
  id: 'mas/delegates-elsewhere',
  severity: 'error',
  why: "Synapse would use a MAS other than the playbook's. The migration fills the playbook's MAS, so the other one has no accounts of Synapse and accepts no session.",
  remedy: `Remove \`${endpoint}\`: the playbook sets it to its own MAS.`,
  examples: {
    wrong: [
      `${live}${domain}${endpoint}: https://mas.other.test/`,
      `${prepared}${domain}${endpoint}: https://mas.other.test/`,
      `${live}${domain}${endpoint}: mas`,
      live + domain + inSynapse('matrix_authentication_service:', '  endpoint: https://mas.other.test/'),
    ],
    right: [
      live + domain,
      ...withEach(
        live + domain,
        endpoint,
        `http://${container}:8080/auth/`,
        'https://matrix.example.test/auth/',
        '"{{ x }}"',
        "''",
      ),
      `${live}${domain}${endpoint}: https://mas.other.test/\n${inSynapse('matrix_authentication_service:', `  endpoint: http://${container}:8080/`)}`,
      `${off}${endpoint}: https://mas.other.test/`,
    ],
  },
  check: ({ host, stage }) => {
    const chosen = ownText(host, endpoint)
    if (!chosen || chosen.text === '') return []
    const url = URL.canParse(chosen.text) ? new URL(chosen.text) : undefined
    const own = masAddress(host)?.hostname
    if (url && (own === undefined || url.hostname === own || url.hostname === container)) return []
    const subject = subjectOf(host.variable(endpoint))
    const message = url
      ? `${subject} is not the address of the playbook's MAS`
      : `${subject} is not a URL, so Synapse does not start`
    const severity = stage.stage === 'prepared' ? ('warning' as const) : undefined
    return [{ message, severity, place: chosen.value.place }]
  },
})

export const delegatesWithoutMas = defineRule({
  id: 'mas/delegates-without-mas',
  severity: 'warning',
  stages: ['off'],
  why: 'Synapse delegates to a MAS that the playbook does not manage, so these actions cannot migrate this server. They report its stage as `off`, although Synapse no longer uses its built-in login.',
  remedy:
    'Keep that MAS and do not use these actions for this server. If no MAS exists, remove the setting: no user can log in with it.',
  examples: {
    wrong: [
      inSynapse('matrix_authentication_service:', '  enabled: true', '  endpoint: https://mas.other.test/'),
      off + inSynapse('experimental_features:', '  msc3861:', '    enabled: true'),
      `${off}${delegationVariable}: true`,
    ],
    right: [
      off,
      off + inSynapse('matrix_authentication_service:', '  enabled: false'),
      off + inSynapse('matrix_authentication_service:', '  enabled: "{{ x }}"'),
      `${off}${delegationVariable}: false`,
      live + inSynapse('matrix_authentication_service:', '  enabled: true'),
    ],
  },
  check: ({ host }) => {
    const { state, subject, place } = switchAt(host, delegationVariable)
    if (state !== 'on') return []
    return [{ message: `${subject} makes Synapse delegate to a MAS, but the playbook's MAS is off`, place }]
  },
})
