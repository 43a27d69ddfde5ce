import { parseArgs } from 'node:util'
import { readInputs } from './actions/inputs.ts'
import { Repository } from './actions/repository.ts'
import { validationInputs } from './actions/validate-config/inputs.ts'
import { requireClean } from './actions/validate-config/outcome.ts'
import { withProposals } from './actions/validate-config/proposals.ts'
import { validate } from './actions/validate-config/run.ts'
import { validationSources } from './actions/validate-config/sources.ts'
import { renderJson } from './report/json.ts'
import { renderText } from './report/text.ts'
import { ToolkitError } from './support/errors.ts'
import { logText } from './support/escape.ts'

const usage = `usage: matrix-auth-actions validate [options]

Checks the inventory in the current folder. Reads files only: runs nothing, contacts no server.
  --inventory PATH          inventory file or folder (inventory/hosts)
  --limit PATTERN           hosts or groups, separated by commas
  --playbook-path DIR       checkout of the playbook
  --base-ref COMMIT         commit to compare with, to see what merging does
  --base-path DIR           folder with that commit, instead of --base-ref
  --fail-on LEVEL           error, warning or never (error)
  --accepted-findings FILE  findings that you accept (accepted-findings.yml)
  --json                    print JSON
`

const options = {
  ...Object.fromEntries(
    ['inventory', 'limit', 'playbook-path', 'base-ref', 'base-path', 'fail-on', 'accepted-findings'].map(
      name => [name, { type: 'string' } as const],
    ),
  ),
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv)
  const [command] = positionals
  if (values.help || command !== 'validate' || positionals.length > 1) {
    process.stdout.write(usage)
    return values.help ? 0 : 2
  }
  const inputs = readInputs(validationInputs, name => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  })
  const sources = await validationSources(inputs, new Repository(process.cwd()))
  const { verdict } = await withProposals(validate(sources), sources, false)
  process.stdout.write(values.json ? renderJson(verdict) : `${renderText(verdict)}\n`)
  requireClean(verdict, inputs.failOn)
  return 0
}

function parse(args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (cause) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: 'An option is unknown or has no value.',
      remedy: 'Run `matrix-auth-actions --help`.',
      cause,
    })
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ToolkitError)) throw error
  process.stderr.write(`${logText(error.describe())}\n`)
  process.exitCode = error.reason === 'input-invalid' ? 2 : 1
}
