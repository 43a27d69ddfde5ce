import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'

/** Which MAS the stand-in plays: the one beside today's playbook, or the one of the `syn2mas-tool` dialect. */
const eras = ['1.22', '0.13'] as const
export type Era = (typeof eras)[number]

const versions: Record<Era, string> = { '1.22': 'v1.22.0', '0.13': 'v0.13.0' }

/** The file in `share/` that an image is built with: `{"era": "0.13"}`. */
export const settingsFile = 'stand-in.json'

function isEra(value: unknown): value is Era {
  return eras.some(era => era === value)
}

function bakedEra(): unknown {
  const script = process.argv[1]
  if (script === undefined) return undefined
  const file = join(dirname(realpathSync(script)), 'share', settingsFile)
  if (!existsSync(file)) return undefined
  const settings: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return typeof settings === 'object' && settings !== null && 'era' in settings ? settings.era : undefined
}

/** `LAB_MAS_ERA`, else what `share/stand-in.json` beside the program says, else 1.22. */
export function currentEra(): Era {
  const chosen = process.env.LAB_MAS_ERA ?? bakedEra() ?? '1.22'
  if (!isEra(chosen)) throw new Error(`LAB_MAS_ERA must be one of ${eras.join(', ')}`)
  return chosen
}

/** What `--version` prints after the name: the version played, marked as build metadata. */
export function versionOf(era: Era): string {
  return `${versions[era]}+lab-stand-in`
}
