import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { inTerminalWords } from '../../src/cli/words.ts'
import { projectRoot } from '../lab/runner/runner.ts'

const options: ReadonlySet<string> = new Set(commands.flatMap(command => [...command.options]))
const reworded = (text: string) => inTerminalWords(text, options)

describe('the words of a terminal', () => {
  test.each([
    ['`limit` matches 3 hosts.', '`--limit` matches 3 hosts.'],
    ['With `require-receipt: false` it continues.', 'With `--no-require-receipt` it continues.'],
    ['`operation: status` shows it.', '`matrix-auth-actions status` shows it.'],
    ['An input is invalid: `fail-on` is required.', 'An option is invalid: `--fail-on` is required.'],
    ['the input `inventory` is empty', 'the option `--inventory` is empty'],
    ['Check `canary-password`.', 'Check `--canary-password-file`.'],
    ['Rehearse with `syn2mas-dry-run`.', 'Rehearse with `rehearse`.'],
    [
      'Manually start the workflow `Apply a change to the Matrix server`, with operation: rollback and confirm-lost-sessions: 3.',
      'Run `matrix-auth-actions rollback --confirm-lost-sessions 3`.',
    ],
    [
      'On GitHub: Actions → Apply a change to the Matrix server → Run workflow. Choose `operation: rollback` and this host: ',
      'Run `matrix-auth-actions rollback` for ',
    ],
    ['Merging changes nothing on this host.', 'Applying these vars changes nothing on this host.'],
    ['If it is not, merging is refused.', 'If it is not, applying these vars is refused.'],
    ['merging this change rolls back', 'applying this change rolls back'],
    ['Install `git`, or run the action `setup` in an earlier step of this job.', 'Install `git`.'],
    ['Run the action deploy with the same vars.', 'Run `matrix-auth-actions deploy` with the same vars.'],
    [
      'docs/stages.md lists the causes.',
      'https://github.com/matrix-auth-actions/matrix-auth-actions/blob/main/docs/stages.md lists the causes.',
    ],
    ['`matrix_domain` and `unknown-name: x` stay.', '`matrix_domain` and `unknown-name: x` stay.'],
  ])('say %j as %j', (text, expected) => {
    expect(reworded(text)).toBe(expected)
  })

  test('are there for what a run without GitHub says', () => {
    expect(reworded('whether the runner can see the server')).toBe('whether this machine can see the server')
    expect(reworded('Use a runner that resolves it.')).toBe('Use a machine that resolves it.')
    expect(reworded('It executes it on the runner.')).toBe('It executes it on the machine that runs Ansible.')
    expect(reworded('the path leaves the workspace')).toBe('the path leaves the current folder')
  })

  test('leave no word of GitHub in the messages of what runs in a terminal', () => {
    const files = globSync(
      'src/{{actions,domain,migration,server,playbook,inventory,mas,support,rules}/**/*,report/{migration,rehearsal,deployment,findings,proofs,times}}.ts',
      { cwd: projectRoot },
    ).filter(
      file =>
        !/actions\/(?:root|publish|cleanup|setup\/action|runner|tip|event-base)|domain\/start-apply|rules\/trust/.test(
          file,
        ),
    )
    const left = files.flatMap(file => messagesIn(file).filter(text => onlyOnGitHub.test(reworded(text))))
    expect(left).toEqual([])
  })
})

const withMessages = globSync(
  'src/{actions,cli,domain,migration,server,playbook,inventory,mas,support,rules,report}/**/*.ts',
  { cwd: projectRoot },
)

test('no message has asterisks for emphasis, which a report and a terminal show as they are', () => {
  const marked = withMessages.flatMap(file =>
    messagesIn(file).filter(text => /(?<![\w*/])\*{1,2}[A-Z][^*\n]*\*/.test(text.replaceAll(/`[^`]*`/g, ''))),
  )
  expect(marked).toEqual([])
})

test('a command in a message is between backticks, so that it can be copied', () => {
  const plain = withMessages.flatMap(file =>
    messagesIn(file).filter(text => commandInProse.test(text.replaceAll(/`[^`]*`/g, ''))),
  )
  expect(plain).toEqual([])
})

const commandInProse =
  /[a-z'][,:]? \(?(?:systemctl|journalctl|docker|ssh-add|ssh-keyscan|ssh-keygen|free -h|SELECT|DELETE FROM|GRANT|openssl)\b/

const onlyOnGitHub =
  /\b(?:annotations?|workflows?|this step|earlier step|this job|the job|job summary|inputs?|syn2mas-dry-run|validate-config|workspaces?|runners?)\b|(?<!auth-)actions\/|(?<!\/)\b(?:docs\/[\w-]+|[\w-]+\/README)\.md(?<!playbook's guide \S+)/

/** The texts after `what`, `remedy`, `where` and `meaning` in a file, and the strings of a table of messages. */
function messagesIn(file: string): readonly string[] {
  const source = readFileSync(join(projectRoot, file), 'utf8').replace(/^\s*(?:\*|\/\*|\/\/).*$/gm, '')
  const quoted = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g
  return [...source.matchAll(quoted)]
    .map(([, single, double, template]) => single ?? double ?? plainText(template ?? ''))
    .filter(text => text.length > 25 && /[a-z] [a-z]/.test(text) && !text.includes('\n'))
}

function plainText(template: string): string {
  return template.replaceAll('\\`', '`').replaceAll(/\$\{[^}]*\}/g, 'x')
}
