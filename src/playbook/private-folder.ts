import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { temporaryFolderForSockets } from '../support/files/writing.ts'

/** A folder for the secrets of one playbook run, on the runner. */
export interface PrivateFolder {
  readonly path: string
  /** Names the process group that is ended if this process dies. */
  guards(group: number): void
  /** Closes Ansible's SSH connections and removes the folder. */
  remove(): Promise<void>
}

/**
 * Reads from this process until it is done or dead. Ansible keeps SSH connections open for a minute: they would outlive the
 * job's key.
 */
const cleaner = `
group=
while read -r word; do
  if [ "$word" = done ]; then group=; else group=$word; fi
done
[ -z "$group" ] || kill -TERM "-$group"
for socket in "$1"/s/*; do
  [ ! -S "$socket" ] || timeout 5 ssh -O exit -o "ControlPath=$socket" unused
done
rm -rf -- "$1"`

/**
 * Ansible keeps its SSH sockets in it, so its path is short.
 * The folder is removed by a process of its own, which sees the end of this one: a job that is cancelled is killed after
 * ten seconds, and would leave the vault's password behind.
 */
export function privateFolder(parent = process.env.RUNNER_TEMP ?? tmpdir()): PrivateFolder {
  const path = temporaryFolderForSockets(parent, 'maa-')
  // The runner ends what has this variable when the job ends.
  const { RUNNER_TRACKING_ID: _, ...env } = process.env
  const child = spawn('sh', ['-c', cleaner, 'sh', path], {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>((resolve, reject) => child.on('close', resolve).on('error', reject))
  child.stdin.on('error', () => undefined)
  return {
    path,
    guards: group => child.stdin.write(`${group}\n`),
    remove: () => {
      child.stdin.end('done\n')
      return ended
    },
  }
}
