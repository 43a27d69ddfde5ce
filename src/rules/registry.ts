import { keptValueRules } from './change/kept-values.ts'
import { loginEnds } from './change/login-ends.ts'
import { masAddressChanged, masDowngrade } from './change/mas.ts'
import { migrationWithOtherChanges } from './change/migration-with-other-changes.ts'
import { otherServer } from './change/other-server.ts'
import { passwordPepperChanged } from './change/password-pepper.ts'
import { providerIdChanged, providerRemoved } from './change/providers.ts'
import { registrationEnds } from './change/registration-ends.ts'
import { removedInUse } from './change/removed-in-use.ts'
import { liveToOff, liveToPrepared, severalMigrations, skipsPrepared, stageHidden } from './change/stages.ts'
import type { Rule } from './kit/rule.ts'
import { masHostnameForm, masHostnameNeedsDns, masPathPrefixForm, rootOfSynapse } from './mas/address.ts'
import { delegatesElsewhere, delegatesWithoutMas } from './mas/delegates-elsewhere.ts'
import { emailBlackhole, emailTransport } from './mas/email.ts'
import {
  encryptionSecretFormat,
  encryptionSecretMissing,
  encryptionSecretShared,
  encryptionSecretWeak,
} from './mas/encryption-secret.ts'
import { extensionNotYaml, extensionOverrides } from './mas/extension.ts'
import { externalPostgres } from './mas/external-postgres.ts'
import { masHostnameTaken } from './mas/hostname-taken.ts'
import { masCaptcha, noWayToLogIn, passwordComplexity } from './mas/login.ts'
import { oneAddress } from './mas/one-address.ts'
import { passwordPepper } from './mas/password-pepper.ts'
import {
  passwordSchemeBcrypt,
  passwordSchemeForm,
  passwordUnicode,
  passwordUnicodeDefault,
} from './mas/password-schemes.ts'
import { secretInPublic } from './mas/secret-in-public.ts'
import { sharedSecret } from './mas/shared-secret.ts'
import {
  inProgressWithoutMas,
  stageAssumed,
  stageContradictory,
  stageOverruled,
  stageUnknown,
} from './mas/stage.ts'
import { masServerName, ownReverseProxy } from './mas/surroundings.ts'
import { trapRules } from './mas/traps.ts'
import { unfitVersion } from './mas/versions.ts'
import { noHost } from './playbook/no-host.ts'
import { notCompared } from './playbook/not-compared.ts'
import { otherDialect } from './playbook/other-dialect.ts'
import { otherLayout } from './playbook/other-layout.ts'
import { overruledVariable } from './playbook/overruled-variable.ts'
import { removedVariable, renamedVariable } from './playbook/replaced-variables.ts'
import { unknownVariable } from './playbook/unknown-variable.ts'
import { unusedGroupVars, unusedHostVars } from './playbook/unused-vars.ts'
import { validatedVersion } from './playbook/validated-version.ts'
import { wrongType } from './playbook/wrong-type.ts'
import { providerClientSecret, providerMethodSettings } from './providers/authentication.ts'
import { providerClaims } from './providers/claims.ts'
import { providerDiscovery } from './providers/discovery.ts'
import { providerIdReused, providerIdTwice, synapseIdTwice } from './providers/ids.ts'
import { providerIssuer } from './providers/issuer.ts'
import { providerMappedElsewhere } from './providers/mapped-elsewhere.ts'
import { providerNoClaims } from './providers/no-claims.ts'
import { mappingArguments, synapseProviderIncomplete } from './providers/node-tool.ts'
import { providerRedirectUri } from './providers/redirect-uri.ts'
import { providerRefersToSynapse } from './providers/refers-to-synapse.ts'
import { providerRequiredBefore } from './providers/required-before.ts'
import { providerEmptyPart, providerIdForm, providerShape, providerUnknownKey } from './providers/schema.ts'
import { providerSubjectDiffers } from './providers/subject-differs.ts'
import { synapseIdPrefix, synapseIdUnknown, synapseProviderGone } from './providers/synapse-ids.ts'
import { synapseSettingsEnd } from './providers/synapse-settings-end.ts'
import { synapseProviderUnmapped } from './providers/synapse-unmapped.ts'
import { providerTemplate } from './providers/template.ts'
import { providerUserName } from './providers/user-name.ts'
import { encryptedBridges } from './services/encrypted-bridges.ts'
import { unfitServiceRules } from './services/unfit-services.ts'
import { synapseExtensionProviderUnmapped } from './synapse/extension-provider-unmapped.ts'
import { synapseExtensionRefused } from './synapse/extension-refused.ts'
import { captchaNotPorted, consentNotPorted, registrationNotPorted } from './synapse/not-ported.ts'
import { oidcLeftOver, oidcRemovedEarly } from './synapse/oidc.ts'
import { otherHomeserver } from './synapse/other-homeserver.ts'
import { passwordProviderWhileLive, passwordProviderWhilePrepared } from './synapse/password-providers.ts'
import { localPasswordsOff, passwordConfigWhilePrepared, passwordLoginOpens } from './synapse/passwords.ts'
import { registrationOpens } from './synapse/registration-opens.ts'
import { casWhilePrepared, guestAccess, offWhileLiveRules, qrLoginWhilePrepared } from './synapse/switches.ts'
import { bidiCharacters, hiddenCharacters, homoglyphs } from './trust/characters.ts'
import { ansibleCfg, pluginFolder } from './trust/files.ts'
import { jinjaReachesPython, lookupReadsRunner, lookupRunsProgram } from './trust/jinja.ts'
import { runsOnRunner } from './trust/runs-on-runner.ts'
import { hostKeyUnchecked, sshOption, sshRunsProgram } from './trust/ssh.ts'

/** Every rule, in the order in which documentation lists them. */
export const rules: readonly Rule[] = [
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
  delegatesElsewhere,
  delegatesWithoutMas,
  sharedSecret,
  unfitVersion,
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
  oneAddress,
  extensionNotYaml,
  extensionOverrides,
  providerShape,
  providerUnknownKey,
  providerEmptyPart,
  providerRequiredBefore,
  providerIdForm,
  providerIdTwice,
  providerIdReused,
  providerClientSecret,
  providerRefersToSynapse,
  providerMethodSettings,
  providerDiscovery,
  providerIssuer,
  providerNoClaims,
  providerClaims,
  providerTemplate,
  providerUserName,
  synapseProviderUnmapped,
  synapseIdPrefix,
  synapseIdUnknown,
  synapseProviderGone,
  synapseIdTwice,
  providerMappedElsewhere,
  providerSubjectDiffers,
  synapseSettingsEnd,
  mappingArguments,
  synapseProviderIncomplete,
  providerRedirectUri,
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
  ...unfitServiceRules,
  encryptedBridges,
  noHost,
  notCompared,
  unusedHostVars,
  unusedGroupVars,
  overruledVariable,
  unknownVariable,
  renamedVariable,
  removedVariable,
  wrongType,
  validatedVersion,
  otherDialect,
  otherLayout,
  sshRunsProgram,
  hostKeyUnchecked,
  sshOption,
  runsOnRunner,
  lookupRunsProgram,
  lookupReadsRunner,
  jinjaReachesPython,
  ansibleCfg,
  pluginFolder,
  bidiCharacters,
  hiddenCharacters,
  homoglyphs,
  stageHidden,
  skipsPrepared,
  liveToOff,
  liveToPrepared,
  severalMigrations,
  loginEnds,
  registrationEnds,
  ...keptValueRules,
  passwordPepperChanged,
  masAddressChanged,
  masDowngrade,
  providerIdChanged,
  providerRemoved,
  removedInUse,
  otherServer,
  migrationWithOtherChanges,
]
