import { oidcProvidersVariable, synapseExtension } from '../../domain/variables.ts'

/** Where Synapse's list of providers is. */
export interface ListSource {
  /** The variable that leads to it. */
  readonly variable: string
  /** Its key in the YAML. */
  readonly key: string
  /** Jinja for the list. */
  readonly list: string
}

/** In a vars file. */
export const inVars: ListSource = {
  variable: oidcProvidersVariable,
  key: oidcProvidersVariable,
  list: oidcProvidersVariable,
}
/** In the text of the extension. */
export const inExtension: ListSource = {
  variable: synapseExtension,
  key: 'oidc_providers',
  list: `(${synapseExtension} | from_yaml).oidc_providers`,
}
