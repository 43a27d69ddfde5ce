import { hostnameVariable as name } from '../facts/hostname.ts'
import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostname = new RegExp(`^${label}(?:\\.${label})+$`, 'i')

export const masHostnameForm = defineRule({
  id: 'mas/hostname-form',
  severity: 'error',
  why: 'The playbook builds the URL of MAS and the rule of the reverse proxy from this value. Anything other than a host name results in a URL that does not work.',
  remedy: 'Write only the host name, such as `auth.example.com`: no `https://`, no port, no path.',
  examples: {
    wrong: [
      `${live}${name}: https://auth.example.test`,
      `${live}${name}: auth.example.test/`,
      `${live}${name}: auth.example.test:8443`,
      `${live}${name}: auth example`,
      `${live}${name}: ''`,
      `${live}${name}: 12`,
      `${live}${name}: localhost`,
    ],
    right: [
      live,
      `${live}${name}: auth.example.test`,
      `${live}${name}: AUTH.example.test`,
      `${live}${name}: xn--bcher-kva.example.test`,
      `${live}${name}: "auth.{{ matrix_domain }}"`,
      `${name}: https://auth.example.test`,
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(name)
    if (!value || value.kind === 'unknown' || value.kind === 'vault') return []
    if (value.kind === 'string' && hostname.test(value.value) && value.value.length <= 253) return []
    return [{ message: `\`${name}\` is not a valid host name`, place: value.place }]
  },
})
