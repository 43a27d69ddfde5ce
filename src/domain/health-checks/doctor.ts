import type { HealthChecks } from './health-check.ts'

/** Of the health check itself. */
export const doctorChecks = {
  'not-checked': {
    subject: 'whether every check could run',
    from: 'doctor',
    severity: 'warning',
    users: 'It is unknown whether users are affected.',
    first: 'Fix what prevented the check, and run the doctor again.',
  },
  unreachable: {
    subject: 'whether the doctor can connect to the server',
    from: 'doctor',
    severity: 'error',
    users: 'The server may be down, or reachable for users but not for this check.',
    first: 'Open the homeserver in an app. If users are served, check the SSH key and the pinned host key.',
  },
  'playbook-failed': {
    subject: 'whether the playbook runs on the server',
    from: 'doctor',
    severity: 'error',
    users: 'This alone does not affect users. A deployment would probably fail too.',
    first: 'Fix the cause that the message names. The log has the full output.',
  },
} as const satisfies HealthChecks
