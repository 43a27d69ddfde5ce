import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, resolve } from 'node:path'
import type { OptionName } from '../options.ts'
import { invalid } from './invalid.ts'

export function fileOption(path: string | undefined, root: string): string | undefined {
  return path === undefined ? undefined : resolve(root, path.replace(/^~(?=\/)/, homedir()))
}

/** It need not exist, but what exists of the path must fit. */
export function requireKind(option: OptionName, path: string, kind: 'file' | 'folder'): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) requireKind(option, dirname(path), 'folder')
  else if (kind === 'file' ? !stats.isFile() : !stats.isDirectory())
    throw invalid(
      `A part of the path of --${option} is not a ${kind}.`,
      `Set --${option} to another path.`,
      path,
    )
}
