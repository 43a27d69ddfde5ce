import type { HostContext } from '../rule.ts'

/** For how many days the line that prepares the host has stood in the repository; `untold` where the clone is too shallow. */
export function preparedFor({ stage, history }: HostContext): number | 'untold' | undefined {
  return stage.place && history?.daysAt(stage.place)
}
