import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'

/** A variable whose value is there to be read; the playbook's own settings count. */
export interface Plain {
  readonly value: Value
  readonly definition: Definition
}

export interface PlainText extends Plain {
  readonly text: string
}

/** A variable that is plain text; `undefined` also where it is absent or cannot be told. */
export function plainText(host: Host, name: string): PlainText | undefined {
  const { value, definition } = host.variable(name)
  return value?.kind === 'string' && definition ? { value, definition, text: value.value } : undefined
}

/** A variable that the inventory itself sets to plain text. */
export function ownText(host: Host, name: string): PlainText | undefined {
  const found = plainText(host, name)
  return found?.definition.source.startsWith('playbook_') ? undefined : found
}

/** Whether nothing is known of a variable but that it is not written: its default holds. */
export function isUnset(host: Host, name: string): boolean {
  const { state, definition } = host.variable(name)
  return state === 'absent' || definition?.source.startsWith('playbook_') === true
}
