import { must, run } from './run.ts'

export interface LabNetwork {
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
    namespace: `lab-${name}`,
    hostLink: `lab${number}-host`,
    labLink: `lab${number}-in`,
    hostAddress: `10.77.${number}.1`,
    labAddress: `10.77.${number}.2`,
  }
}

export async function networkIsUp(network: LabNetwork): Promise<boolean> {
  const ran = await run([
    'ip',
    '-n',
    network.namespace,
    '-4',
    '-o',
    'address',
    'show',
    'dev',
    network.labLink,
  ])
  return ran.code === 0 && ran.stdout.includes(network.labAddress)
}

/** Makes the namespace and the pair of links that joins it to the host. Nothing is routed further. */
export async function networkUp(network: LabNetwork): Promise<void> {
  if (await networkIsUp(network)) return
  await networkDown(network)
  const { namespace, hostLink, labLink } = network
  await must(['ip', 'netns', 'add', namespace])
  await must(['ip', 'link', 'add', hostLink, 'type', 'veth', 'peer', 'name', labLink, 'netns', namespace])
  await must(['ip', 'address', 'add', `${network.hostAddress}/30`, 'dev', hostLink])
  await must(['ip', 'link', 'set', hostLink, 'up'])
  await must(['ip', '-n', namespace, 'link', 'set', 'lo', 'up'])
  await must(['ip', '-n', namespace, 'address', 'add', `${network.labAddress}/30`, 'dev', labLink])
  await must(['ip', '-n', namespace, 'link', 'set', labLink, 'up'])
}

export async function networkDown(network: LabNetwork): Promise<void> {
  await run(['ip', 'link', 'delete', network.hostLink])
  await run(['ip', 'netns', 'delete', network.namespace])
}
