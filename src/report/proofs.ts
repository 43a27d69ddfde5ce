import type { Proof } from '../domain/reports.ts'

/**
 * What each proof and check means to a user of Matrix, by its name in the report. The names of the proofs are from
 * src/server/window/window.py, those of the checks from src/migration/run/finish.ts.
 */
const meanings: Readonly<Record<string, string>> = {
  'MAS has all accounts and sessions of Synapse': 'Every account and every session was carried over.',
  'locked and deactivated accounts cannot log in': 'Locked and deactivated accounts stay closed.',
  'an existing session is still valid': 'A person who was logged in still is.',
  'Synapse delegates to MAS': 'Logins go through the new login service (MAS).',
  'an invalid access token is rejected': 'A made-up access token is rejected.',
  "an administrator's existing session keeps its rights": 'Administrators keep their rights.',
  'the compatibility layer answers': 'Apps that do not know MAS can log in.',
  'MAS publishes its discovery document': 'Apps that know MAS find it.',
  "MAS's public pages and the redirects to login providers answer as before":
    'The login page works, and so do the buttons of the login providers.',
  'a new session can write data': 'A person who logs in now can save data.',
  'a session can log out': 'Logging out works.',
  'workers respond': 'The workers of Synapse answer.',
  'Synapse uses its built-in login': "Logins go through Synapse's built-in login.",
  'an administrator has administrator rights': 'Administrators have their rights.',
  'accounts without a password can log in with their provider':
    'People who log in with another service, such as Google, can log in.',
  'mas-cli doctor reports no error': "MAS's own health check reports no error.",
  'the public addresses answer from outside': 'From the internet, the server and its login answer.',
  'the server matches the vars': 'The server is what the repository says.',
}

/** A sentence; the name itself where a report names another proof. */
export function meaningOf(name: string): string {
  return Object.hasOwn(meanings, name) ? (meanings[name] ?? name) : name
}

export function hasFailed(checks: readonly Proof[]): boolean {
  return checks.some(({ result }) => result === 'fails')
}
