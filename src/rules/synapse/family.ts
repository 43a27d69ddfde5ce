import type { Rule } from '../kit/rule.ts'
import { synapseExtensionProviderUnmapped } from './extension-provider-unmapped.ts'
import { synapseExtensionRefused } from './extension-refused.ts'
import { captchaNotPorted, consentNotPorted, registrationNotPorted } from './not-ported.ts'
import { oidcLeftOver, oidcRemovedEarly } from './oidc.ts'
import { otherHomeserver } from './other-homeserver.ts'
import { passwordProviderWhileLive, passwordProviderWhilePrepared } from './password-providers.ts'
import { localPasswordsOff, passwordConfigWhilePrepared, passwordLoginOpens } from './passwords.ts'
import { registrationOpens } from './registration-opens.ts'
import { casWhilePrepared, guestAccess, offWhileLiveRules, qrLoginWhilePrepared } from './switches.ts'

export const synapseRules: readonly Rule[] = [
  passwordProviderWhilePrepared,
  passwordProviderWhileLive,
  ...offWhileLiveRules,
  oidcLeftOver,
  otherHomeserver,
  casWhilePrepared,
  registrationNotPorted,
  registrationOpens,
  captchaNotPorted,
  consentNotPorted,
  passwordConfigWhilePrepared,
  passwordLoginOpens,
  localPasswordsOff,
  guestAccess,
  qrLoginWhilePrepared,
  oidcRemovedEarly,
  synapseExtensionRefused,
  synapseExtensionProviderUnmapped,
]
