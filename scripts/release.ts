/**
 * For .github/workflows/release.yml. `check TAG` fails unless the tag can be released from here; `notes TAG` prints the release notes, the
 * part of CHANGELOG.md for this version.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import { toolkitRepository } from '../src/domain/toolkit.ts'
import { run } from './process.ts'

const root = resolve(import.meta.dirname, '..')

/** The text below the heading of a version; `undefined` if there is none, or if it is empty. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const part = changelog.split(/^## /m).find(text => text.split(/\s/, 1)[0] === version)
  return part?.slice(part.indexOf('\n')).trim() || undefined
}

interface Candidate {
  readonly tag: string
  readonly version: string
  readonly changelog: string
  /** The repository in which the workflow runs. */
  readonly repository: string | undefined
  readonly isOnMain: boolean
}

/** What stands in the way of a release. */
export function obstacles({ tag, version, changelog, repository, isOnMain }: Candidate): readonly string[] {
  return [
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, but the version in package.json is ${version}.`]),
    ...(isOnMain ? [] : [`The commit of ${tag} is not on the branch main.`]),
    ...(releaseNotes(changelog, version) === undefined ? [`CHANGELOG.md has no text for ${version}.`] : []),
    ...(repository === toolkitRepository
      ? []
      : [
          `This is the repository ${repository}, but package.json and the templates name ${toolkitRepository}.`,
        ]),
  ]
}

async function main([task, tag = '']: readonly string[]): Promise<void> {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const { version } = packageFile
  if (task === 'notes') {
    process.stdout.write(`${releaseNotes(changelog, version) ?? ''}\n`)
    return
  }
  const isOnMain = await run(['git', 'merge-base', '--is-ancestor', 'HEAD', 'origin/main'], { cwd: root })
  const repository = process.env.GITHUB_REPOSITORY
  const found = obstacles({ tag, version, changelog, repository, isOnMain: isOnMain.ok })
  for (const obstacle of found) console.error(obstacle)
  process.exitCode = found.length === 0 ? 0 : 1
}

if (import.meta.main) await main(process.argv.slice(2))
