import type { Rule } from '../kit/rule.ts'
import { masCaptcha } from './captcha.ts'
import { emailBlackhole } from './email-blackhole.ts'
import { emailTransport } from './email-transport.ts'
import { encryptionSecretFormat } from './encryption-secret-format.ts'
import { encryptionSecretMissing } from './encryption-secret-missing.ts'
import { encryptionSecretShared } from './encryption-secret-shared.ts'
import { encryptionSecretWeak } from './encryption-secret-weak.ts'
import { extensionNotYaml } from './extension-not-yaml.ts'
import { extensionOverrides } from './extension-overrides.ts'
import { externalPostgres } from './external-postgres.ts'
import { masHostnameForm } from './hostname-form.ts'
import { masHostnameNeedsDns } from './hostname-needs-dns.ts'
import { masHostnameTaken } from './hostname-taken.ts'
import { inProgressWithoutMas } from './in-progress-without-mas.ts'
import { noWayToLogIn } from './no-way-to-log-in.ts'
import { ownReverseProxy } from './own-reverse-proxy.ts'
import { passwordComplexity } from './password-complexity.ts'
import { passwordPepper } from './password-pepper.ts'
import { passwordSchemeBcrypt } from './password-scheme-bcrypt.ts'
import { passwordSchemeForm } from './password-scheme-form.ts'
import { passwordUnicode } from './password-unicode.ts'
import { passwordUnicodeDefault } from './password-unicode-default.ts'
import { masPathPrefixForm } from './path-prefix-form.ts'
import { rootOfSynapse } from './root-of-synapse.ts'
import { secretInPublic } from './secret-in-public.ts'
import { masServerName } from './server-name.ts'
import { stageAssumed } from './stage-assumed.ts'
import { stageContradictory } from './stage-contradictory.ts'
import { stageOverruled } from './stage-overruled.ts'
import { stageUnknown } from './stage-unknown.ts'
import { trapRules } from './traps.ts'

export const masRules: readonly Rule[] = [
  stageUnknown,
  stageAssumed,
  stageOverruled,
  stageContradictory,
  inProgressWithoutMas,
  encryptionSecretMissing,
  encryptionSecretFormat,
  ...trapRules,
  encryptionSecretWeak,
  encryptionSecretShared,
  secretInPublic,
  masHostnameForm,
  masPathPrefixForm,
  masHostnameTaken,
  rootOfSynapse,
  masHostnameNeedsDns,
  masServerName,
  passwordSchemeForm,
  passwordSchemeBcrypt,
  passwordPepper,
  passwordUnicode,
  passwordUnicodeDefault,
  passwordComplexity,
  noWayToLogIn,
  emailTransport,
  emailBlackhole,
  masCaptcha,
  externalPostgres,
  ownReverseProxy,
  extensionNotYaml,
  extensionOverrides,
]
