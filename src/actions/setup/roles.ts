import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutRunnerVariables } from '../../playbook/environment.ts'
import { exec } from '../../support/exec.ts'
import { must } from './ansible.ts'

/**
 * Installs the roles that the playbook's requirements.yml pins into `roles/galaxy`, unless they are there.
 * @returns a line for the log.
 * @throws ToolkitError of reason `tool-missing`.
 */
export async function installRoles(
  playbook: string,
  bin: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const file = join(playbook, 'requirements.yml')
  const requirements = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (!/^\s*-\s/m.test(requirements.replace(/^---.*/, ''))) return 'The playbook needs no roles.'
  const mark = join(playbook, 'roles/galaxy/.matrix-auth-actions')
  const digest = createHash('sha256').update(requirements).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return 'The roles are installed already.'
  const env = { ...withoutRunnerVariables(environment), LC_ALL: 'C.UTF-8' }
  const hasAgru = await exec(['agru', '-v'], { env }).then(
    () => true,
    () => false,
  )
  const options = ['-r', 'requirements.yml', '-p', 'roles/galaxy/']
  const installer = hasAgru
    ? ['agru', ...options]
    : [join(bin, 'ansible-galaxy'), 'install', ...options, '--force']
  await must(installer, env, 'install the roles of the playbook', playbook)
  mkdirSync(join(playbook, 'roles/galaxy'), { recursive: true })
  writeFileSync(mark, digest)
  return 'The roles are installed.'
}
