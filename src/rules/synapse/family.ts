import type { Rule } from '../rule.ts'
import { oidcLeftOver } from './oidc-left-over.ts'
import { oidcWhileLive } from './oidc-while-live.ts'
import { passwordProviderWhileLive } from './password-provider-while-live.ts'
import { passwordProviderWhilePrepared } from './password-provider-while-prepared.ts'

export const synapseRules: readonly Rule[] = [
  passwordProviderWhilePrepared,
  passwordProviderWhileLive,
  oidcWhileLive,
  oidcLeftOver,
]
