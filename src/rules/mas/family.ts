import type { Rule } from '../kit/rule.ts'
import { masHostnameForm, masHostnameNeedsDns, masPathPrefixForm, rootOfSynapse } from './address.ts'
import { emailBlackhole, emailTransport } from './email.ts'
import {
  encryptionSecretFormat,
  encryptionSecretMissing,
  encryptionSecretShared,
  encryptionSecretWeak,
} from './encryption-secret.ts'
import { extensionNotYaml, extensionOverrides } from './extension.ts'
import { masHostnameTaken } from './hostname-taken.ts'
import { masCaptcha, noWayToLogIn, passwordComplexity } from './login.ts'
import { passwordPepper } from './password-pepper.ts'
import {
  passwordSchemeBcrypt,
  passwordSchemeForm,
  passwordUnicode,
  passwordUnicodeDefault,
} from './password-schemes.ts'
import { secretInPublic } from './secret-in-public.ts'
import {
  inProgressWithoutMas,
  stageAssumed,
  stageContradictory,
  stageOverruled,
  stageUnknown,
} from './stage.ts'
import { externalPostgres, masServerName, ownReverseProxy } from './surroundings.ts'
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
