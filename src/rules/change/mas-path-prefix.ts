import { watchedRule } from './watched.ts'

export const masPathPrefixChanged = watchedRule({
  id: 'change/mas-path-prefix',
  severity: 'warning',
  variable: 'matrix_authentication_service_path_prefix',
  onlyWhereLive: true,
  why: 'The prefix is a part of the issuer of MAS and of every redirect URI, just as its hostname is.',
  remedy: 'Keep the old one; or register the new redirect URIs first, and expect people to log in anew.',
})
