import { createHash } from 'node:crypto'
import type { RenderedFile } from '../../playbook/render.ts'
import { companion, masUnit, postgresUnit, synapseUnit, synapseUrl, workerUrls } from '../../server/names.ts'
import type { WindowFile, WindowPlan } from '../../server/window/plan.ts'
import { ToolkitError } from '../../support/errors.ts'
import { lossesQuery, windowSql } from './accounts.ts'
import type { Context } from './context.ts'

export interface WindowWork extends Pick<WindowPlan, 'kind' | 'files' | 'maxDowntime'> {
  /** syn2mas's command; only for a migration. */
  readonly command?: readonly string[]
}

/** What a public address answers with, by which it is recognised: JSON with this field. */
const synapseJson = { path: '/_matrix/client/versions', field: 'versions' }
const masJson = { path: '/.well-known/openid-configuration', field: 'issuer' }

/** What the server needs to carry the window out on its own. */
export async function windowPlan(
  { deps, names, registrationSecret, facts, report }: Context,
  { kind, files, command, maxDowntime }: WindowWork,
): Promise<WindowPlan> {
  if (registrationSecret === undefined) throw noRegistrationSecret(facts.host)
  const unreached: string[] = []
  const entranceTo = async (
    origin: string,
    { path, field }: { readonly path: string; readonly field: string },
  ) => {
    const found = await deps.window.entrance(origin, path, field)
    if (!found) unreached.push(origin)
    return found ?? null
  }
  const [entrance, entranceMas] = await Promise.all([
    kind === 'repair' ? null : entranceTo(names.publicUrl, synapseJson),
    kind === 'migrate' ? entranceTo(names.masPublicUrl, masJson) : null,
  ])
  if (unreached.length > 0) {
    // With these labels Traefik brings logins to MAS. Otherwise nothing shows that the reverse proxy of the operator does.
    const isRouted = files.some(({ path }) => path === '/matrix/matrix-authentication-service/config/labels')
    if (kind === 'migrate' && !isRouted) throw unprovable(facts.host, unreached)
    report.warnings.push(
      `On the server, its own public address (${unreached.join(', ')}) did not give the answer that users get, so the proofs use the container network instead. Check yourself that users can log in.`,
    )
  }
  return {
    kind,
    units: {
      synapse: synapseUnit,
      workers: names.workerUnits,
      mas: masUnit,
      companion: names.workerUnits.length > 0 ? companion : null,
      restart: files.some(({ path }) => path.startsWith('/matrix/client-element/'))
        ? ['matrix-client-element']
        : [],
    },
    postgres: {
      container: postgresUnit,
      synapse: { database: names.synapseDatabase, role: names.synapseRole },
      mas: { database: names.masDatabase, role: names.masRole },
    },
    urls: {
      synapse: synapseUrl,
      mas: names.masUrl,
      client: names.clientUrl,
      workers: (await workerUrls(deps.session, names.workerUnits)).map(
        url => `${url}/_matrix/client/v3/account/whoami`,
      ),
    },
    entrance,
    entranceMas,
    serverName: names.serverName,
    registrationSecret,
    syn2mas: command === undefined ? null : { command },
    sql: windowSql(facts.dialect, kind === 'rollback' ? lossesQuery(facts.ours.migration) : undefined),
    maxDowntime,
    files,
  }
}

/** Rendered files as the server takes them. */
export function windowFiles(files: readonly RenderedFile[]): readonly WindowFile[] {
  return files.map(({ path, before, after, mode = '0640', owner = 'matrix:matrix' }) => ({
    path,
    beforeSha256: before === undefined ? null : createHash('sha256').update(before).digest('hex'),
    after: after === undefined ? null : Buffer.from(after).toString('base64'),
    mode,
    owner,
  }))
}

function unprovable(host: string, origins: readonly string[]): ToolkitError {
  const names = origins.map(origin => new URL(origin).hostname)
  return new ToolkitError({
    reason: 'refused-state',
    what: `The server does not reach its own public address (${origins.join(', ')}), and logins reach MAS through your own reverse proxy instead of Traefik. If all logins failed, no proof would show it.`,
    where: host,
    remedy: `Let the server reach the reverse proxy, for example by this line in its /etc/hosts: \`ADDRESS_OF_THE_PROXY ${[...new Set(names)].join(' ')}\`. Then run this again.`,
  })
}

function noRegistrationSecret(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'refused-state',
    what: 'Synapse has no registration_shared_secret, so no test accounts can be created for the proofs.',
    where: host,
    remedy: 'Set matrix_synapse_registration_shared_secret (the playbook sets it by default), then deploy.',
  })
}
