import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installAnsible, must } from '../src/actions/setup/ansible.ts'
import { installRoles } from '../src/actions/setup/roles.ts'
import { printClaims } from './claim.ts'
import { median } from './measure.ts'

/** As many as the playbook has. */
const roles = Array.from({ length: 30 }, (_, index) => `role${index}`)

/**
 * What `setup` installs, against `pip install ansible` and `ansible-galaxy`, in turn. Packages come from the index that pip uses,
 * without its cache; roles from repositories on this machine, since what GitHub takes for them is not ours to measure.
 */
export async function benchSetup(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await makeRoles(folder)
    const [ours, usual, warm]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < 3; round += 1) {
      const machine = {
        ...process.env,
        PIP_NO_CACHE_DIR: '1',
        RUNNER_TOOL_CACHE: join(folder, `cache${round}`),
      }
      usual.push(await secondsOf(() => installAsUsual(playbook(folder, `usual${round}`), machine)))
      ours.push(await secondsOf(() => install(playbook(folder, `ours${round}`), machine)))
      warm.push(await secondsOf(() => install(playbook(folder, `warm${round}`), machine)))
    }
    print('pip and ansible-galaxy', usual)
    print('setup', ours)
    print('setup with what an earlier job left', warm)
    return printClaims([
      { what: '`setup`, against `pip` and `ansible-galaxy`', value: median(ours) / median(usual), most: 0.5 },
      { what: '`setup` with what an earlier job left, seconds', value: median(warm), most: 10 },
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeRoles(folder: string): Promise<void> {
  for (const role of roles) {
    const path = join(folder, 'roles', role)
    mkdirSync(join(path, 'meta'), { recursive: true })
    writeFileSync(join(path, 'meta/main.yml'), 'galaxy_info: {}\n')
    const git = (...argv: readonly string[]) => must(['git', '-C', path, ...argv], process.env, 'make a role')
    await git('init', '--quiet')
    await git('add', '.')
    await git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', role)
    await git('tag', 'v1')
  }
}

/** A checkout that pins the roles, and that today's Ansible fits. */
function playbook(folder: string, name: string): string {
  const path = join(folder, name)
  const mas = join(path, 'roles/custom/matrix-authentication-service/tasks')
  mkdirSync(mas, { recursive: true })
  writeFileSync(join(mas, 'mas_cli_syn2mas.yml'), '')
  writeFileSync(join(path, 'setup.yml'), '')
  const pins = roles.map(
    role => `- src: git+file://${folder}/roles/${role}\n  name: ${role}\n  version: v1\n`,
  )
  writeFileSync(join(path, 'requirements.yml'), pins.join(''))
  return path
}

type Machine = Readonly<Record<string, string | undefined>>

/** At the same time, as `setup` does it. */
async function install(path: string, machine: Machine): Promise<void> {
  const ansible = installAnsible(path, machine)
  await Promise.all([ansible, installRoles(path, async () => (await ansible).bin, machine)])
}

async function installAsUsual(path: string, machine: Machine): Promise<void> {
  const venv = join(path, 'venv')
  const env = { ...machine, LC_ALL: 'C.UTF-8' }
  await must(['python3', '-m', 'venv', venv], env, 'make a venv')
  await must([join(venv, 'bin/pip'), 'install', '--quiet', 'ansible', 'passlib'], env, 'install Ansible')
  const galaxy = [
    join(venv, 'bin/ansible-galaxy'),
    'install',
    '-r',
    'requirements.yml',
    '-p',
    'roles/galaxy/',
  ]
  await must(galaxy, env, 'install roles', path)
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function print(what: string, seconds: readonly number[]): void {
  console.log(`${seconds.map(each => `${each.toFixed(1)} s`).join(', ')}: ${what}`)
}
