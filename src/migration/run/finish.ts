import { plural } from '../../support/plural.ts'
import type { Context } from './context.ts'
import { attempt } from './under-lock.ts'

/** After a migration. It is not rolled back any more, so a failure is a warning. */
export async function finish(context: Context): Promise<void> {
  const { deps, report, facts } = context
  await lookFromOutside(context)
  await attempt(context, 'mas-cli doctor could not be run', async () => {
    const { findings } = await deps.doctor()
    report.found(findings.map(finding => ({ ...finding, host: facts.host })))
    // It passes during a lockout, and fails on a healthy server in an old mode, so it decides nothing.
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)
    if (errors.length > 0) {
      report.warnings.push(`mas-cli doctor reports ${errors.join(', ')}.`)
      return
    }
    const others = findings.length === 0 ? '' : `${plural(findings.length, 'finding')}, none of them an error`
    report.checks.push({ name: 'mas-cli doctor reports no error', result: 'holds', detail: others })
  })
  await attempt(context, 'The check run after the migration failed', async () => {
    const changed = await deps.render()
    report.checks.push({
      name: 'the server matches the vars',
      result: changed.length === 0 ? 'holds' : 'fails',
      detail:
        changed.length === 0
          ? 'the check run shows no changed file'
          : `a deployment would change ${changed.map(file => file.path).join(', ')}; run the action deploy`,
    })
  })
  await attempt(context, 'The accounts from the vars could not be created', () => deps.createUsers())
}

/**
 * The proofs ask from the server itself. Names without a public address have no outside; that the server does not reach them either
 * is a warning of the proofs.
 */
export async function lookFromOutside(context: Context): Promise<void> {
  const { deps, report, facts } = context
  await attempt(context, 'The view from outside could not be checked', async () => {
    const { checks, findings } = await deps.lookFromOutside()
    const ran = checks.filter(({ result }) => result === 'holds' || result === 'fails')
    if (ran.length === 0) return
    report.found(findings.map(finding => ({ ...finding, host: facts.host })))
    const failed = ran.filter(({ result }) => result === 'fails')
    report.checks.push({
      name: 'the public addresses answer from outside',
      result: failed.length === 0 ? 'holds' : 'fails',
      detail:
        failed.length === 0
          ? plural(ran.length, 'check')
          : failed.map(({ id, detail }) => `${id}: ${detail}`).join('; '),
    })
  })
}
