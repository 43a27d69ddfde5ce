/** Limits of reading, far above any real inventory. */
export const limits = {
  fileBytes: 2 * 1024 * 1024,
  /** Bytes of all files of one inventory. */
  allBytes: 64 * 1024 * 1024,
  /** Files of one inventory. */
  files: 20_000,
  /** Nested folders of inventory files or variables. */
  folderDepth: 10,
  /** Problems shown for one file, and for all files of a kind. */
  problems: 1000,
  hosts: 20_000,
  groups: 20_000,
  /** Nesting of YAML, INI values and groups. */
  depth: 100,
  /** Values in one file, with each alias counted as its target. */
  parts: 200_000,
  /** Values in all files of one inventory, plus the variables of hosts and groups in inventory files. */
  allParts: 700_000,
  /** Total memberships of hosts in groups. */
  memberships: 1_000_000,
} as const
