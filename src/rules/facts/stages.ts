import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'

/** The lines of vars that put a host into a stage; examples of rules begin with them. */
export const live = `${enabledVariable}: true\n`
export const prepared = `${live}${inProgressVariable}: true\n`
export const off = `${enabledVariable}: false\n`
