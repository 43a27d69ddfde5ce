import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../engine/run.ts'

/** How a container reaches the package registries just as this machine does. */
export interface MachineSetup {
  readonly env: Readonly<Record<string, string>>
  /** `docker run` options: mounts of the machine's settings. */
  readonly mounts: readonly string[]
  /** The mirror for debootstrap; its own default where undefined. */
  readonly mirror: string | undefined
}

const certificateVariables = [
  'SSL_CERT_FILE',
  'PIP_CERT',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
]
const passedOn = /^(https?|no|all)_proxy$|^PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|DEFAULT_TIMEOUT)$/i

/** Reads the machine's apt, pip, proxy and CA settings, and writes what a container needs of them to `folder`. */
export async function machineSetup(folder: string): Promise<MachineSetup> {
  await mkdir(folder, { recursive: true })
  const mounts: string[] = []
  const env: Record<string, string> = await pipSettings()
  for (const [name, value] of Object.entries(process.env)) {
    if (passedOn.test(name) && value !== undefined) env[name] = value
  }
  const bundle = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt'
  const copied = await copyFile(bundle, join(folder, 'ca.crt')).then(
    () => true,
    () => false,
  )
  if (copied) {
    mounts.push(`--volume=${join(folder, 'ca.crt')}:/machine/ca.crt:ro`)
    for (const name of certificateVariables) env[name] = '/machine/ca.crt'
  }
  const apt = await run(['apt-config', 'dump']).catch(() => undefined)
  const acquire = (apt?.stdout ?? '').split('\n').filter(line => /^Acquire::.*"[^"]+";$/.test(line))
  await writeFile(
    join(folder, 'apt.conf'),
    `${acquire.filter(line => !/Languages|GzipIndexes/.test(line)).join('\n')}\n`,
  )
  mounts.push(`--volume=${join(folder, 'apt.conf')}:/etc/apt/apt.conf.d/99machine:ro`)
  const sources = await debianSources()
  if (sources.length > 0) {
    await writeFile(join(folder, 'sources.list'), `${sources.map(each => each.line).join('\n')}\n`)
    mounts.push(`--volume=${join(folder, 'sources.list')}:/etc/apt/sources.list:ro`)
  }
  return { env, mounts, mirror: sources.find(each => each.suite === 'bookworm')?.uri }
}

async function pipSettings(): Promise<Record<string, string>> {
  const env: Record<string, string> = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' }
  const listed = await run(['python3', '-m', 'pip', 'config', 'list']).catch(() => undefined)
  for (const line of (listed?.stdout ?? '').split('\n')) {
    const setting =
      /^(?:global|install)\.(index-url|extra-index-url|trusted-host|proxy|timeout)='(.*)'$/.exec(line)
    if (setting?.[1] && setting[2]) env[`PIP_${setting[1].toUpperCase().replaceAll('-', '_')}`] = setting[2]
  }
  return env
}

interface Source {
  readonly uri: string
  readonly suite: string
  readonly line: string
}

/** The machine's sources of Debian 12 itself, in either of apt's formats; none on another release. */
async function debianSources(): Promise<Source[]> {
  const names = await readdir('/etc/apt/sources.list.d').catch((): string[] => [])
  const files = ['/etc/apt/sources.list', ...names.map(name => join('/etc/apt/sources.list.d', name))]
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')))
  return texts.flatMap((text, index) =>
    files[index]?.endsWith('.sources') ? sourcesOfStanzas(text) : sourcesOfLines(text),
  )
}

const isDebian = (uri: string, suite: string) =>
  /\/debian(-security)?\/?$/.test(uri) && /^bookworm(-updates|-security)?$/.test(suite)

const source = (uri: string, suite: string): Source => ({ uri, suite, line: `deb ${uri} ${suite} main` })

function sourcesOfLines(text: string): Source[] {
  const found = text.matchAll(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+\S/gm)
  return [...found].flatMap(([, uri = '', suite = '']) => (isDebian(uri, suite) ? [source(uri, suite)] : []))
}

function sourcesOfStanzas(text: string): Source[] {
  return text.split(/\n\s*\n/).flatMap(stanza => {
    const words = (key: string) =>
      (new RegExp(`^${key}:(.*)$`, 'm').exec(stanza)?.[1] ?? '').split(/\s+/).filter(Boolean)
    return words('URIs').flatMap(uri =>
      words('Suites').flatMap(suite => (isDebian(uri, suite) ? [source(uri, suite)] : [])),
    )
  })
}
