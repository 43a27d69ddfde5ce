/** How much is read before reading is refused. Far above any inventory that people write. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 2 * 1024 * 1024,
  /** Bytes of all files of one inventory. */
  allBytes: 64 * 1024 * 1024,
  /** Files of one inventory. */
  files: 20_000,
  /** Folders in folders, of inventory files or variables. */
  folderDepth: 10,
  /** Problems told of one file, and of all files of a kind. */
  problems: 1000,
  hosts: 20_000,
  groups: 20_000,
  /** Nesting of YAML, of INI values and of groups. */
  depth: 100,
  /** Parts of one file's values, with every alias counted as what it stands for. */
  parts: 200_000,
  /** The same of all files of one inventory, and every variable of every host and group in inventory files. */
  allParts: 700_000,
  /** Hosts times the groups that each is in. */
  memberships: 1_000_000,
} as const
