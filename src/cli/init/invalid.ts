import { ToolkitError } from '../../support/errors.ts'

export function invalid(what: string, remedy: string, where?: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, remedy, ...(where !== undefined && { where }) })
}
