import type { Dialect } from '../../domain/stage.ts'
import { masAddress, pathPrefixVariable } from '../facts/hostname.ts'
import { validatedVersionVariable } from '../facts/variables.ts'
import {
  type Component,
  isAtLeast,
  knownDialect,
  pinnedVersion,
  synapseVersionVariable,
  type Version,
  versionVariable,
} from '../facts/versions.ts'
import { defineRule, type HostContext, live, off, prepared, type Violation, withEach } from '../kit/rule.ts'

interface Unfit {
  readonly component: Component
  readonly dialect: Dialect
  readonly isUnfit: (version: Version, context: HostContext) => boolean
  /** Ends the sentence that begins with the variable. */
  readonly why: string
}

/**
 * Versions that cannot work with the delegation that a playbook configures. Sources: `synapse/config/mas.py` exists since
 * 1.136.0, and `synapse/config/experimental.py` refuses MSC3861 since 1.157.0 (run: the published wheels); element-hq/synapse
 * issue 19184 about 1.142.0, fixed in 1.142.1; MAS: `crates/config/src/sections/matrix.rs`, whose default kind speaks the API
 * of such a Synapse since 1.0.0; `crates/cli/src/commands/syn2mas.rs` has `--dry-run` since 0.16.0.
 */
export const unfitVersions: readonly Unfit[] = [
  {
    component: 'Synapse',
    dialect: 'mas-cli',
    isUnfit: version => !isAtLeast(version, [1, 136]),
    why: 'is a version that does not know `matrix_authentication_service`: it ignores the delegation, and passwords are off. Version 1.136.0 is the first that knows it',
  },
  {
    component: 'Synapse',
    dialect: 'mas-cli',
    isUnfit: (version, { host }) =>
      version.join('.') === '1.142.0' && (masAddress(host)?.prefix ?? '/') !== '/',
    why: 'is version 1.142.0, which ignores the path of the address of MAS, so every session is refused. Version 1.142.1 has the fix',
  },
  {
    component: 'Synapse',
    dialect: 'syn2mas-tool',
    isUnfit: version => isAtLeast(version, [1, 157]),
    why: 'is a version that no longer knows MSC3861, with which this playbook delegates, so Synapse does not start. Version 1.156 is the last that knows it',
  },
  {
    component: 'MAS',
    dialect: 'mas-cli',
    isUnfit: version => !isAtLeast(version, [1, 0]),
    why: 'is a version that does not speak the API of a Synapse with `matrix_authentication_service`. Version 1.0.0 is the first that does',
  },
  {
    component: 'MAS',
    dialect: 'syn2mas-tool',
    isUnfit: version => isAtLeast(version, [1, 0]),
    why: 'is a version that does not speak the API of a Synapse with MSC3861, with which this playbook delegates. Use a version before 1.0.0',
  },
]

const today = `matrix_domain: example.test\n${validatedVersionVariable}: v2026.05.18.0\n`
const old = { dialect: 'syn2mas-tool' } as const
const image = 'matrix_synapse_container_image'

export const unfitVersion = defineRule({
  id: 'mas/unfit-version',
  severity: 'error',
  why: 'The pinned version cannot work with the delegation that the playbook configures. Once MAS is live, no user can log in.',
  remedy:
    'Remove the line, so that the playbook chooses the version, or pin a newer one. Upgrade before the migration.',
  examples: {
    wrong: [
      ...withEach(live + today, synapseVersionVariable, 'v1.120.2', '1.135.0', 'v1.142.0', '"v1.99.0"'),
      `${prepared}${today}${synapseVersionVariable}: v1.135.2`,
      `${live}${synapseVersionVariable}: v1.120.2`,
      `${live}${today}${image}: docker.io/matrixdotorg/synapse:v1.98.0`,
      `${live}${today}${image}_tag: v1.130.0-customized`,
      ...withEach(live + today, versionVariable, '0.20.0', '"0.12.0"'),
      { vars: `${live}${synapseVersionVariable}: v1.159.0`, checkout: old },
      { vars: `${live}${versionVariable}: 1.22.0`, checkout: old },
    ],
    right: [
      live + today,
      ...withEach(live + today, synapseVersionVariable, 'v1.136.0', 'v1.159.0', '"{{ v }}"', 'latest'),
      `${live}${today}${synapseVersionVariable}: v1.142.1`,
      `${live}${today}${synapseVersionVariable}: v1.142.0\n${pathPrefixVariable}: /`,
      ...withEach(live + today, image, 'registry.test:5000/synapse:v1.150.0', 'registry.test:5000/synapse'),
      `${live}${today}${image}: a@sha256:0000\n${synapseVersionVariable}: v1.120.2`,
      `${off}${today}${synapseVersionVariable}: v1.120.2`,
      { vars: `${live}${synapseVersionVariable}: v1.120.2`, checkout: old },
      { vars: `${live}${versionVariable}: 0.12.0`, checkout: old },
    ],
  },
  check: context => {
    const dialect = knownDialect(context)
    return unfitVersions.flatMap((unfit): readonly Violation[] => {
      if (unfit.dialect !== (dialect ?? 'mas-cli')) return []
      const pinned = pinnedVersion(context.host, unfit.component)
      if (!pinned || !unfit.isUnfit(pinned.version, context)) return []
      const { name, value } = pinned.definition
      const isCertain = context.stage.stage === 'live' && dialect !== undefined
      const severity = isCertain ? undefined : ('warning' as const)
      return [{ message: `\`${name}\` ${unfit.why}`, severity, place: value.place }]
    })
  },
})
