import type { Dialect } from '../../../../src/domain/stage.ts'

/** In front of every image's name, as `matrix_container_global_registry_prefix_override` has it. */
export const registry = '127.0.0.1:5000/'

/** The lab's images, and what a real playbook calls them. The versions are pinned in the operator's vars to these. */
export const imageNames: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  'mas-cli': {
    'localhost/lab/postgres:15': 'postgres:15',
    'localhost/lab/synapse:1.163.2': 'element-hq/synapse:v1.163.2',
    'localhost/lab/mas:1.22.0': 'element-hq/matrix-authentication-service:1.22.0',
    'localhost/lab/nginx:new': 'nginx:1.30',
    'localhost/lab/redis:7': 'valkey/valkey:7.0',
  },
  'syn2mas-tool': {
    'localhost/lab/postgres:15': 'postgres:15',
    'localhost/lab/synapse:1.121.1': 'element-hq/synapse:v1.121.1',
    'localhost/lab/mas:0.13.0': 'element-hq/matrix-authentication-service:0.13.0',
    'localhost/lab/syn2mas:0.15.0': 'element-hq/matrix-authentication-service/syn2mas:0.15.0',
    'localhost/lab/nginx:new': 'nginx:1.30',
    'localhost/lab/redis:7': 'valkey/valkey:7.0',
  },
}
