import type { ExampleCheckout } from '../kit/rule.ts'

const role = 'roles/custom/matrix-synapse'

/** A small invented checkout in the style of today's playbook, for examples. Only its names are real. */
export const exampleCheckout: ExampleCheckout = {
  dialect: 'mas-cli',
  files: {
    [`${role}/defaults/main.yml`]: `matrix_synapse_enabled: true
matrix_synapse_enable_registration: false
matrix_synapse_max_upload_size_mb: 100
matrix_synapse_auto_join_rooms: []
matrix_synapse_log_config: {}
matrix_synapse_container_image_registry_prefix: "docker.io/"
`,
    [`${role}/tasks/validate_config.yml`]: `- ansible.builtin.fail:
    msg: "Please rename the variable"
  when: "lookup('ansible.builtin.varnames', ('^' + item.old + '$'), wantlist=True) | length > 0"
  with_items:
    - {'old': 'matrix_synapse_docker_image_name_prefix', 'new': 'matrix_synapse_container_image_registry_prefix'}
    - {'old': 'matrix_synapse_image_force_pull', 'new': '<removed>'}

- ansible.builtin.fail:
    msg: "Please rename all variables (\`matrix_mailer_*\` -> \`exim_relay_*\`)."
  when: "lookup('ansible.builtin.varnames', '^matrix_mailer_.+', wantlist=True) | length > 0"

- ansible.builtin.fail:
    msg: "Please remove all \`matrix_dimension_*\` variables."
  when: "lookup('ansible.builtin.varnames', '^matrix_dimension_.+', wantlist=True) | length > 0"
`,
    'roles/galaxy/exim_relay/defaults/main.yml': `exim_relay_sender_address: ''\n`,
    'group_vars/matrix_servers': 'matrix_playbook_docker_installation_enabled: true\n',
  },
}
