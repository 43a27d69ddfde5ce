import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'

/** The vars that put a host into a stage. Examples of rules start with them. */
export const live = `${enabledVariable}: true\n`
export const prepared = `${live}${inProgressVariable}: true\n`
export const off = `${enabledVariable}: false\n`

/** The remedy if the stage is unknown. */
export const plainStageRemedy = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\` in the vars of the host.`
