import { removed } from '../facts/change-compare.ts'
import { bcrypt, masPepper, pepperVariable, schemes, synapsePepper } from '../facts/password-schemes.ts'
import { defineRule, type HostContext, live, off, prepared, vault } from '../kit/rule.ts'
import { passwordPepperViolations } from '../mas/password-pepper.ts'

const at = (stage: string, pepper: string) => `${stage}${pepperVariable}: ${pepper}\n`
const masSchemes = (secret: string) =>
  schemes(`version: 1, algorithm: bcrypt, secret: ${secret}`).replace(prepared, live)

export const passwordPepperChanged = defineRule({
  id: 'change/password-pepper',
  severity: 'error',
  needs: 'base',
  why: 'The pepper is part of every password hash. If it changes, Synapse rejects every old password before the migration. MAS rejects them after it, because version 1 of its schemes uses the pepper as its secret.',
  remedy: `Restore the old value, even if MAS is live. Keep \`${pepperVariable}\` permanently.`,
  examples: {
    wrong: [
      { base: at(live, 'invented'), vars: at(live, 'other') },
      { base: at(live, 'invented'), vars: live },
      { base: at(live, 'invented'), vars: live, files: vault },
      { base: live, vars: at(live, 'invented') },
      { base: at(prepared, 'invented'), vars: live },
      { base: off, vars: at(prepared, 'invented') },
      { base: masSchemes('invented'), vars: masSchemes('other') },
    ],
    right: [
      { base: at(live, 'invented'), vars: at(live, 'invented') },
      { base: at(prepared, 'invented'), vars: at(live, '"{{ vault_pepper }}"') },
      { base: at(live, 'invented'), vars: masSchemes('invented') },
      { base: at(live, 'invented'), vars: at(schemes(bcrypt).replace(prepared, live), 'invented') },
      { base: live, vars: at(live, "''") },
      { base: at(off, 'invented'), vars: at(off, 'other') },
      { base: masSchemes('invented'), vars: `${masSchemes('"{{ x }}"')}` },
    ],
  },
  check: context => {
    const { host, base, stage } = context
    if (!base?.host || base.stage.stage === 'unknown') return []
    const old = pepperAt(base.stage, base.host)
    const gone = removed(base.host, host, pepperVariable)
    const now = pepperAt(stage, host) ?? (gone && '')
    if (old === undefined || now === undefined || old === now) return []
    if (passwordPepperViolations(context).length > 0) return []
    const place = host.variable(pepperVariable).value?.place ?? stage.place
    return [{ message: 'the password pepper changes, so every old password stops working', place, ...gone }]
  },
})

/** The pepper of the service that checks passwords at a stage. */
function pepperAt({ stage }: HostContext['stage'], host: HostContext['host']) {
  return stage === 'live' ? masPepper(host) : synapsePepper(host)
}
