import type { PlannedPassword } from './passwords.ts'

/** An account made through Synapse's own APIs, so that nothing of it is our idea of what Synapse writes. */
export const livingRoles = [
  'admin',
  'owner', // of the room; two devices
  'member', // of the room, with a message
  'nfkc', // a password with a form of its own on another keyboard
  'changed', // changed the password through the client API
  'contacts', // an e-mail address, and a phone number where the plan has them
  'keycloak', // linked, no password
  'github', // linked, with a password
  'refreshable',
  'logged-out',
  'locked',
  'deactivated',
] as const
export type LivingRole = (typeof livingRoles)[number]

export interface LivingPlan {
  readonly role: LivingRole
  readonly localpart: string
  readonly password: PlannedPassword
}
