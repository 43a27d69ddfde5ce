import type { Lab } from '../lab.ts'
import type { World } from '../world.ts'
import { mustInTarget } from './target.ts'

/**
 * A stand-in for a bridge: a unit that only sleeps. It requires Synapse as the playbook's bridges and bots do where Synapse has no
 * workers (`matrix_homeserver_systemd_services_list` in `group_vars/matrix_servers`): who stops Synapse stops it too.
 */
export const bridge = 'lab-bridge'

const unit = `[Unit]
Requires=matrix-synapse.service
After=matrix-synapse.service
[Service]
ExecStart=/bin/sleep infinity
Restart=always
RestartSec=30
[Install]
WantedBy=multi-user.target
`

export async function startBridge({ engine }: World): Promise<void> {
  const file = `/etc/systemd/system/${bridge}.service`
  await mustInTarget(
    engine,
    `cat >${file}; systemctl enable --quiet ${bridge}; systemctl start --no-block ${bridge}`,
    unit,
  )
}

/** Another value says that it was stopped, or started again. */
export async function startOfBridge(lab: Pick<Lab, 'root'>): Promise<string> {
  return (await lab.root(`systemctl show --property=ActiveState,InvocationID ${bridge}`)).stdout
}
