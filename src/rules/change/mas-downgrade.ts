import { isAtLeast, masVersion, versionVariable } from '../facts/mas-version.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const at = (stage: string, version: string) => `${stage}${versionVariable}: ${version}\n`
const checkout = {
  dialect: 'mas-cli',
  files: { 'roles/custom/matrix-authentication-service/defaults/main.yml': `${versionVariable}: 1.22.0\n` },
} as const

export const masDowngrade = defineRule({
  id: 'change/mas-downgrade',
  severity: 'error',
  needs: 'base',
  why: 'MAS upgrades its database when it starts, and cannot downgrade it. An older version finds unknown tables, and does not start or fails later. It also silently ignores unknown configuration keys.',
  remedy: 'Keep the version, or restore a database backup from the older version.',
  examples: {
    wrong: [
      { base: at(live, '1.22.0'), vars: at(live, '0.12.0') },
      { base: at(prepared, '1.22.0'), vars: at(prepared, '1.21.3') },
      { base: live, vars: at(live, '1.21.0'), checkout },
      { base: at(live, '1.23.0'), vars: live, checkout },
    ],
    right: [
      { base: at(live, '1.21.0'), vars: at(live, '1.22.0') },
      { base: at(live, '1.22.1'), vars: at(live, '1.22.0') },
      { base: at(live, '1.22.0'), vars: at(live, '"{{ v }}"') },
      { base: at(live, '1.22.0'), vars: at(live, 'latest') },
      { base: at(live, '1.22.0'), vars: live },
      { base: at(off, '1.22.0'), vars: at(prepared, '1.21.0') },
    ],
  },
  check: context => {
    const { host, base, stage } = context
    if (!base?.host || (base.stage.stage !== 'prepared' && base.stage.stage !== 'live')) return []
    const [old, now] = [masVersion({ ...context, host: base.host }), masVersion(context)]
    if (!old || !now || isAtLeast(now, old)) return []
    const { place = stage.place } = host.variable(versionVariable)
    return [{ message: 'this change downgrades MAS', place }]
  },
})
