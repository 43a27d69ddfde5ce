import { runCommand } from '../../src/cli/program.ts'
import type { Screen } from '../../src/cli/screen.ts'
import type { Ran } from './run.ts'

export interface FakeScreen extends Screen {
  readonly printed: { out: string; err: string }
}

/** A screen of 80 columns without colours. */
export function fakeScreen(
  how: Partial<Pick<Screen, 'isTerminal' | 'isLive' | 'call' | 'width'>> = {},
): FakeScreen {
  const printed = { out: '', err: '' }
  return {
    printed,
    out: text => {
      printed.out += text
    },
    err: text => {
      printed.err += text
    },
    width: 80,
    isTerminal: false,
    isLive: false,
    call: 'matrix-auth-actions',
    paint: (_, text) => text,
    paintErr: (_, text) => text,
    ...how,
  }
}

/** Runs a command in this process. */
export async function runHere(argv: readonly string[], root: string, screen = fakeScreen()): Promise<Ran> {
  const code = await runCommand(argv, screen, root)
  return { code, stdout: screen.printed.out, stderr: screen.printed.err }
}
