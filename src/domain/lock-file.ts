/** The file with the commit of the playbook. A submodule at `playbook-path` does the same. */
export const lockFile = 'playbook.lock'

/** Where the playbook's documentation clones it, beside the repository. */
export const usualClone = '../matrix-docker-ansible-deploy'
