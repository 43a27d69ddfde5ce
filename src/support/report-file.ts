import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ToolkitError } from './errors.ts'
import { isBelow, requireFolders } from './files/folders.ts'
import { codeOf } from './files/reading.ts'

const { O_RDWR, O_CREAT, O_NOFOLLOW, W_OK } = constants

/** Where a job may write reports: its workspace, and the runner's temporary folder. */
interface Job {
  readonly repository: { readonly root: string }
  readonly environment: { readonly RUNNER_TEMP?: string | undefined }
}

/**
 * Requires that a report can be written. After a migration it would be too late to say that the path is wrong. Does nothing where no
 * path is given.
 * @param path relative to the workspace, if it is not absolute.
 * @param start of the report: an object of JSON, or a page.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function requireReportFile(job: Job, path: string | undefined, start: '{' | '<' = '{'): void {
  if (path === undefined) return
  const { file, root } = reportFile(job, path)
  requireFolders(root, dirname(file), report)
  const entry = lstatSync(file, { throwIfNoEntry: false })
  if (entry?.isDirectory()) throw unwritable(report, file, 'it is a folder')
  if (entry?.isSymbolicLink()) throw unwritable(report, file, 'it is a link')
  // Reading a FIFO would wait for ever.
  if (entry?.isFile() === false) throw unwritable(report, file, 'it is not a plain file')
  try {
    accessSync(nearest(file), W_OK)
    if (!entry || startsWith(file, start)) return
  } catch (cause) {
    throw unwritable(report, file, codeOf(cause) ?? 'unknown error', cause)
  }
  throw unwritable(report, file, 'it would replace a file that is not a report')
}

/** The path itself, or the first folder above it that exists. */
function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path))
}

/** A program can have made an empty file for a report. */
function startsWith(file: string, start: string): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const first = Buffer.alloc(1)
    return readSync(descriptor, first) === 0 || first.toString() === start
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Writes a report, with the folders above it, and through no link: a pull request can put one into the workspace. Does nothing where
 * no path is given.
 * @param path relative to the workspace, if it is not absolute.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function writeReport(job: Job, path: string | undefined, text: string): void {
  if (path === undefined) return
  const { file, root } = reportFile(job, path)
  writeBelow(root, file, text, report)
}

/** The page for people, beside a report for programs: `migrate.html` beside `migrate.json`. */
export function pageBeside(jsonPath: string): string {
  return `${jsonPath.replace(/\.json$/, '')}.html`
}

const report = 'A report'

/** `root`: the folder of the job that it is in. */
function reportFile({ repository, environment }: Job, path: string): { file: string; root: string } {
  const file = resolve(repository.root, path)
  const root = [repository.root, environment.RUNNER_TEMP || repository.root].find(each => isBelow(each, file))
  if (root === undefined) throw unwritable(report, file, 'the path leaves the workspace')
  return { file, root }
}

/**
 * Writes a file below a folder, with the folders above it, and through no link.
 * @param content What the file is, for the error, such as `A report`.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export function writeBelow(root: string, file: string, text: string, content: string): void {
  requireFolders(root, dirname(file), content)
  try {
    mkdirSync(dirname(file), { recursive: true })
    const descriptor = openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW)
    try {
      replaceContent(descriptor, Buffer.from(text))
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    const code = codeOf(cause) ?? 'unknown error'
    throw unwritable(content, file, problems[code] ?? code, cause)
  }
}

/** On a full disk the file stays as it was: its own bytes still have their room. */
function replaceContent(descriptor: number, bytes: Uint8Array): void {
  const before = readFileSync(descriptor)
  try {
    writeFromStart(descriptor, bytes)
  } catch (error) {
    writeFromStart(descriptor, before)
    throw error
  }
}

function writeFromStart(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at)
  ftruncateSync(descriptor, bytes.length)
}

const problems: Readonly<Record<string, string>> = { ELOOP: 'it is a link', EISDIR: 'it is a folder' }

function unwritable(content: string, file: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `${content} cannot be written (${why}).`,
    where: file,
    remedy:
      content === report
        ? 'Name a file in a folder of the workspace that can be written to.'
        : 'Let your user write to it and to its folder, then run the command again.',
    cause,
  })
}
