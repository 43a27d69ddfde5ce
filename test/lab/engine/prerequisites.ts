import {
  ensurePrograms as ensure,
  isDebianLike,
  isRoot,
  listed,
  missingPrograms,
  type Programs,
  pathWithSbin,
} from '../../../scripts/programs.ts'
import type { GroundKind } from './ground.ts'

/** Programs that every lab needs on the machine, and the Debian package that has each. */
const common: Programs = {
  docker: 'docker.io',
  flock: 'util-linux',
  git: 'git',
  npm: 'npm',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  'ssh-keyscan': 'openssh-client',
  python3: 'python3-venv',
}

/** What the lab's own engine also needs. */
const forOwn: Programs = {
  dockerd: 'docker.io',
  containerd: 'containerd',
  runc: 'runc',
  debootstrap: 'debootstrap',
  ip: 'iproute2',
  iptables: 'iptables',
  mmdebstrap: 'mmdebstrap',
  nsenter: 'util-linux',
  rsync: 'rsync',
  tar: 'tar',
}

/** What this machine lacks for the lab's own engine, and what helps; undefined where it lacks nothing. */
export async function lackingForOwn(): Promise<string | undefined> {
  if (!isRoot()) {
    return (
      'root, since it makes network namespaces and starts dockerd in them.\n' +
      '  Run it as root, or with: sudo -E env "PATH=$PATH" npm run lab -- up'
    )
  }
  if (isDebianLike()) return undefined
  process.env.PATH = pathWithSbin()
  const missing = await missingPrograms({ ...common, ...forOwn })
  return missing.size === 0 ? undefined : `these programs:\n${listed(missing)}`
}

/**
 * Makes sure that the machine has the programs of a lab of this kind; on Debian as root installs what is missing.
 * Throws an error that lists everything that is missing and what to do about it.
 */
export async function ensurePrograms(kind: GroundKind): Promise<void> {
  process.env.PATH = pathWithSbin()
  if (process.platform !== 'linux') throw new Error(`The lab needs Linux; this is ${process.platform}.`)
  const why = kind === 'own' ? await lackingForOwn() : undefined
  if (why !== undefined) throw new Error(`The lab's own engine needs ${why}`)
  await ensure(kind === 'own' ? { ...common, ...forOwn } : common, 'The lab lacks')
}
