import { existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { type ValidationSources, validate } from '../actions/validate-config/run.ts'
import { type Finding, openFindings } from '../domain/finding.ts'
import { likelyInventories } from '../inventory/read/sources.ts'
import { placeText } from '../report/place.ts'
import { capitalised } from '../support/capitalised.ts'
import { ToolkitError } from '../support/errors.ts'
import { diskFiles } from '../support/files/disk-files.ts'
import { shellWords } from '../support/shell.ts'

const usualInventories = [
  'inventory/hosts',
  'inventory/hosts.yml',
  'inventory/hosts.yaml',
  'inventory/hosts.ini',
]

/**
 * The inventory of a repository where the option does not name it.
 * @throws ToolkitError of reason `input-invalid` where there is none, or more than one.
 */
export function usualInventory(root: string): string {
  const files = diskFiles(root)
  const [found, ...others] = usualInventories.filter(path => files.entry(path).kind !== 'absent')
  if (found !== undefined && others.length === 0) return found
  const above = found === undefined ? folderAbove(root) : undefined
  const likely = found ?? likelyInventories(files)[0]
  throw new ToolkitError({
    reason: 'input-invalid',
    what: found === undefined ? 'No inventory was found.' : 'More than one inventory was found.',
    where: (found === undefined ? usualInventories : [found, ...others]).join(', '),
    remedy: above
      ? `Run the command in the folder that contains inventory/: cd ${above}`
      : `${found === undefined ? 'Run the command in the folder that contains inventory/, or set' : 'Set'} its path: --inventory ${likely === undefined ? 'PATH' : shellWords([likely])}`,
  })
}

/** Whether the commands find it without the option. */
export function isUsualInventory(path: string): boolean {
  return usualInventories.includes(path)
}

/** The way up to the nearest folder with an inventory, such as `../..`. */
function folderAbove(root: string): string | undefined {
  const depth = root.split(sep).filter(Boolean).length
  const ways = Array.from({ length: depth }, (_, index) =>
    Array(index + 1)
      .fill('..')
      .join('/'),
  )
  return ways.find(way => usualInventories.some(path => existsSync(resolve(root, way, path))))
}

/** Without these files, or without a host, what the inventory asks for is unknown. */
const unreadable = /^(?:inventory\/|trust\/(?:inventory-|executable-)|playbook\/no-host$)/

/** The errors because of which a part of the inventory is not read. */
export function readingErrors(findings: readonly Finding[]): readonly Finding[] {
  return openFindings(findings).filter(({ id, severity }) => severity === 'error' && unreadable.test(id))
}

/** @throws ToolkitError of reason `inventory-unreadable` where a part of the inventory is not read, or it has no host. */
export function requireReadable(sources: ValidationSources): void {
  const [error] = readingErrors(validate(sources).findings)
  if (!error) return
  const { message, place, remedy } = error
  throw new ToolkitError({
    reason: 'inventory-unreadable',
    what: `${capitalised(message)}.`,
    where: place ? placeText(place) : [sources.inventory].flat().join(', '),
    remedy,
  })
}
