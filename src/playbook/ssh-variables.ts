import { join } from 'node:path'
import { ownSshKeywords, type SshArguments, sshArgumentNames } from '../domain/ssh.ts'
import { shellWords } from '../support/shell.ts'

/**
 * Extra variables, which override the inventory, also where an encrypted file sets them. No inventory can disable host key
 * checking, replace ssh, or use a connection that others opened.
 * @param folder The private folder of the run, with the file `known_hosts`.
 */
export function sshVariables(folder: string, given: SshArguments): Readonly<Record<string, unknown>> {
  const own = ownSshKeywords(join(folder, 'known_hosts')).flatMap(([word, value]) => [
    '-o',
    `${word}=${value}`,
  ])
  return {
    ...Object.fromEntries(sshArgumentNames.map(name => [name, given[name] ?? ''])),
    ansible_ssh_args: shellWords(own),
    // Ansible uses the last of these names that is set.
    ansible_host_key_checking: true,
    ansible_ssh_host_key_checking: true,
    ansible_paramiko_host_key_checking: true,
    ansible_ssh_executable: 'ssh',
    ansible_sftp_executable: 'sftp',
    ansible_scp_executable: 'scp',
    ansible_ssh_pkcs11_provider: '',
    ansible_control_path: '',
    ansible_control_path_dir: socketFolder(folder),
  }
}

/** Where ssh keeps its open connections; the folder is short, because the path of a socket is limited. */
export function socketFolder(folder: string): string {
  return join(folder, 's')
}
