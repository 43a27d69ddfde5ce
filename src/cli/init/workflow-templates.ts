import apply from '../../../workflows/matrix-auth-apply.yml'
import doctor from '../../../workflows/matrix-auth-doctor.yml'
import review from '../../../workflows/matrix-auth-review.yml'

/** `needsKey`: is useless on a plan without environments, which gives no workflow the key. */
export const templates = [
  {
    name: 'matrix-auth-review.yml',
    template: review,
    purpose: 'checks pull requests, and rehearses a migration',
    needsKey: false,
  },
  {
    name: 'matrix-auth-apply.yml',
    template: apply,
    purpose: 'deploys, migrates or rolls back after a merge',
    needsKey: true,
  },
  {
    name: 'matrix-auth-doctor.yml',
    template: doctor,
    purpose: 'checks the health of the servers every four hours',
    needsKey: true,
  },
]

export const workflows = templates.map(({ name, needsKey }) => ({ path: workflowPath(name), needsKey }))

export function workflowPath(name: string): string {
  return `.github/workflows/${name}`
}
