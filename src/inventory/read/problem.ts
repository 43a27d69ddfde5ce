import { type Finding, type Place, pageOfRule } from '../../domain/finding.ts'
import { limits } from './limits.ts'

/** All problems of reading an inventory, by id. */
export const problemTexts = {
  'inventory/yaml-syntax': {
    why: 'Ansible stops at a file that it cannot parse. Its variables are unknown to this check.',
    remedy: 'Fix the YAML at this place.',
  },
  'inventory/duplicate-key': {
    why: 'Ansible uses the last of two equal keys and ignores the first.',
    remedy: 'Remove one of them.',
  },
  'inventory/unquoted-jinja': {
    why: 'YAML parses an unquoted `{{ … }}` as nested mappings, so Ansible fails.',
    remedy: 'Quote the whole value: `name: "{{ … }}"`.',
  },
  'inventory/encoding': {
    why: 'Ansible expects UTF-8 without control characters and stops at other files.',
    remedy: 'Save the file as UTF-8, without a byte order mark, and remove control characters.',
  },
  'inventory/git-crypt': {
    why: 'The file is encrypted by git-crypt and not unlocked, so its variables are unknown.',
    remedy: 'Move the variables that decide the stage to a plain file next to it, or use Ansible Vault.',
  },
  'inventory/missing-submodule': {
    why: 'The folder is a git submodule that is not checked out, so the variables in it are unknown.',
    remedy:
      'Add `submodules: true` to the step with actions/checkout, and a `token` that can read the submodule.',
  },
  'inventory/several-documents': {
    why: 'Ansible rejects a file with more than one YAML document.',
    remedy: 'Move the second document to another file, or remove the `---` line.',
  },
  'inventory/not-a-mapping': {
    why: 'Ansible expects a mapping of variable names to values.',
    remedy: 'Write `name: value` lines.',
  },
  'inventory/unknown-tag': {
    why: 'Ansible supports the tags `!vault` and `!unsafe` and stops at others.',
    remedy: 'Remove the tag or quote the text.',
  },
  'inventory/limit': {
    why: 'Larger input could exhaust the memory or time of this check.',
    remedy: 'Reduce it or split it.',
  },
  'inventory/link-outside': {
    why: 'A symbolic link to a path outside the repository could expose any file of the runner.',
    remedy: 'Replace the link with a file in the repository.',
  },
  'inventory/special-file': {
    why: 'The path must exist and be a regular file.',
    remedy: 'Create the file, or replace it with a regular file.',
  },
  'inventory/syntax': {
    why: 'Ansible stops at a line that it cannot parse.',
    remedy: 'Fix the line at this place.',
  },
  'inventory/undefined-group': {
    why: 'Ansible rejects an inventory with a group that no section declares.',
    remedy: 'Add a section for the group, or correct its name.',
  },
  'inventory/group-cycle': {
    why: 'Ansible rejects groups that contain each other.',
    remedy: 'Remove one of the two `children` entries.',
  },
  'trust/inventory-script': {
    why: 'Ansible executes such a file on the runner to get the inventory. This check executes nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'trust/executable-inventory': {
    why: 'Ansible tries to execute an inventory file with the executable bit.',
    remedy: 'Remove the bit: `git update-index --chmod=-x FILE`.',
  },
  'trust/inventory-plugin': {
    why: 'Ansible gets the hosts from a plugin that runs on the runner. This check executes nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'inventory/shadowed-file': {
    why: 'Ansible reads only one of the two: a folder `NAME/` or a file `NAME` hides `NAME.yml`.',
    remedy: 'Move the file into the folder.',
  },
} as const satisfies Record<string, { why: string; remedy: string }>

export type ProblemId = keyof typeof problemTexts
export const problemIds = Object.keys(problemTexts) as ProblemId[]

/** A finding of the reader. `message` must not contain a value. */
export function problem(
  id: ProblemId,
  message: string,
  place: Place,
  severity: Finding['severity'] = 'error',
): Finding {
  return { id, severity, message, place, ...problemTexts[id], page: pageOfRule(id) }
}

/** Stops reading a file. The reader turns it into a finding. */
export class ReadingProblem extends Error {
  override readonly name = 'ReadingProblem'
  readonly finding: Finding
  constructor(id: ProblemId, message: string, place: Place) {
    super(message)
    this.finding = problem(id, message, place)
  }
}

export function syntaxProblem(message: string, place: Place): ReadingProblem {
  return new ReadingProblem('inventory/syntax', message, place)
}

export function startOf(file: string): Place {
  return { file, line: 1, column: 1 }
}

/** Adds to a list of limited length. The last finding of a full list says that others are missing. */
export function addProblems(list: Finding[], ...found: readonly Finding[]): void {
  for (const finding of found) {
    if (list.length > limits.problems) return
    if (list.length < limits.problems) list.push(finding)
    else {
      const message = `there are more than ${limits.problems} problems here; the others are not shown`
      list.push(problem('inventory/limit', message, startOf(finding.place?.file ?? '')))
    }
  }
}
