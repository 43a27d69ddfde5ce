import { watchedRule } from './kept-values.ts'

export const encryptionVariable = 'matrix_authentication_service_config_secrets_encryption'

export const encryptionSecretChanged = watchedRule({
  id: 'change/encryption-secret',
  variable: encryptionVariable,
  onlyWhereLive: true,
  why: 'MAS can no longer read what it encrypted with the old one: cookies, and what it keeps of upstream providers.',
  remedy: 'Put the old value back. Where it leaked, plan the change: everybody logs in anew.',
})
