import type { Rule } from '../kit/rule.ts'
import { captchaNotPorted } from './captcha-not-ported.ts'
import { consentNotPorted } from './consent-not-ported.ts'
import { synapseExtensionProviderUnmapped } from './extension-provider-unmapped.ts'
import { synapseExtensionRefused } from './extension-refused.ts'
import { localPasswordsOff } from './local-passwords-off.ts'
import { oidcLeftOver } from './oidc-left-over.ts'
import { oidcRemovedEarly } from './oidc-removed-early.ts'
import { otherHomeserver } from './other-homeserver.ts'
import { passwordConfigWhilePrepared } from './password-config-while-prepared.ts'
import { passwordLoginOpens } from './password-login-opens.ts'
import { passwordProviderWhileLive } from './password-provider-while-live.ts'
import { passwordProviderWhilePrepared } from './password-provider-while-prepared.ts'
import { registrationNotPorted } from './registration-not-ported.ts'
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
