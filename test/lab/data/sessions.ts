import type { PlannedDevice, PlannedToken } from './accounts.ts'
import { capitals, digits, letters, type Random, synapseToken } from './random.ts'

/** What an account's devices and tokens look like; the first eight accounts with sessions get one of each. */
export const sessionShapes = [
  'plain', // a device and its token
  'plain-twice', // two devices
  'refreshable', // a device with an access token that is still good and a refresh token
  'expired', // the same, the access token is past its time
  'unacknowledged', // refreshed, but the new access token was not used yet: both pairs are good
  'superseded', // refreshed, and the new token was used: the old pair is worth nothing
  'tokenless', // a device without a login
  'deviceless', // a device and its token, and a token without a device
] as const
export type SessionShape = (typeof sessionShapes)[number]

export interface Sessions {
  readonly devices: readonly PlannedDevice[]
  readonly tokens: readonly PlannedToken[]
}

const expiredAtMs = Date.UTC(2024, 5, 1)
const goodUntilMs = Date.UTC(2096, 0, 1)
const clients = ['Element Web', 'Element X Android', 'FluffyChat', 'nheko', undefined] as const

export function deviceOf(random: Random, createdMs: number): PlannedDevice {
  const seen = random.chance(0.9)
  return {
    id: `LAB${random.text(9, capitals)}`,
    displayName: random.pick(clients),
    hidden: false,
    lastSeenMs: seen ? createdMs + random.below(40_000_000_000) : undefined,
    ip: seen ? `198.51.100.${random.below(256)}` : undefined,
  }
}

/** Synapse keeps cross-signing keys as a device whose name is the public key. */
export function hiddenDeviceOf(random: Random): PlannedDevice {
  return {
    id: random.text(43, `${letters}${digits}`),
    displayName: 'master signing key',
    hidden: true,
    lastSeenMs: undefined,
    ip: undefined,
  }
}

function refreshed(localpart: string, deviceId: string, random: Random, used: boolean): PlannedToken[] {
  const refreshToken = synapseToken('syr', localpart, random)
  return [
    {
      token: synapseToken('syt', localpart, random),
      deviceId,
      validUntilMs: goodUntilMs,
      refresh: { token: refreshToken },
      used,
    },
    {
      token: synapseToken('syt', localpart, random),
      deviceId,
      validUntilMs: goodUntilMs,
      refresh: { token: synapseToken('syr', localpart, random), next: refreshToken },
      used: true,
    },
  ]
}

/** The devices and tokens of one shape. */
export function sessionsOf(
  shape: SessionShape,
  localpart: string,
  random: Random,
  createdMs: number,
): Sessions {
  const device = deviceOf(random, createdMs)
  const plain = (deviceId: string | undefined): PlannedToken => ({
    token: synapseToken('syt', localpart, random),
    deviceId,
  })
  const pair = (validUntilMs: number): PlannedToken => ({
    token: synapseToken('syt', localpart, random),
    deviceId: device.id,
    validUntilMs,
    refresh: { token: synapseToken('syr', localpart, random) },
    used: true,
  })
  switch (shape) {
    case 'plain':
      return { devices: [device], tokens: [plain(device.id)] }
    case 'plain-twice': {
      const second = deviceOf(random, createdMs)
      return { devices: [device, second], tokens: [plain(device.id), plain(second.id)] }
    }
    case 'refreshable':
      return { devices: [device], tokens: [pair(goodUntilMs)] }
    case 'expired':
      return { devices: [device], tokens: [pair(expiredAtMs)] }
    case 'unacknowledged':
      return { devices: [device], tokens: refreshed(localpart, device.id, random, false) }
    case 'superseded':
      return { devices: [device], tokens: refreshed(localpart, device.id, random, true) }
    case 'tokenless':
      return { devices: [device], tokens: [] }
    case 'deviceless':
      return { devices: [device], tokens: [plain(device.id), plain(undefined)] }
  }
}
