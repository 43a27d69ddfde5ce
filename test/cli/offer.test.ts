import { expect, test } from 'vitest'
import { offerOf } from '../../src/cli/offer.ts'
import { inTerminalWords } from '../../src/cli/words.ts'
import { startOperation } from '../../src/domain/start-apply.ts'

const given: Readonly<Record<string, string | true>> = {
  limit: 'matrix.example.test',
  'ssh-key-file': "/home/a b/it's",
  'known-hosts': 'keys',
  'accepted-findings': 'ours.yml',
  'no-setup': true,
}
const offer = offerOf('npx matrix-auth-actions', 'doctor', name => given[name])
const worded = (text: string) => inTerminalWords(text, new Set(), offer)

test('a command that is offered has the options that were given, if it knows them', () => {
  expect(worded(`To roll back, ${startOperation('rollback')}.`)).toBe(
    `To roll back, run \`npx matrix-auth-actions rollback --limit matrix.example.test --known-hosts keys --ssh-key-file '/home/a b/it'\\''s' --no-setup\`.`,
  )
  expect(worded('`npx matrix-auth-actions plan --write migrate` writes its lines.')).toBe(
    '`npx matrix-auth-actions plan --write migrate --limit matrix.example.test --accepted-findings ours.yml` writes its lines.',
  )
})

test('an option that a command has already is not repeated, however often the text is reworded', () => {
  const once = worded('Run `matrix-auth-actions validate --limit other --accepted-findings x`.')
  expect(once).toBe('Run `npx matrix-auth-actions validate --limit other --accepted-findings x`.')
  expect(worded(once)).toBe(once)
  expect(worded('`matrix-auth-actions init --create-ssh-key FILE` creates one.')).toBe(
    '`npx matrix-auth-actions init --create-ssh-key FILE --known-hosts keys` creates one.',
  )
})

test('without options, a command is offered as it is', () => {
  const plain = offerOf('matrix-auth-actions', 'doctor', () => undefined)
  expect(plain('status')).toBe('matrix-auth-actions status')
  expect(plain('no-command', ' x')).toBe('matrix-auth-actions no-command x')
})

test('init, which gives its key to the jobs, is offered with the key of an earlier init only', () => {
  const of = (current: string) => offerOf('x', current, name => (name === 'ssh-key-file' ? 'key' : undefined))
  expect(of('doctor')('init')).toBe('x init')
  expect(of('init')('init')).toBe('x init --ssh-key-file key')
  expect(of('doctor')('status')).toBe('x status --ssh-key-file key')
})

test.each([
  'a`b',
  'https://me:secret@git.example.test/playbook',
  'https://token@git.example.test/playbook',
  'ssh://git:secret@git.example.test/playbook',
])('a value such as %s is not repeated', value => {
  expect(offerOf('x', 'doctor', () => value)('status')).toBe('x status')
})

test('the user of SSH in an address is no password', () => {
  const address = 'ssh://git@git.example.test/playbook'
  const offer = offerOf('x', 'init', name => (name === 'playbook-repository' ? address : undefined))
  expect(offer('plan')).toBe(`x plan --playbook-repository ${address}`)
})
