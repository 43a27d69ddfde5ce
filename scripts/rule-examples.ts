import { hostsOfPlaybook } from '../src/inventory/playbook-hosts.ts'
import { readInventory } from '../src/inventory/read-inventory.ts'
import { PlaybookVariables } from '../src/playbook/variables.ts'
import { contextOf, violationsOf } from '../src/rules/check-hosts.ts'
import type {
  CheckoutFacts,
  Example,
  ExampleCheckout,
  ExampleRepository,
  ExampleSituation,
  Repository,
  Rule,
  Violation,
} from '../src/rules/kit/rule.ts'
import { memoryFiles } from './memory-files.ts'

export const exampleHost = 'matrix.example.test'
export const exampleVarsFile = `inventory/host_vars/${exampleHost}/vars.yml`

type Files = Readonly<Record<string, string>>

export function situationOf(example: Example): ExampleSituation {
  return typeof example === 'string' ? { vars: example } : example
}

/** The files of an example's repository, by path. */
export function filesOf(repository: string | ExampleRepository): Files {
  const { vars, files } = typeof repository === 'string' ? { vars: repository } : repository
  return {
    'inventory/hosts': `[matrix_servers]\n${exampleHost} ansible_host=192.0.2.7\n`,
    ...(vars !== undefined && { [exampleVarsFile]: vars }),
    ...files,
  }
}

export interface ExampleOutcome {
  readonly repository: Repository
  readonly violations: readonly Violation[]
}

/**
 * Runs a rule on an example.
 *
 * @param files Replaces the example's files, for instance with a fix applied.
 */
export function askAbout(rule: Rule, example: Example, files?: Files): ExampleOutcome {
  const situation = situationOf(example)
  const repository = repositoryOf(files ?? filesOf(situation), situation)
  const context = contextOf({
    repository,
    hosts: hostsOfPlaybook(repository.inventory),
    ...(situation.checkout && { checkout: factsOf(situation.checkout) }),
    ...(situation.visibility && { visibility: situation.visibility }),
    ...(situation.base !== undefined && { base: repositoryOf(filesOf(situation.base), situation) }),
  })
  return { repository, violations: Array.from(violationsOf([rule], context), ({ violation }) => violation) }
}

function repositoryOf(texts: Files, { checkout }: ExampleSituation): Repository {
  const files = memoryFiles(texts)
  const playbook = checkout?.files && { files: memoryFiles(checkout.files), label: 'playbook/' }
  return { files, inventory: readInventory('inventory/hosts', files, playbook ? { playbook } : {}) }
}

function factsOf({ dialect, traps = [], files }: ExampleCheckout): CheckoutFacts {
  return { dialect, traps, ...(files && { variables: new PlaybookVariables(memoryFiles(files)) }) }
}
