import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'

/** What to do wherever the stage cannot be told. */
export const plainly = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`, for the host itself.`
