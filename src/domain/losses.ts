import { counted, type Nouns } from '../support/plural.ts'

/** What users did in MAS and lose with it, by its name in the report. */
const words: Nouns = {
  sessions: ['new session'],
  oauthSessions: ['new OAuth session'],
  refreshedSessions: ['older session that has new tokens', 'older sessions that have new tokens'],
  personalTokens: ['personal access token'],
  accounts: ['new account'],
  passwords: ['new password'],
  accountsLocked: ['account lock'],
  sessionsEnded: ['log-out (the session may be active again)', 'log-outs (the sessions may be active again)'],
}

/** Each loss in words, without those that did not happen. */
export function lossTexts(lost: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(lost)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => counted(words, name, count))
}

/** How many sessions, of people and programs, end with MAS. */
export function lostSessions({
  sessions = 0,
  oauthSessions = 0,
  refreshedSessions = 0,
  personalTokens = 0,
}: Readonly<Record<string, number>>): number {
  return sessions + oauthSessions + refreshedSessions + personalTokens
}
