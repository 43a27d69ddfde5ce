/**
 * What users reach: Traefik, which follows the labels and health checks of the server's containers. The playbook does not
 * manage it (`other-traefik-container`). It has TLS on the server's loopback, with a certificate that no client trusts, and
 * no TLS on the lab's address, for the lab's clients.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { docker, mustDocker } from '../engine/docker.ts'
import { waitUntil } from '../engine/run.ts'
import { traefikImage } from '../images/catalogue.ts'
import { labContainers, serverHostname } from '../target/target.ts'
import type { World } from '../world.ts'

const frontContainer = `${labContainers}front`

/** The lab's clients have neither the name nor the certificate: what they ask is asked again with TLS. */
const withoutTls = {
  http: {
    routers: { clients: { entryPoints: ['clients'], rule: 'PathPrefix(`/`)', service: 'public' } },
    services: {
      public: {
        loadBalancer: {
          passHostHeader: false,
          serversTransport: 'public',
          servers: [{ url: `https://${serverHostname}` }],
        },
      },
    },
    serversTransports: { public: { insecureSkipVerify: true } },
  },
}

/** Starts it where it does not run, and waits until it answers. */
export async function startFront({ engine, paths, network }: World): Promise<void> {
  const state = await docker(engine, ['inspect', '--format', '{{.State.Status}}', frontContainer])
  if (state.stdout.trim() !== 'running') {
    await mkdir(paths.front, { recursive: true })
    await writeFile(join(paths.front, 'clients.yml'), JSON.stringify(withoutTls))
    await docker(engine, ['rm', '--force', frontContainer])
    await mustDocker(engine, [
      ...['run', '--detach', `--name=${frontContainer}`, '--restart=always', '--network=host'],
      ...[`--add-host=${serverHostname}:127.0.0.1`, `--volume=${dirname(paths.socket)}:/lab/socket`],
      ...[`--volume=${paths.front}:/lab/front:ro`, traefikImage, '--ping'],
      ...[
        '--providers.docker.endpoint=unix:///lab/socket/docker.sock',
        '--providers.docker.exposedByDefault=false',
      ],
      ...['--providers.file.directory=/lab/front', '--entryPoints.clients.address=:8008'],
      ...['--entryPoints.web-secure.address=127.0.0.1:443', '--entryPoints.web-secure.http.tls=true'],
      ...[
        '--entryPoints.web-secure.forwardedHeaders.trustedIPs=127.0.0.1/32',
        '--entryPoints.traefik.address=127.0.0.1:8009',
      ],
    ])
  }
  await waitUntil('the front to answer', 30, () =>
    fetch(`http://${network.labAddress}:8008/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    ),
  )
}
