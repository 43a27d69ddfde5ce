/** Takes out of a transcript what differs between two runs of the same thing: times, lines of source, seconds, ids. */
export function normalise(text: string): string {
  return text
    .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z/gm, 'TIME')
    .replace(/^(TIME +[A-Z]+ [a-z_:\d]+):\d+ /gm, '$1:N ')
    .replace(/(doctor\.rs):\d+:/g, '$1:N:')
    .replace(/ in \d+\.\ds$/gm, ' in Ns')
    .replace(/\b(mct|mcr)_[A-Za-z\d]+_[A-Za-z\d]{6}\b/g, '$1_TOKEN')
    .replace(/(\.id)=(?!01JD)[0-9A-Z]{26}\b/g, '$1=ULID')
    .replace(/[ \t]+$/gm, '')
}

/** The lines whose order is not said by the real one either: it differs from run to run. */
export function withoutOrder(text: string): string {
  const lines = normalise(text).split('\n')
  const unordered = (line: string) => /constraint_pausing|truncate cascades to/.test(line)
  return [...lines.filter(line => !unordered(line)), ...lines.filter(unordered).toSorted()].join('\n')
}

export interface Recording {
  readonly command: string
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/** A file of recordings: the command, `# exit N`, stdout and stderr apart. */
export function parseRecording(text: string): Recording {
  const [, command, exit, stdout, stderr] =
    /^\$ (.*)\n# exit (\d+)\n--- stdout ---\n([\s\S]*?)--- stderr ---\n?([\s\S]*)$/.exec(text) ?? []
  if (command === undefined || exit === undefined || stdout === undefined || stderr === undefined) {
    throw new Error('not a recording')
  }
  return { command, exit: Number(exit), stdout, stderr }
}
