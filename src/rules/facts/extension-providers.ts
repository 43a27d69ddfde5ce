import type { Place } from '../../domain/finding.ts'
import { synapseExtension } from '../../domain/variables.ts'
import { entryOf, isOpaque, truthOf, type Value } from '../../inventory/value.ts'
import { authProviderOf } from '../../mas/providers/provider-mapping.ts'
import { type Asked, extendedAt, isReadable } from './extensions.ts'

/** A login provider in the extension of Synapse. */
export interface ExtensionProvider {
  /** The name under which Synapse stores links to it; absent if it is unknown. */
  readonly authProvider: string | undefined
  readonly place: Place
}

/** The enabled ones; `undefined` if there may be others. */
export function extensionProviders(asked: Asked): readonly ExtensionProvider[] | undefined {
  if (!isReadable(asked, synapseExtension)) return undefined
  const at = (key: string) => extendedAt(asked, synapseExtension, [key])
  const [list, legacy] = [at('oidc_providers'), at('oidc_config')]
  if ([list, legacy].some(found => found && isOpaque(found.value))) return undefined
  const items = list?.value.kind === 'list' ? list.value.items : []
  const enabled = legacy && entryOf(legacy.value, 'enabled')?.value
  const isOn = enabled && truthOf(enabled) === true
  return [
    ...items.map(item => ({ authProvider: nameOf(item, authProviderOf), place: item.place })),
    ...(isOn ? [{ authProvider: nameOf(legacy.value, legacyName), place: legacy.place }] : []),
  ]
}

/** `oidc_config` has no prefix (`all_oidc_providers` of `crates/syn2mas/src/synapse_reader/config/mod.rs`). */
const legacyName = (idpId = 'oidc') => idpId

function nameOf(provider: Value, stored: (idpId: string | undefined) => string): string | undefined {
  if (provider.kind !== 'map') return undefined
  const idp = entryOf(provider, 'idp_id')?.value
  if (!idp || idp.kind === 'null') return stored(undefined)
  return idp.kind === 'string' ? stored(idp.value) : undefined
}
