import type { VarsToRestore } from '../domain/reports.ts'
import { inProgressVariable } from '../domain/variables.ts'
import { type Block, block, code, type Document, paragraph, type Text } from './document.ts'

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
  const paste = patch === undefined ? '' : ' To set them, paste this in a clone of the default branch:'
  return [
    paragraph(
      ...differs(host),
      ` ${open} a pull request that restores these lines in `,
      ...where,
      `.${paste}`,
    ),
    block(patch === undefined ? vars.join('\n') : `git apply --unidiff-zero <<'END'\n${patch}\nEND`),
    ...otherLines,
  ]
}

/** What no program can know: the lines of the migrate pull request. */
export const otherLines: readonly Block[] = [
  paragraph(
    'Also restore the other lines that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without them, deployments of this host are refused, because they would remove login providers from Synapse that accounts use. This command shows the commit that removed them. To restore all of its lines at once instead, run `git revert` with this commit:',
  ),
  block(`git log -1 -p -S ${inProgressVariable}`),
]
