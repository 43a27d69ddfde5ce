import { type Finding, type Place, pageOfRule } from '../../domain/finding.ts'

/** Everything that reading an inventory can find wrong, by id: why it matters and what to do. */
export const problemTexts = {
  'inventory/yaml-syntax': {
    why: 'Ansible stops at a file that it cannot parse, and until then nothing in the file is known.',
    remedy: 'Mend the YAML at the place named.',
  },
  'inventory/duplicate-key': {
    why: 'Ansible takes the last of two equal keys and drops the first, so what is read is not what is there.',
    remedy: 'Keep one of the two.',
  },
  'inventory/unquoted-jinja': {
    why: 'YAML reads an unquoted `{{ … }}` as nested mappings, and Ansible fails at it.',
    remedy: 'Put the whole value into quotes.',
  },
  'inventory/encoding': {
    why: 'Ansible reads text as UTF-8 without control characters, and stops at anything else.',
    remedy: 'Save the file as UTF-8, without a byte order mark, and remove control characters.',
  },
  'inventory/git-crypt': {
    why: 'The file is encrypted by git-crypt and was not unlocked, so its variables are unknown.',
    remedy:
      'Write what decides over the stage in a plain file beside it. Ansible Vault files need no unlocking here.',
  },
  'inventory/missing-submodule': {
    why: 'The folder is a git submodule that is not checked out, so the variables in it are unknown.',
    remedy: 'Have actions/checkout fetch it: `submodules: true`, with a token that may read it.',
  },
  'inventory/several-documents': {
    why: 'Ansible expects one YAML document in a file and refuses a second.',
    remedy: 'Move the second document into a file of its own, or remove the `---` line.',
  },
  'inventory/not-a-mapping': {
    why: 'Ansible expects a mapping of variable names to values.',
    remedy: 'Write `name: value` lines.',
  },
  'inventory/unknown-tag': {
    why: 'Ansible knows the tags `!vault` and `!unsafe` and stops at others.',
    remedy: 'Remove the tag or quote the text.',
  },
  'inventory/limit': {
    why: 'A file of this size is no inventory that people write, and reading it could hold up the check.',
    remedy: 'Make it smaller or split it.',
  },
  'inventory/link-outside': {
    why: 'Only files inside the repository are read: a link that leaves it could name any file of the runner.',
    remedy: 'Put the file itself into the repository.',
  },
  'inventory/special-file': {
    why: 'Only plain files are read.',
    remedy: 'Replace it by a plain file.',
  },
  'inventory/syntax': {
    why: 'Ansible stops at a line that it cannot parse.',
    remedy: 'Mend the line at the place named.',
  },
  'inventory/undefined-group': {
    why: 'Ansible refuses an inventory that names a group which no section declares.',
    remedy: 'Add a section for the group, or correct its name.',
  },
  'inventory/group-cycle': {
    why: 'Ansible refuses groups that contain each other.',
    remedy: 'Remove one of the two `children` entries.',
  },
  'trust/inventory-script': {
    why: 'Ansible runs such a file on the runner to get an inventory; this check runs nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'trust/executable-inventory': {
    why: 'Ansible tries to run an inventory file whose executable bit is set.',
    remedy: 'Remove the bit: `git update-index --chmod=-x FILE`.',
  },
  'trust/inventory-plugin': {
    why: 'Ansible gets the hosts of such a file from a plugin that runs on the runner; this check runs nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'inventory/shadowed-file': {
    why: 'Ansible reads one of the two only: a folder `NAME/` (or a file without an ending) hides `NAME.yml` beside it.',
    remedy: 'Move the file into the folder.',
  },
} as const satisfies Record<string, { why: string; remedy: string }>

export type ProblemId = keyof typeof problemTexts
export const problemIds = Object.keys(problemTexts) as ProblemId[]

/** A finding of the reader itself. `message` says what is wrong and must not repeat a value. */
export function problem(
  id: ProblemId,
  message: string,
  place: Place,
  severity: Finding['severity'] = 'error',
): Finding {
  return { id, severity, message, place, ...problemTexts[id], page: pageOfRule(id) }
}

/** Reading stops with this where going on would make no sense; the reader turns it into a finding. */
export class ReadingProblem extends Error {
  override readonly name = 'ReadingProblem'
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.message)
    this.finding = finding
  }
}
