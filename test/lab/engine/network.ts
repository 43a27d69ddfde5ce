import { networkInterfaces } from 'node:os'
import { must, run } from './run.ts'

export interface LabNetwork {
  readonly number: number
  readonly namespace: string
  readonly hostLink: string
  readonly labLink: string
  readonly hostAddress: string
  readonly labAddress: string
}

/** The network of the lab with this number (1 to 250): a /30 of its own. */
export function labNetwork(name: string, number: number): LabNetwork {
  if (!Number.isInteger(number) || number < 1 || number > 250) throw new Error(`no lab number: ${number}`)
  return {
    number,
    namespace: `lab-${name}`,
    hostLink: `lab${number}-host`,
    labLink: `lab${number}-in`,
    hostAddress: `10.77.${number}.1`,
    labAddress: `10.77.${number}.2`,
  }
}

/** Whether the machine has an interface with the address of this lab's host side: a lab of some cache runs on it. */
export function addressIsTaken(number: number): boolean {
  const { hostAddress } = labNetwork('any', number)
  return Object.values(networkInterfaces()).some(each => each?.some(({ address }) => address === hostAddress))
}

/** The lab's network is in use on this machine, by a lab of another cache. */
export class AddressTaken extends Error {
  constructor({ hostAddress }: LabNetwork) {
    super(`${hostAddress} is in use on this machine`)
  }
}

const linkInside = ({ namespace, labLink }: LabNetwork) => [
  'ip',
  '-n',
  namespace,
  '-4',
  '-o',
  'address',
  'show',
  'dev',
  labLink,
]

/**
 * Makes the namespace and the pair of links that joins it to the host. Nothing is routed further.
 * @throws AddressTaken where another lab has the network. The kernel decides: a link's name is given once.
 */
export async function networkUp(network: LabNetwork): Promise<void> {
  const seen = await run(linkInside(network))
  if (seen.code === 0 && seen.stdout.includes(network.labAddress)) return
  await networkDown(network)
  if (addressIsTaken(network.number)) throw new AddressTaken(network)
  const { namespace, hostLink, labLink } = network
  await must(['ip', 'netns', 'add', namespace])
  const link = ['ip', 'link', 'add', hostLink, 'type', 'veth', 'peer', 'name', labLink, 'netns', namespace]
  const added = await run(link)
  if (added.code !== 0) {
    await run(['ip', 'netns', 'delete', namespace])
    if ((await run(['ip', 'link', 'show', hostLink])).code === 0) throw new AddressTaken(network)
    throw new Error(`${link.join(' ')} failed: ${added.stderr.trim()}`)
  }
  await must(['ip', 'address', 'add', `${network.hostAddress}/30`, 'dev', hostLink])
  await must(['ip', 'link', 'set', hostLink, 'up'])
  await must(['ip', '-n', namespace, 'link', 'set', 'lo', 'up'])
  await must(['ip', '-n', namespace, 'address', 'add', `${network.labAddress}/30`, 'dev', labLink])
  await must(['ip', '-n', namespace, 'link', 'set', labLink, 'up'])
}

/** Removes the namespace, and the link on the host where its other end is in there: else it is another lab's. */
export async function networkDown(network: LabNetwork): Promise<void> {
  if ((await run(linkInside(network))).code === 0) await run(['ip', 'link', 'delete', network.hostLink])
  await run(['ip', 'netns', 'delete', network.namespace])
}
