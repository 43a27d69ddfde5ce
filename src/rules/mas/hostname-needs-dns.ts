import type { Host } from '../../inventory/inventory.ts'
import { matrixHost, hostnameVariable as name } from '../facts/hostname.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const domain = 'matrix_domain: example.test\n'
const own = `${name}: auth.example.test\n`

export const masHostnameNeedsDns = defineRule({
  id: 'mas/hostname-needs-dns',
  severity: 'notice',
  needs: 'base',
  why: 'The host name is new. Without a DNS record the reverse proxy cannot get a certificate, and MAS is unreachable.',
  remedy:
    'Before you merge this change, create a DNS record that points to the server, such as a CNAME to the host name of Synapse.',
  examples: {
    wrong: [
      { base: off + domain, vars: prepared + domain + own },
      { base: prepared + domain + own, vars: `${prepared}${domain}${name}: login.example.test\n` },
    ],
    right: [
      { base: prepared + domain + own, vars: live + domain + own },
      { base: off + domain, vars: prepared + domain },
      { base: off + domain, vars: `${prepared}${domain}${name}: matrix.example.test\n` },
      { base: off + domain, vars: `${prepared}${domain}${name}: "{{ auth }}"\n` },
      prepared + domain + own,
    ],
  },
  check: ({ host, base }) => {
    const hostname = ownText(host, name)
    if (!hostname || !base || hostname.text.toLowerCase() === matrixHost(host)) return []
    if (base.host && isKnownTo(base.host, hostname.text)) return []
    return [{ message: 'the host name of MAS is new and needs a DNS record', place: hostname.value.place }]
  },
})

function isKnownTo(before: Host, hostname: string): boolean {
  const { state } = before.variable(name)
  return ownText(before, name)?.text === hostname || (state !== 'absent' && !ownText(before, name))
}
