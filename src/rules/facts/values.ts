import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'

/** A variable with a readable value, including values of the playbook. */
export interface Plain {
  readonly value: Value
  readonly definition: Definition
}

export interface PlainText extends Plain {
  readonly text: string
}

/** A variable that is a plain string; `undefined` also if it is absent or unknown. */
export function plainText(host: Host, name: string): PlainText | undefined {
  const { value, definition } = host.variable(name)
  return value?.kind === 'string' && definition ? { value, definition, text: value.value } : undefined
}

/** A variable that the inventory itself sets to a plain string. */
export function ownText(host: Host, name: string): PlainText | undefined {
  const plain = plainText(host, name)
  return plain?.definition.source.startsWith('playbook_') ? undefined : plain
}

/** Whether a variable is not set in plain text, so that its default applies. */
export function isUnset(host: Host, name: string): boolean {
  const { state, definition } = host.variable(name)
  return state === 'absent' || definition?.source.startsWith('playbook_') === true
}
