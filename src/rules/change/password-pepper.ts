import { pepperVariable } from '../mas/password-schemes.ts'
import { watchedRule } from './watched.ts'

export const passwordPepperChanged = watchedRule({
  id: 'change/password-pepper',
  variable: pepperVariable,
  onlyWhereLive: false,
  why: 'It is a part of every password hash, in Synapse and in the first scheme of MAS: with another one no password of before is right any more.',
  remedy: 'Put the old value back.',
})
