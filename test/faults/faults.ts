/** What can happen to the server while a run changes it. */
import type { Outcome } from '../../src/domain/journal.ts'
import { brokenFronts } from '../lab/front/broken.ts'
import type { Lab } from '../lab/lab.ts'
import { bridge } from '../lab/target/bridge.ts'
import type { Moment, Operation } from './cells.ts'

export interface Fault {
  readonly id: string
  /** In words, for docs/reliability.md. */
  readonly what: string
  /** Bash on the server, while the program stands still; `$pid` is its process, `$run` the run. */
  readonly strike?: string
  /** From outside, after `strike`, while the program stands still. */
  readonly outside?: (lab: Lab, operation: Operation) => Promise<unknown>
  /** Bash on the server that ends the fault, `seconds` after it began. */
  readonly heal?: string
  readonly seconds?: number
  /** Bash before the run is prepared, and after the cell. */
  readonly before?: string
  readonly after?: string
  /** Instead of syn2mas's command. */
  readonly syn2mas?: readonly string[]
  readonly maxDowntime?: number
  /** How the run must end, where that is certain. */
  readonly outcome?: Outcome
  /** In no random schedule: while it lasts, another fault cannot be brought about, or leaves no homeserver. */
  readonly alone?: true
  /** Where it has a meaning; the first step is its sharpest. */
  readonly only?: {
    readonly operation?: Operation
    readonly steps?: readonly string[]
    readonly moment?: Moment
  }
}

/** While its container runs. */
const inSyn2mas = { operation: 'migrate', steps: ['syn2mas'], moment: 'middle' } as const

const state = '/var/lib/matrix-auth-actions'
const tool = `${state}/matrix-auth-actions`
const mas = 'matrix-authentication-service'
const synapse = 'matrix-synapse'
const worker = 'matrix-synapse-worker-generic-0'
const container = 'matrix-authentication-service-syn2mas'

/** Seconds: longer than one attempt of the program to restore, which takes 10. */
const outage = 12

/** The server gives up, and restores for as long as it takes. */
const pastMaxDowntime = {
  maxDowntime: 20,
  seconds: 40,
  outcome: 'restored',
  only: { steps: ['start'] },
} as const

/** Users get in only after `max-downtime`, though all is well behind the front. */
const ofTheFront: readonly Fault[] = Object.entries(brokenFronts).map(
  ([id, { what, breaking, healing }]) => ({
    id: `front-${id}`,
    what: `the reverse proxy ${what} until after \`max-downtime\``,
    strike: breaking,
    heal: healing,
    maxDowntime: 20,
    seconds: 22,
    outcome: 'restored',
    alone: true,
    only: { operation: 'migrate', steps: ['start'] },
  }),
)

/** A unit that cannot start while the file exists. */
function cannotStart(id: string, what: string, unit: string): Fault & { readonly heal: string } {
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

/** The folder gets a small disk of its own, which the fault fills. `stop` and `start`: around the change of disks. */
function fullDisk(id: string, what: string, folder: string, { stop = '', start = '' } = {}): Fault {
  const copy = '/run/copy'
  return {
    id,
    what: `the disk of ${what} is full for ${outage} seconds`,
    before: `set -e; ${stop}
      rsync -aHAX ${folder}/ ${copy}/
      mount -t tmpfs -o size=$(($(du -sm ${copy} | cut -f1) + 32))m tmpfs ${folder}
      rsync -aHAX ${copy}/ ${folder}/; rm -r ${copy}
      ${start}`,
    strike: `cat /dev/zero > ${folder}/full 2>/dev/null; true`,
    heal: `rm -f ${folder}/full`,
    seconds: outage,
    after: `set -e; ${stop}
      rsync -aHAX ${folder}/ ${copy}/; umount ${folder}
      rsync -aHAX --delete ${copy}/ ${folder}/; rm -r ${copy}
      ${start}`,
  }
}

/** Something else lies at the path for a while. */
function replaced(id: string, what: string, path: string, put: string): Fault {
  return {
    id,
    what: `${what} for ${outage} seconds`,
    strike: `mv ${path} ${path}.away; ${put} ${path}`,
    heal: `rm -rf ${path}; mv ${path}.away ${path}`,
    seconds: outage,
    alone: true,
  }
}

/** Who stops PostgreSQL also stops Synapse, MAS and a bridge, and starts them. While users wait for the run, that is the program's part. */
const startPostgres = `systemctl start matrix-postgres; journal=${state}/journal/$run
  if ! grep -q '"event":"begin".*"step":"stop"' $journal || grep -q '"event":"end"' $journal
  then systemctl start ${synapse} ${worker} ${mas}; fi
  systemctl start --no-block --job-mode=ignore-dependencies ${bridge}`

const masIsAway = cannotStart('mas-cannot-start', `MAS cannot start for ${outage} seconds`, mas)
const postgresIsAway = cannotStart('', '', 'matrix-postgres')
const stopPostgres = `${postgresIsAway.strike}; systemctl stop --no-block matrix-postgres; kill -9 $pid`
const startPostgresAgain = `${postgresIsAway.heal}; systemctl reset-failed matrix-postgres; ${startPostgres}`

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
    heal: startPostgres,
    seconds: outage,
  },
  {
    ...postgresIsAway,
    id: 'postgres-away',
    what: `PostgreSQL is stopped, and cannot start for ${outage} seconds; the program is killed`,
    strike: stopPostgres,
    heal: startPostgresAgain,
  },
  {
    ...postgresIsAway,
    id: 'postgres-away-long',
    what: 'PostgreSQL is stopped, and cannot start for two minutes; the program is killed',
    strike: stopPostgres,
    heal: startPostgresAgain,
    seconds: 120,
    only: inSyn2mas,
  },
  {
    id: 'docker-fails',
    what: `every call of docker fails for ${outage} seconds`,
    strike: `printf '#!/bin/sh\\necho "Cannot connect to the Docker daemon" >&2\\nexit 1\\n' > /run/docker-fails
      chmod 755 /run/docker-fails; mount --bind /run/docker-fails /usr/bin/docker`,
    heal: 'umount /usr/bin/docker',
    seconds: outage,
    alone: true,
  },
  {
    id: 'writes-fail',
    what: `the program can write to no disk for ${outage} seconds`,
    strike: 'prlimit --pid $pid --fsize=0:unlimited',
    heal: 'for pid in $(pgrep -f "window.py run $run"); do prlimit --pid $pid --fsize=unlimited:unlimited; done',
    seconds: outage,
  },
  fullDisk('disk-full', 'the state folder', state),
  fullDisk('disk-full-matrix', "Synapse's configuration in /matrix", '/matrix/synapse/config'),
  fullDisk('disk-full-postgres', "PostgreSQL's data", '/matrix/postgres/data', {
    stop: `units=$(systemctl list-units --plain --no-legend --state=active 'matrix-*.service' | awk '{print $1}')
      systemctl stop $units`,
    start: `systemctl start $units ${bridge}`,
  }),
  {
    id: 'syn2mas-exits-1',
    what: 'syn2mas exits with 1',
    syn2mas: ['sh', '-c', 'echo failed; exit 1'],
    outcome: 'restored',
    only: inSyn2mas,
  },
  {
    id: 'syn2mas-exits-10',
    what: 'syn2mas exits with 10',
    syn2mas: ['sh', '-c', 'exit 10'],
    outcome: 'restored',
    only: inSyn2mas,
  },
  {
    id: 'syn2mas-dies',
    what: 'the container of syn2mas is killed half-way',
    strike: `docker kill ${container}`,
    outcome: 'restored',
    only: inSyn2mas,
  },
  {
    id: 'syn2mas-client-dies',
    what: 'the docker client of syn2mas is killed, and its container goes on',
    strike: `pkill -9 -f 'docker run.* --name=${container}'`,
    only: inSyn2mas,
  },
  {
    id: 'syn2mas-hangs',
    what: 'syn2mas hangs until `max-downtime`',
    strike: `docker pause ${container}`,
    maxDowntime: 20,
    outcome: 'restored',
    only: inSyn2mas,
  },
  masIsAway,
  {
    ...masIsAway,
    id: 'mas-never-starts',
    what: 'MAS cannot start until `max-downtime`',
    maxDowntime: 20,
    seconds: 0,
    heal: '',
    after: masIsAway.heal,
    alone: true,
    only: { operation: 'migrate', steps: ['start', 'stop', 'syn2mas', 'files', 'answer'] },
  },
  cannotStart('synapse-cannot-start', `Synapse cannot start for ${outage} seconds`, synapse),
  cannotStart('worker-cannot-start', `a worker cannot start for ${outage} seconds`, worker),
  {
    ...cannotStart('synapse-starts-late', 'Synapse cannot start until after `max-downtime`', synapse),
    ...pastMaxDowntime,
  },
  {
    ...cannotStart('worker-starts-late', 'a worker cannot start until after `max-downtime`', worker),
    ...pastMaxDowntime,
  },
  ...ofTheFront,
  { id: 'root-restores', what: 'root runs `restore`', strike: `${tool} restore` },
  { id: 'root-holds', what: 'root runs `hold`, which is refused', strike: `! ${tool} hold` },
  { id: 'root-uninstalls', what: 'root runs `uninstall`, which is refused', strike: `! ${tool} uninstall` },
  {
    id: 'second-run',
    what: 'a second run takes the lock, then root frees it; both are refused',
    strike: `! ${tool} lock somebody r2 60 && ! ${tool} force-unlock $run`,
  },
  {
    id: 'unit-stopped',
    what: 'somebody stops the unit of the run, which is refused',
    strike: '! systemctl stop "matrix-auth-actions@$run"',
  },
  {
    id: 'program-terminated',
    what: 'the program is asked to end (SIGTERM)',
    strike: 'kill -TERM $pid; kill -CONT $pid',
    only: { steps: ['syn2mas', 'answer', 'clean'] },
  },
  {
    id: 'journal-torn',
    what: 'half a line, a doubled line and a foreign line are added to the journal',
    strike: `cd ${state}/journal; last=$(tail -n 1 $run)
      { printf '%s\\n' "$last" '{"seq":999,"event":"end","data":{"outcome":"migrated"}}'; printf %.30s "$last"; } >> $run`,
  },
  replaced('state-moved', 'a link takes the place of the state folder', state, 'ln -s /tmp'),
  replaced(
    'state-replaced',
    'a folder of another user takes the place of the state folder',
    state,
    'install -d -o nobody',
  ),
  replaced(
    'state-link',
    'a link takes the place of the folder of journals',
    `${state}/journal`,
    'ln -s /tmp',
  ),
  {
    id: 'file-by-hand',
    what: 'somebody changes homeserver.yaml and restarts Synapse',
    strike: `echo '# by hand' >> /matrix/synapse/config/homeserver.yaml; systemctl restart --no-block ${synapse}`,
    after: `sed -i '/^# by hand$/d' /matrix/synapse/config/homeserver.yaml`,
    only: { steps: ['syn2mas', 'stop', 'check', 'accounts', 'files'] },
  },
  {
    id: 'playbook-by-hand',
    what: 'somebody runs the playbook with the vars of the stage after the run',
    outside: async (lab, operation) => {
      await lab.setVars(operation === 'migrate' ? 'live' : 'prepared')
      await lab.ansible(['--tags=install-all,start'])
    },
    maxDowntime: 600,
    only: { steps: ['syn2mas', 'files', 'start', 'answer', 'prove'] },
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
