import { watchedRule } from './kept-values.ts'

export const genericSecretVariable = 'matrix_homeserver_generic_secret_key'

export const genericSecretChanged = watchedRule({
  id: 'change/generic-secret',
  variable: genericSecretVariable,
  onlyWhereLive: true,
  why: 'Most other secrets of the playbook are derived from it, those between Synapse, MAS and their databases among them: all of them change at once.',
  remedy: 'Put the old value back. Where it leaked, set the derived secrets one by one first.',
})
