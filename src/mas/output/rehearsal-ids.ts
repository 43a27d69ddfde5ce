import { masCliMessages } from './mas-cli-messages.ts'
import { nodeToolMessages } from './node-tool-messages.ts'

/** The ids of what a rehearsal finds, except those of a syn2mas that fails: these cannot be accepted. */
export const rehearsalIds: ReadonlySet<string> = new Set([
  'syn2mas/unrecognised',
  ...[...masCliMessages, ...nodeToolMessages].map(({ name }) => `syn2mas/${name}`),
])
