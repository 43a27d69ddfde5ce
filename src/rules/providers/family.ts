import type { Rule } from '../kit/rule.ts'
import { providerClientSecret, providerMethodSettings } from './authentication.ts'
import { providerClaims } from './claims.ts'
import { providerDiscovery } from './discovery.ts'
import { providerIdReused, providerIdTwice, synapseIdTwice } from './ids.ts'
import { providerIssuer } from './issuer.ts'
import { providerMappedElsewhere } from './mapped-elsewhere.ts'
import { mappingArguments } from './mapping-arguments.ts'
import { providerRedirectUri } from './redirect-uri.ts'
import { providerRefersToSynapse } from './refers-to-synapse.ts'
import { providerRequiredBefore } from './required-before.ts'
import { providerEmptyPart, providerIdForm, providerShape, providerUnknownKey } from './schema.ts'
import { providerSubjectDiffers } from './subject-differs.ts'
import { synapseProviderIncomplete } from './synapse-incomplete.ts'
import { synapseIdPrefix } from './synapse-prefix.ts'
import { synapseSettingsEnd } from './synapse-settings-end.ts'
import { synapseIdUnknown } from './synapse-unknown.ts'
import { synapseProviderUnmapped } from './synapse-unmapped.ts'
import { providerTemplate } from './template.ts'

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
