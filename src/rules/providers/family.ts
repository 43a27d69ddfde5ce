import type { Rule } from '../kit/rule.ts'
import { providerClaims } from './claims.ts'
import { providerClientSecret } from './client-secret.ts'
import { providerDiscovery } from './discovery.ts'
import { providerEmptyPart } from './empty-part.ts'
import { providerIdForm } from './id-form.ts'
import { providerIdReused } from './id-reused.ts'
import { providerIdTwice } from './id-twice.ts'
import { providerIssuer } from './issuer.ts'
import { providerMappedElsewhere } from './mapped-elsewhere.ts'
import { mappingArguments } from './mapping-arguments.ts'
import { providerMethodSettings } from './method-settings.ts'
import { providerRedirectUri } from './redirect-uri.ts'
import { providerRefersToSynapse } from './refers-to-synapse.ts'
import { providerRequiredBefore } from './required-before.ts'
import { providerShape } from './shape.ts'
import { providerSubjectDiffers } from './subject-differs.ts'
import { synapseProviderIncomplete } from './synapse-incomplete.ts'
import { synapseIdPrefix } from './synapse-prefix.ts'
import { synapseSettingsEnd } from './synapse-settings-end.ts'
import { synapseIdTwice } from './synapse-twice.ts'
import { synapseIdUnknown } from './synapse-unknown.ts'
import { synapseProviderUnmapped } from './synapse-unmapped.ts'
import { providerTemplate } from './template.ts'
import { providerUnknownKey } from './unknown-key.ts'

export const providersRules: readonly Rule[] = [
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
  providerClaims,
  providerTemplate,
  synapseProviderUnmapped,
  synapseIdPrefix,
  synapseIdUnknown,
  synapseIdTwice,
  providerMappedElsewhere,
  providerSubjectDiffers,
  synapseSettingsEnd,
  mappingArguments,
  synapseProviderIncomplete,
  providerRedirectUri,
]
