import { textAt, type Value, valueAt } from '../../inventory/value.ts'
import { lacksUserName } from '../../mas/providers/services.ts'
import { client, eachProvider, id, providerList } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

const issuer = 'https://accounts.google.com'
const google = (...lines: readonly string[]) =>
  providerList(id, `issuer: ${issuer}`, ...client, 'claims_imports:', ...lines.map(line => `  ${line}`))
const template = (text: string) => google('localpart:', '  action: require', `  template: "${text}"`)

export const providerUserName = defineRule({
  id: 'providers/user-name',
  severity: 'warning',
  why: 'By default MAS makes the user name from `preferred_username`, which this service does not send. A login that needs a new account then fails. Accounts that are already linked are not affected.',
  remedy:
    'Set a template from what the service sends, such as `template: "{% raw %}{{ (user.email | split(\'@\'))[0] | lower }}{% endraw %}"`, or let users choose with `action: suggest`.',
  examples: {
    wrong: [google('localpart:', '  action: require'), template('{{ user.preferred_username }}')],
    right: [
      google('localpart:', '  action: suggest'),
      google('localpart:', '  action: force'),
      google('email:', '  action: force'),
      template("{{ (user.email | split('@'))[0] }}"),
      google('localpart:', '  action: require').replace(issuer, 'https://idp.example.test/'),
    ],
  },
  check: ({ host }) =>
    eachProvider(host).flatMap(({ name, part, text }) => {
      const imports = part('claims_imports')
      const action = valueAt(imports, 'localpart', 'action')
      const isNeeded = action?.kind === 'string' && action.value === 'require'
      const template = valueAt(imports, 'localpart', 'template')
      const isDefault = !template || template.kind === 'null' || mentions(template)
      if (!lacksUserName(text('issuer')) || !action || !isNeeded || !isDefault) return []
      const message = `${name} needs \`preferred_username\`, which its service does not send`
      return [{ message, place: action.place }]
    }),
})

/** A template in the vars is Jinja to Ansible too, so it is written as text or escaped. */
function mentions(template: Value): boolean {
  const source = template.kind === 'unknown' ? template.source : textAt(template)
  return source?.includes('preferred_username') ?? false
}
