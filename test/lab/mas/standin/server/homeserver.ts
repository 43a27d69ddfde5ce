import { type MatrixConfig, matrixConfig, type RootConfig } from '../config.ts'
import { currentEra, type Era } from '../era.ts'
import { Failure, systemCause } from '../failure.ts'
import { isMapping } from '../yaml-values.ts'

/** What MAS tells Synapse to do. All of it throws where Synapse does not agree. */
export interface Homeserver {
  isLocalpartAvailable(localpart: string): Promise<boolean>
  provisionUser(localpart: string, locked: boolean): Promise<void>
  upsertDevice(localpart: string, device: string, name: string | null): Promise<void>
  /** Deletes the devices that are not in the list, makes those that are missing. */
  syncDevices(localpart: string, devices: readonly string[]): Promise<void>
}

/** Synapse's API for MAS, or its admin API for MAS of old and for `matrix.kind: synapse_legacy`. */
export function homeserverOf(root: RootConfig, era: Era = currentEra()): Homeserver {
  const matrix = matrixConfig(root)
  const section = root.values.matrix
  const legacy = era === '0.13' || (isMapping(section) && section.kind === 'synapse_legacy')
  return legacy ? new AdminApi(matrix) : new MasApi(matrix)
}

async function call(matrix: MatrixConfig, method: string, path: string, body?: unknown): Promise<Response> {
  const url = new URL(path, matrix.endpoint)
  try {
    return await fetch(url, {
      method,
      headers: { authorization: `Bearer ${matrix.secret}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const causes = [`error sending request for url (${url})`, 'client error (Connect)', 'tcp connect error']
    throw new Failure('Synapse cannot be reached', [...causes, ...systemCause(cause)])
  }
}

async function demand(response: Response, what: string): Promise<void> {
  if (response.ok) return
  const text = `Unexpected HTTP response while ${what}: ${response.status}`
  throw new Failure(text, [await response.text()])
}

class MasApi implements Homeserver {
  readonly #matrix: MatrixConfig

  constructor(matrix: MatrixConfig) {
    this.#matrix = matrix
  }

  async isLocalpartAvailable(localpart: string): Promise<boolean> {
    const path = `_synapse/mas/is_localpart_available?localpart=${encodeURIComponent(localpart)}`
    const response = await call(this.#matrix, 'GET', path)
    if (response.status !== 400) await demand(response, 'asking for a local part')
    return response.ok
  }

  provisionUser(localpart: string, locked: boolean): Promise<void> {
    return this.#post('provision_user', { localpart, locked })
  }

  upsertDevice(localpart: string, device: string, name: string | null): Promise<void> {
    return this.#post('upsert_device', {
      localpart,
      device_id: device,
      ...(name === null ? {} : { display_name: name }),
    })
  }

  syncDevices(localpart: string, devices: readonly string[]): Promise<void> {
    return this.#post('sync_devices', { localpart, devices })
  }

  async #post(name: string, body: unknown): Promise<void> {
    await demand(await call(this.#matrix, 'POST', `_synapse/mas/${name}`, body), `calling ${name}`)
  }
}

class AdminApi implements Homeserver {
  readonly #matrix: MatrixConfig

  constructor(matrix: MatrixConfig) {
    this.#matrix = matrix
  }

  #user(localpart: string): string {
    return `_synapse/admin/v2/users/${encodeURIComponent(`@${localpart}:${this.#matrix.homeserver}`)}`
  }

  async isLocalpartAvailable(localpart: string): Promise<boolean> {
    const path = `_synapse/admin/v1/username_available?username=${encodeURIComponent(localpart)}`
    const response = await call(this.#matrix, 'GET', path)
    if (response.status !== 400) await demand(response, 'asking for a username')
    return response.ok
  }

  async provisionUser(localpart: string): Promise<void> {
    await demand(await call(this.#matrix, 'PUT', this.#user(localpart), {}), 'provisioning a user')
  }

  async upsertDevice(localpart: string, device: string, name: string | null): Promise<void> {
    const path = `${this.#user(localpart)}/devices`
    await demand(await call(this.#matrix, 'POST', path, { device_id: device }), 'making a device')
    if (name === null) return
    const one = `${path}/${encodeURIComponent(device)}`
    await demand(await call(this.#matrix, 'PUT', one, { display_name: name }), 'naming a device')
  }

  async syncDevices(localpart: string, devices: readonly string[]): Promise<void> {
    const response = await call(this.#matrix, 'GET', `${this.#user(localpart)}/devices`)
    await demand(response, 'listing devices')
    const known = deviceIds(await response.json())
    const gone = known.filter(device => !devices.includes(device))
    if (gone.length > 0) {
      const path = `${this.#user(localpart)}/delete_devices`
      await demand(await call(this.#matrix, 'POST', path, { devices: gone }), 'deleting devices')
    }
    for (const device of devices) {
      if (!known.includes(device)) await this.upsertDevice(localpart, device, null)
    }
  }
}

function deviceIds(list: unknown): string[] {
  const devices = isMapping(list) && Array.isArray(list.devices) ? list.devices.filter(isMapping) : []
  return devices.flatMap(({ device_id }) => (typeof device_id === 'string' ? [device_id] : []))
}
