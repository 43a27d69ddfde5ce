import { domainVariable } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import { isUnset, plainText } from './values.ts'

export const hostnameVariable = 'matrix_authentication_service_hostname'
export const pathPrefixVariable = 'matrix_authentication_service_path_prefix'
export const publicBaseVariable = 'matrix_authentication_service_config_http_public_base'
export const matrixHostVariable = 'matrix_server_fqn_matrix'

/** `matrix.DOMAIN` by default (`roles/custom/matrix-base/defaults/main.yml`); `undefined` if it is unknown. */
export function matrixHost(host: Host): string | undefined {
  return serviceHost(host, matrixHostVariable, 'matrix')
}

/** The hostname of a service. The default is a subdomain of the domain. */
export function serviceHost(host: Host, variable: string, subdomain: string): string | undefined {
  if (!isDefault(host, variable)) return plainText(host, variable)?.text.toLowerCase()
  const domain = plainText(host, domainVariable)?.text
  return domain === undefined ? undefined : `${subdomain}.${domain}`.toLowerCase()
}

/**
 * The address of MAS: its public URL, or what the playbook makes the URL of. The default is the host of Synapse with the path
 * `/auth` (`group_vars/matrix_servers` of the playbook).
 */
export function masAddress(host: Host): { readonly hostname: string; readonly prefix: string } | undefined {
  if (!isDefault(host, publicBaseVariable)) {
    const url = plainText(host, publicBaseVariable)?.text ?? ''
    if (!URL.canParse(url)) return undefined
    const { hostname, pathname } = new URL(url)
    return { hostname, prefix: pathname.replace(/(?<=^.|[^/])\/+$/, '') }
  }
  const hostname = isDefault(host, hostnameVariable)
    ? matrixHost(host)
    : plainText(host, hostnameVariable)?.text.toLowerCase()
  const prefix = isDefault(host, pathPrefixVariable) ? '/auth' : plainText(host, pathPrefixVariable)?.text
  return hostname === undefined || prefix === undefined ? undefined : { hostname, prefix }
}

/** Whether a variable has its default. An address is no secret, so it is not expected in a vault. */
function isDefault(host: Host, name: string): boolean {
  return isUnset(host, name) || host.variable(name).vaults !== undefined
}
