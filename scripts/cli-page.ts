import { type Command, commands, exitCodes } from '../src/cli/commands.ts'
import { type OptionText, optionTexts } from '../src/cli/options.ts'

const program = 'matrix-auth-actions'

/** The reference page of the program, from the same table as its help. */
export function cliPage(): string {
  const rows = commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${summary} |`)
  const codes = exitCodes.map(([code, meaning]) => `| ${code} | ${meaning} |`)
  return `# ${program} in a terminal

\`npx ${program} COMMAND\` runs the code of the actions from your own machine, in the folder that contains \`inventory/\`. It needs Node.js 22.12 or newer. \`COMMAND --help\` prints what this page says.

| command | what it does |
|---|---|
${rows.join('\n')}

Results go to standard output, the log and errors to standard error. With \`--json\`, standard output is one JSON document, as the [schemas](../../schemas/) describe it. On a terminal, findings are grouped by file, and a migration shows its steps live. Everywhere else the output is plain lines. \`NO_COLOR=1\` turns colours off.

## Exit codes

| code | meaning |
|---|---|
${codes.join('\n')}

${commands.map(commandPart).join('\n\n')}
`
}

function commandPart({ name, about, examples, arguments: words = [], options }: Command): string {
  const lines = examples.map(({ line, what }) => `npx ${program} ${line}   # ${what}`)
  const rows = [...options, 'json' as const].map(option => {
    const { text, value, standard }: OptionText = optionTexts[option]
    const label = `--${option}${value === undefined ? '' : ` ${value}`}`
    return `| \`${label}\` | ${standard === undefined ? 'none' : `\`${standard}\``} | ${text} |`
  })
  return [
    `## ${name}`,
    ...about,
    `\`\`\`sh\n${lines.join('\n')}\n\`\`\``,
    ...(words.length === 0
      ? []
      : [
          [
            '| argument | description |',
            '|---|---|',
            ...words.map(each => `| \`${each.name}\` | ${each.text} |`),
          ].join('\n'),
        ]),
    ['| option | default | description |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}
