/** The file with the commit of the playbook. A submodule at `playbook-path` does the same. */
export const lockFile = 'playbook.lock'
