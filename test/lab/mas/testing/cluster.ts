import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { Client } from 'pg'

/** A PostgreSQL of the test's own, on a socket in a folder of its own; nothing listens on the network. */
export interface Cluster {
  readonly socket: string
  readonly port: number
  createDatabase(name: string, owner: string): Promise<void>
  dropDatabase(name: string): Promise<void>
  connect(database: string): Promise<Client>
  query(database: string, sql: string): Promise<unknown[][]>
  stop(): Promise<void>
}

export const rolePassword = 'FAKE-lab-role-password'
const port = 54_321

async function findBinaries(): Promise<string> {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? (await readdir(debian)).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map(version => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  const found = folders.find(folder => ['initdb', 'postgres'].every(name => existsSync(join(folder, name))))
  if (found === undefined) throw new Error('these tests need PostgreSQL (Debian: apt-get install postgresql)')
  return found
}

interface Identity {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root: then the account `postgres` of Debian's package runs it. */
async function identity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {}
  const ids = await Promise.all([output('id', ['-u', 'postgres']), output('id', ['-g', 'postgres'])])
  return { uid: Number(ids[0]), gid: Number(ids[1]) }
}

function output(command: string, args: readonly string[], as: Identity = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...as, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    child.stdout.on('data', part => {
      text += part
    })
    child.stderr.on('data', part => {
      text += part
    })
    child.on('error', reject)
    child.on('close', code => (code === 0 ? resolve(text.trim()) : reject(new Error(`${command}: ${text}`))))
  })
}

/** Roles `mas` and `synapse` need their password, everybody else on this machine is let in. */
const accessRules = 'local all mas,synapse scram-sha-256\nlocal all all trust\n'

export async function startCluster(): Promise<Cluster> {
  const [binaries, as] = [await findBinaries(), await identity()]
  const folder = await mkdtemp(join(tmpdir(), 'mas-lab-'))
  await chmod(folder, 0o755)
  if (as.uid !== undefined && as.gid !== undefined) await chown(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  await output(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C', '-E', 'UTF8'],
    as,
  )
  await writeFile(join(data, 'pg_hba.conf'), accessRules)
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    `port=${port}`,
    'fsync=off',
    'max_connections=60',
  ]
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap(setting => ['-c', setting])],
    {
      ...as,
      cwd: '/',
      stdio: 'ignore',
    },
  )
  const connect = async (database: string) => {
    const client = new Client({ host: folder, port, user: 'postgres', database })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const query = async (database: string, sql: string) => {
    const client = await connect(database)
    try {
      return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows
    } finally {
      await client.end()
    }
  }
  await untilReady(() => query('postgres', 'SELECT 1'))
  for (const role of ['mas', 'synapse'])
    await query('postgres', `CREATE ROLE ${role} LOGIN PASSWORD '${rolePassword}'`)
  return {
    socket: folder,
    port,
    connect,
    query,
    async createDatabase(name, owner) {
      const options = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
      await query('postgres', `CREATE DATABASE ${name} OWNER ${owner} ${options}`)
    },
    async dropDatabase(name) {
      await query('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
    async stop() {
      const ended = new Promise(resolve => server.once('close', resolve))
      server.kill('SIGQUIT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(attempt: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      await attempt()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
