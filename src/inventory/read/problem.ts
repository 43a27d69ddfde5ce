import { type Finding, type Place, pageOfRule } from '../../domain/finding.ts'
import { limits } from './limits.ts'

/** All problems of reading an inventory, by id. */
export const problemTexts = {
  'inventory/yaml-syntax': {
    severity: 'error',
    why: 'Ansible stops at a file that it cannot parse. Its variables are unknown to this check.',
    remedy:
      'Fix the YAML at this place: keys of one mapping start in the same column, and a text with a colon needs quotes.',
  },
  'inventory/duplicate-key': {
    severity: 'warning',
    why: 'Ansible uses the last of two equal keys and ignores the first.',
    remedy: 'Remove one of them.',
  },
  'inventory/unquoted-jinja': {
    severity: 'error',
    why: 'YAML parses an unquoted `{{ … }}` as nested mappings, so Ansible fails.',
    remedy: 'Quote the whole value: `name: "{{ … }}"`.',
  },
  'inventory/encoding': {
    severity: 'error',
    why: 'Ansible stops if a file is not UTF-8 or has control characters.',
    remedy: 'Save the file as UTF-8, without a byte order mark, and remove control characters.',
  },
  'inventory/git-crypt': {
    severity: 'error',
    why: 'The file is encrypted by git-crypt and not unlocked, so its variables are unknown.',
    remedy: 'Move the variables that decide the stage to a plain file next to it, or use Ansible Vault.',
  },
  'inventory/missing-submodule': {
    severity: 'error',
    why: 'The folder is a git submodule that is not checked out, so the variables in it are unknown.',
    remedy:
      'Add `submodules: true` to the step with actions/checkout, and a `token` that can read the submodule.',
  },
  'inventory/several-documents': {
    severity: 'error',
    why: 'Ansible rejects a file with more than one YAML document.',
    remedy: 'Move the second document to another file, or remove the `---` line.',
  },
  'inventory/not-a-mapping': {
    severity: 'error',
    why: 'Ansible expects a mapping of variable names to values.',
    remedy: 'Write `name: value` lines.',
  },
  'inventory/unknown-tag': {
    severity: 'error',
    why: 'Ansible supports the tags `!vault` and `!unsafe` and stops at others.',
    remedy: 'Remove the tag or quote the text.',
  },
  'inventory/limit': {
    severity: 'error',
    why: `This check reads files of up to ${limits.fileBytes / 2 ** 20} MiB and up to ${limits.hosts} hosts. More could exhaust its memory or time.`,
    remedy: 'Make the file or the inventory smaller, or split it.',
  },
  'inventory/link-outside': {
    severity: 'error',
    why: 'A symbolic link to a path outside the repository could expose any file of the runner.',
    remedy: 'Replace the link with a file in the repository.',
  },
  'inventory/special-file': {
    severity: 'error',
    why: 'The path must exist and be a regular file.',
    remedy: 'Create the file, or replace it with a regular file.',
  },
  'inventory/syntax': {
    severity: 'error',
    why: 'Ansible stops at a line that it cannot parse.',
    remedy: 'Fix the line at this place.',
  },
  'inventory/skipped-entry': {
    severity: 'warning',
    why: 'Ansible ignores such an entry, with its hosts and variables.',
    remedy: 'Fix the entry, or remove it.',
  },
  'inventory/undefined-group': {
    severity: 'error',
    why: 'Ansible rejects an inventory with a group that no section declares.',
    remedy: 'Add a section for the group, or correct its name.',
  },
  'inventory/group-cycle': {
    severity: 'error',
    why: 'Ansible rejects groups that contain each other.',
    remedy: 'Remove one of the two `children` entries.',
  },
  'trust/inventory-script': {
    severity: 'error',
    why: 'Ansible executes such a file on the runner to get the inventory. This check executes nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'trust/executable-inventory': {
    severity: 'warning',
    why: 'Ansible tries to execute an inventory file with the executable bit.',
    remedy: 'Remove the bit: `git update-index --chmod=-x FILE`.',
  },
  'trust/inventory-plugin': {
    severity: 'error',
    why: 'Ansible gets the hosts from a plugin that runs on the runner. This check executes nothing.',
    remedy: 'Use a static inventory in INI or YAML.',
  },
  'inventory/shadowed-file': {
    severity: 'warning',
    why: 'Ansible reads only one of the two: a folder `NAME/` or a file `NAME` hides `NAME.yml`, which hides `NAME.yaml` and `NAME.json`.',
    remedy: 'Move the file into the folder, or its lines into the file that Ansible reads.',
  },
} as const satisfies Record<string, Pick<Finding, 'severity' | 'why' | 'remedy'>>

export type ProblemId = keyof typeof problemTexts

/** A finding of the reader. `message` must not contain a value. */
export function problem(id: ProblemId, message: string, place: Place): Finding {
  return { id, message, place, ...problemTexts[id], page: pageOfRule(id) }
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
