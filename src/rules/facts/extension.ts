/** The variable that holds YAML to be merged into `config.yaml` of MAS. */
export const extensionVariable = 'matrix_authentication_service_configuration_extension_yaml'

/** Indents lines as a literal block under the variable, for examples. */
export const extension = (name: string, ...lines: readonly string[]) =>
  `${name}: |\n${lines.map(line => `  ${line}\n`).join('')}`
