import type { Value } from '../../inventory/value.ts'
import type { FindRisks, Risk } from './trust-additions.ts'
import { written } from './written.ts'

/** Variables that become arguments of ssh, sftp or scp on the runner (`plugins/connection/ssh.py` of ansible-core). */
const argumentNames: readonly string[] = [
  'ansible_ssh_args',
  'ansible_ssh_common_args',
  'ansible_ssh_extra_args',
  'ansible_sftp_extra_args',
  'ansible_scp_extra_args',
]

/** What a rule looks for in these arguments, and in other variables. */
export interface SshDanger {
  /** Messages show the match: it is a word of ssh. */
  readonly inArguments: readonly RegExp[]
  /** The other variables. */
  readonly names: readonly string[]
  /** The problem of another variable, as a clause; `undefined` if there is none. */
  readonly ofVariable: (name: string, value: Value) => string | undefined
}

export function findSshDangers({ inArguments, names, ofVariable }: SshDanger): FindRisks {
  const relevant = new Set([...argumentNames, ...names])
  return (_, hosts) =>
    [...written(hosts, relevant)].flatMap(({ definition: { name, value }, about }): Risk[] => {
      const key = `${about.host ?? ''} ${name}`
      const { place } = value
      if (!argumentNames.includes(name)) {
        const clause = ofVariable(name, value)
        return clause === undefined
          ? []
          : [{ key: `${key} ${textOf(value)}`, message: `\`${name}\` ${clause}`, place, ...about }]
      }
      const text = textOf(value)
      return inArguments
        .flatMap(pattern => text.match(pattern) ?? [])
        .map(option => ({
          key: `${key} ${option} ${text}`,
          message: `\`${name}\` sets \`${option}\``,
          place,
          ...about,
        }))
    })
}

/** The text of a value. Jinja is returned as written: it still contains the options of ssh. */
export function textOf(value: Value): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'unknown') return value.source ?? ''
  if (value.kind === 'list') return value.items.map(textOf).join(' ')
  return value.kind === 'boolean' || value.kind === 'integer' ? String(value.value) : ''
}
