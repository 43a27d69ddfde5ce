import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'

/** The vars that put a host into a stage. Examples of rules start with them. */
export const live = `${enabledVariable}: true\n`
export const prepared = `${live}${inProgressVariable}: true\n`
export const off = `${enabledVariable}: false\n`

/** Examples: the vars at a stage with each of these values of a variable. */
export const withEach = (vars: string, name: string, ...values: readonly string[]) =>
  values.map(value => `${vars}${name}: ${value}`)

/** The vars of an example that a vault completes. */
export const vault = {
  'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
}

/** The remedy if the stage is unknown. */
export const plainStageRemedy = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\` in the vars of the host.`
