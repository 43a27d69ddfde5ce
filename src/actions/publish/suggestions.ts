import { type Finding, openFindings } from '../../domain/finding.ts'
import type { GitHubClient } from '../../github/client.ts'
import { linesInDiff } from '../../github/pull-requests.ts'
import { type LineComment, reviewLines } from '../../github/reviews.ts'
import { code, marker, paragraph } from '../../report/document.ts'
import { markerLine, renderMarkdown } from '../../report/markdown.ts'
import { type ChangedFiles, diffSuggestion } from '../../report/proposed-change.ts'
import { ToolkitError } from '../../support/errors.ts'
import { markdownSuggestion } from '../../support/escape.ts'

const name = 'matrix-auth-actions: suggestion'

export interface Suggested {
  /** Empty where GitHub did not give it. */
  readonly changedFiles: ChangedFiles
  /** The findings whose fix is a suggestion on the pull request. */
  readonly suggested: ReadonlySet<Finding>
}

/** GitHub limits how much is written at once. */
const most = 30

/**
 * Suggests the fixes of one line on the lines of the diff, as a review. Where the token may not, or GitHub refuses, nothing is suggested:
 * the comment then has the fixes.
 */
export async function suggestFixes(
  client: GitHubClient,
  number: number,
  commit: string | undefined,
  findings: readonly Finding[],
  log: (text: string) => void,
): Promise<Suggested> {
  let changedFiles: ChangedFiles = new Map()
  try {
    changedFiles = await linesInDiff(client, number)
    const comments = commentsFor(findings, changedFiles)
    if (commit === undefined) return { changedFiles, suggested: new Set() }
    const body = renderMarkdown([
      paragraph('These fixes are certain. Commit them here, or edit the lines in another way.'),
    ])
    const review = { marker: markerLine(name), body, comments: [...comments.values()] }
    const added = await reviewLines(client, number, commit, review)
    if (added > 0) log(`Suggested changes on #${number}: ${added}.`)
    return { changedFiles, suggested: new Set(comments.keys()) }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    log(`${error.message} The comment has the fixes instead.`)
    return { changedFiles, suggested: new Set() }
  }
}

function commentsFor(findings: readonly Finding[], files: ChangedFiles): ReadonlyMap<Finding, LineComment> {
  const comments = new Map<Finding, LineComment>()
  for (const finding of openFindings(findings)) {
    const comment = commentFor(finding, files)
    if (comment && comments.size < most) comments.set(finding, comment)
  }
  return comments
}

function commentFor(finding: Finding, files: ChangedFiles): LineComment | undefined {
  const { suggestion, message, id } = finding
  const change = suggestion && diffSuggestion(suggestion, files)
  const text = change && markdownSuggestion(change.lines)
  if (!change || text === undefined) return undefined
  const { file, firstLine, lastLine } = change
  const about = renderMarkdown([marker(name), paragraph(`${message} `, code(id))])
  return { file, firstLine, lastLine, body: `${about}\n\n${text}` }
}
