import { watchedRule } from './watched.ts'

export const masHostnameChanged = watchedRule({
  id: 'change/mas-hostname',
  severity: 'warning',
  variable: 'matrix_authentication_service_hostname',
  onlyWhereLive: true,
  why: 'The address of MAS is its issuer, and a part of every redirect URI: clients that logged in by OpenID Connect are sent to the old one, and providers refuse the new one until it is registered with them.',
  remedy: 'Keep the old one; or register the new redirect URIs first, and expect people to log in anew.',
})
