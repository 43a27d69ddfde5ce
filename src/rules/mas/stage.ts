import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'

/** The remedy if the stage is unknown. */
export const plainly = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\` in the vars of the host.`
