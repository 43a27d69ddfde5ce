import type { Lab } from '../lab.ts'

export interface UnitState {
  readonly active: string
  /** When the unit last became active, in µs since the boot: another value says that it was started again. */
  readonly since: string
}

type Server = Pick<Lab, 'root'>

export async function unit(lab: Server, name: string): Promise<UnitState> {
  const { stdout } = await lab.root(
    `systemctl show ${name} --property=ActiveState --property=ExecMainStartTimestampMonotonic`,
  )
  const value = (property: string) => new RegExp(`^${property}=(.*)$`, 'm').exec(stdout)?.[1] ?? ''
  return { active: value('ActiveState'), since: value('ExecMainStartTimestampMonotonic') }
}

/** Synapse and MAS in this order, as `active`, `activating`, `inactive` or `failed`. */
export async function bothUnits(lab: Server): Promise<readonly [string, string]> {
  const states = await Promise.all(
    ['matrix-synapse', 'matrix-authentication-service'].map(name => unit(lab, name)),
  )
  return [states[0]?.active ?? '', states[1]?.active ?? '']
}

/** Runs bash as root. Throws if it fails. */
export async function server(lab: Server, script: string): Promise<string> {
  const { code, stdout, stderr } = await lab.root(`set -euo pipefail\n${script}`)
  if (code !== 0) throw new Error(`on the server, code ${code}:\n${stdout}\n${stderr}`)
  return stdout
}
