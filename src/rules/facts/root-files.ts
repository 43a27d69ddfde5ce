import type { FileReader } from '../../support/files/files.ts'

/** Whether a repository is a clone of the playbook, which contains such files itself. */
export function isPlaybook(files: FileReader): boolean {
  return (
    files.entry('setup.yml').kind === 'file' &&
    files.entry('roles/custom/matrix-authentication-service').kind === 'directory'
  )
}
