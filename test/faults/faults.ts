/** What can happen to the server while a run changes it. */
import type { Lab } from '../lab/lab.ts'
import type { Operation } from './cells.ts'

export interface Fault {
  readonly id: string
  /** In words, for docs/reliability.md. */
  readonly what: string
  /** Bash on the server, while the program stands still; `$pid` is its process, `$run` the run. */
  readonly strike?: string
  /** From outside, after `strike`, while the program stands still. */
  readonly outside?: (lab: Lab) => Promise<unknown>
  /** Bash on the server that ends the fault, `seconds` after it began. */
  readonly heal?: string
  readonly seconds?: number
  /** Bash before the run is prepared, and after the cell. */
  readonly before?: string
  readonly after?: string
  /** Instead of syn2mas's command. */
  readonly syn2mas?: readonly string[]
  readonly maxDowntime?: number
  /** Where it has a meaning; the first step is its sharpest. */
  readonly only?: { readonly operation?: Operation; readonly steps?: readonly string[] }
}

const state = '/var/lib/matrix-auth-actions'
const tool = `${state}/matrix-auth-actions`
const mas = 'matrix-authentication-service'
const synapse = 'matrix-synapse'
const worker = 'matrix-synapse-worker-generic-0'
const container = 'matrix-authentication-service-syn2mas'

/** Seconds: longer than one attempt of the program to restore, which takes 10. */
const outage = 12

/** A unit that cannot start while the file exists. */
function cannotStart(id: string, what: string, unit: string): Fault {
  const folder = `/etc/systemd/system/${unit}.service.d`
  const dropIn = `${folder}/fault.conf`
  return {
    id,
    what,
    strike: `mkdir -p ${folder}
      printf '[Service]\\nExecStartPre=/bin/false\\n' > ${dropIn}
      systemctl daemon-reload`,
    heal: `rm ${dropIn}; rmdir --ignore-fail-on-non-empty ${folder}; systemctl daemon-reload`,
    seconds: outage,
  }
}

const postgresIsAway: Fault = cannotStart('', '', 'matrix-postgres')

export const faults: readonly Fault[] = [
  {
    id: 'program-killed',
    what: 'the program on the server is killed (SIGKILL, as when memory runs out)',
    strike: 'kill -9 $pid',
  },
  { id: 'rebooted', what: 'the server restarts without warning', outside: lab => lab.reboot() },
  { id: 'postgres-killed', what: 'PostgreSQL is killed', strike: 'docker kill matrix-postgres' },
  {
    id: 'postgres-stopped',
    what: `PostgreSQL is stopped, and started ${outage} seconds later`,
    strike: 'systemctl stop matrix-postgres',
    heal: 'systemctl start matrix-postgres',
    seconds: outage,
  },
  {
    ...postgresIsAway,
    id: 'postgres-away',
    what: `PostgreSQL is stopped, and cannot start for ${outage} seconds; the program is killed`,
    strike: `${postgresIsAway.strike}; systemctl stop --no-block matrix-postgres; kill -9 $pid`,
    heal: `${postgresIsAway.heal}; systemctl reset-failed matrix-postgres; systemctl start matrix-postgres`,
  },
  {
    id: 'docker-fails',
    what: `every call of docker fails for ${outage} seconds`,
    strike: `printf '#!/bin/sh\\necho "Cannot connect to the Docker daemon" >&2\\nexit 1\\n' > /run/docker-fails
      chmod 755 /run/docker-fails; mount --bind /run/docker-fails /usr/bin/docker`,
    heal: 'umount /usr/bin/docker',
    seconds: outage,
  },
  {
    id: 'writes-fail',
    what: `the program can write to no disk for ${outage} seconds`,
    strike: 'prlimit --pid $pid --fsize=0:unlimited',
    heal: 'for pid in $(pgrep -f "window.py run $run"); do prlimit --pid $pid --fsize=unlimited:unlimited; done',
    seconds: outage,
  },
  {
    id: 'disk-full',
    what: `the disk of the state folder is full for ${outage} seconds`,
    before: `mkdir -p /run/state-copy; cp -a ${state}/. /run/state-copy/
      mount -t tmpfs -o size=48m,mode=0700 tmpfs ${state}; cp -a /run/state-copy/. ${state}/; rm -rf /run/state-copy`,
    strike: `cat /dev/zero > ${state}/full 2>/dev/null; true`,
    heal: `rm -f ${state}/full`,
    seconds: outage,
    after: `cp -a ${state}/. /run/state-copy; umount ${state}; cp -a /run/state-copy/. ${state}/; rm -rf /run/state-copy`,
  },
  {
    id: 'syn2mas-exits-1',
    what: 'syn2mas exits with 1',
    syn2mas: ['sh', '-c', 'echo failed; exit 1'],
    only: { operation: 'migrate', steps: ['syn2mas'] },
  },
  {
    id: 'syn2mas-exits-10',
    what: 'syn2mas exits with 10',
    syn2mas: ['sh', '-c', 'exit 10'],
    only: { operation: 'migrate', steps: ['syn2mas'] },
  },
  {
    id: 'syn2mas-dies',
    what: 'the container of syn2mas is killed half-way',
    strike: `docker kill ${container}`,
    only: { operation: 'migrate', steps: ['syn2mas'] },
  },
  {
    id: 'syn2mas-hangs',
    what: 'syn2mas hangs until `max-downtime`',
    strike: `docker pause ${container}`,
    maxDowntime: 20,
    only: { operation: 'migrate', steps: ['syn2mas'] },
  },
  {
    id: 'syn2mas-outlives',
    what: 'the program is killed, and syn2mas goes on',
    strike:
      'kill -9 $pid; systemctl stop --no-block "matrix-auth-actions@$run"; sleep 1; systemctl start --no-block "matrix-auth-actions@$run"',
    only: { operation: 'migrate', steps: ['syn2mas'] },
  },
  cannotStart('mas-cannot-start', `MAS cannot start for ${outage} seconds`, mas),
  cannotStart('synapse-cannot-start', `Synapse cannot start for ${outage} seconds`, synapse),
  cannotStart('worker-cannot-start', `a worker cannot start for ${outage} seconds`, worker),
  { id: 'root-restores', what: 'root runs `restore`', strike: `${tool} restore` },
  { id: 'root-holds', what: 'root runs `hold`, which is refused', strike: `! ${tool} hold` },
  { id: 'root-uninstalls', what: 'root runs `uninstall`, which is refused', strike: `! ${tool} uninstall` },
  {
    id: 'second-run',
    what: 'a second run takes the lock, which is refused',
    strike: `! ${tool} lock somebody r2 60 && ${tool} force-unlock other; true`,
  },
  {
    id: 'unit-stopped',
    what: 'somebody stops the unit of the run',
    strike: 'systemctl stop --no-block "matrix-auth-actions@$run"; kill -CONT $pid',
  },
  {
    id: 'journal-torn',
    what: 'half a line, a doubled line and a foreign line are added to the journal',
    strike: `cd ${state}/journal; last=$(tail -n 1 $run)
      { printf '%s\\n' "$last" '{"seq":999,"event":"end","data":{"outcome":"migrated"}}'; printf %.30s "$last"; } >> $run`,
  },
  {
    id: 'state-moved',
    what: `the state folder is moved away for ${outage} seconds, and a link takes its place`,
    strike: `mv ${state} ${state}.away; ln -s /tmp ${state}`,
    heal: `rm ${state}; mv ${state}.away ${state}`,
    seconds: outage,
  },
  {
    id: 'file-by-hand',
    what: 'somebody changes homeserver.yaml and restarts Synapse',
    strike: `echo '# by hand' >> /matrix/synapse/config/homeserver.yaml; systemctl restart --no-block ${synapse}`,
    after: `sed -i '/^# by hand$/d' /matrix/synapse/config/homeserver.yaml`,
    only: { steps: ['syn2mas', 'stop', 'check', 'accounts', 'files'] },
  },
  {
    id: 'program-frozen',
    what: 'the program stands still for 10 seconds',
    strike: 'sleep 10',
  },
  {
    id: 'killed-twice',
    what: 'the program is killed, and killed again while it restores',
    strike: `kill -9 $pid; for _ in $(seq 300); do pid=$(pgrep -of "window.py run $run") && grep -q '"failed"' ${state}/journal/$run && break; sleep 0.02; done
      [ -z "$pid" ] || kill -9 $pid; true`,
  },
]
