/** The steps of a run, in words: of the runner, then of the program on the server. */
export const steps = {
  preflight: 'Check that the server is ready',
  backup: 'Take a backup and verify it',
  rehearse: 'Repeat the rehearsal',
  losses: 'Count what users would lose',
  render: 'Render the files that go live',
  'previous-files': 'Find the previous files',
  prepare: 'Copy the program and its files to the server',
  accounts: 'Create two test accounts',
  check: 'Check that no file changed since the preparation',
  stop: 'Stop Synapse with its workers and MAS',
  syn2mas: 'Run syn2mas',
  files: 'Install the files',
  start: 'Start all services',
  answer: 'Wait until users get answers again',
  prove: 'Prove that users can continue',
  restore: 'Restore the previous state',
} as const
export type Step = keyof typeof steps

/** Steps in a reason that the program on the server gives, in words. */
export function withStepTexts(reason: string): string {
  return reason.replace(/\bthe step `([^`]+)`/g, (_, name: string) => `the step "${stepText(name)}"`)
}

/** Text from the server can name any step. */
export function stepText(name: string): string {
  return Object.hasOwn(steps, name) ? steps[name as Step] : name
}
