/** The variable with YAML that is merged into `config.yaml` of MAS. */
export const extensionVariable = 'matrix_authentication_service_configuration_extension_yaml'

/** Examples: a variable with a literal block of these lines. */
export const extension = (name: string, ...lines: readonly string[]) =>
  `${name}: |\n${lines.map(line => `  ${line}\n`).join('')}`
