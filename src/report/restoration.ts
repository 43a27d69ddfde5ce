import type { VarsToRestore } from '../domain/reports.ts'
import { inProgressVariable } from '../domain/variables.ts'
import { type Block, block, code, type Document, paragraph, strong, type Text } from './document.ts'

/** That the default branch no longer matches the server. */
export function differs(host: string): Text {
  return ['The vars of ', code(host), " ask for a live MAS, but the server uses Synapse's built-in login."]
}

/** How to make the vars match a server that was rolled back. */
export function restoration(
  host: string,
  { lines: vars, file, patch }: VarsToRestore,
  open = 'Open',
): Document {
  const where: Text = file === undefined ? ['the vars of ', code(host)] : [code(file)]
  const paste = patch === undefined ? '' : ' To set the lines, paste this in a clone of the default branch:'
  return [
    paragraph(
      ...differs(host),
      ` ${open} a pull request that reverts the migrate pull request. On GitHub, that one has the button `,
      strong('Revert'),
      '. In your clone, on the default branch and after `git pull`, this shows its commit, for `git revert`:',
    ),
    findCommit,
    paragraph(
      'Or, to keep its other changes, restore only these lines in ',
      ...where,
      ` and ${providers}${paste}`,
    ),
    block(patch === undefined ? vars.join('\n') : `git apply --unidiff-zero <<'END'\n${patch}\nEND`),
  ]
}

const providers =
  'the lines of login providers that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without these, deployments of this host are refused, because they would remove login providers from Synapse that accounts use.'
const findCommit = block(`git log -1 -p -S ${inProgressVariable}`)

/** What a pull request that sets the lines of the vars leaves to a person. */
export const otherLines: readonly Block[] = [
  paragraph(
    `Also restore ${providers} On the default branch, after \`git pull\`, this shows the commit that removed them:`,
  ),
  findCommit,
  paragraph(
    'To restore all of its lines at once, close this pull request, and run `git revert` with this commit.',
  ),
]
