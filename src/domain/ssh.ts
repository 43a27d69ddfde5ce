/** The programs of OpenSSH that Ansible runs. */
export type SshTool = 'ssh' | 'sftp' | 'scp'

/** Variables with arguments of these programs, in the order in which Ansible adds them (`plugins/connection/ssh.py` of ansible-core). */
export const sshArgumentVariables = {
  ansible_ssh_args: ['ssh', 'sftp', 'scp'],
  ansible_ssh_common_args: ['ssh', 'sftp', 'scp'],
  ansible_ssh_extra_args: ['ssh'],
  ansible_sftp_extra_args: ['sftp'],
  ansible_scp_extra_args: ['scp'],
} as const satisfies Readonly<Record<string, readonly SshTool[]>>
export type SshArgumentVariable = keyof typeof sshArgumentVariables

export const sshArgumentNames = Object.keys(sshArgumentVariables) as readonly SshArgumentVariable[]

/** Arguments of the inventory that cannot undo ours. */
export type SshArguments = Readonly<Partial<Record<SshArgumentVariable, string>>>

/** ssh uses the first value of a keyword, and Ansible puts `ansible_ssh_args` before all other arguments. */
export function ownSshKeywords(knownHosts: string): readonly (readonly [string, string])[] {
  return [
    ['StrictHostKeyChecking', 'yes'],
    ['UserKnownHostsFile', `"${knownHosts}"`],
    ['GlobalKnownHostsFile', '/dev/null'],
    ['UpdateHostKeys', 'no'],
    ['VerifyHostKeyDNS', 'no'],
    ['BatchMode', 'yes'],
    ['ControlMaster', 'auto'],
    ['ControlPersist', '60s'],
    ['ServerAliveInterval', '10'],
  ]
}
