import { watchedRule } from './kept-values.ts'

export const serverNameVariable = 'matrix_domain'

export const serverNameChanged = watchedRule({
  id: 'change/server-name',
  variable: serverNameVariable,
  onlyWhereLive: false,
  why: 'It is the name in every account and room. Synapse does not start on a database of another name, and MAS holds the accounts of the old one.',
  remedy: 'Put the old name back. Another name is another server, under a host of its own.',
})
