import { describe, expect, test } from 'vitest'
import { commandsOf } from './standin/cli/commands.ts'
import { help, parseArguments } from './standin/cli/parse.ts'

const parse = (line: string) =>
  parseArguments(
    commandsOf('1.22'),
    line.split(' ').filter(word => word !== ''),
  )

describe('command lines', () => {
  test('options of syn2mas are understood before and behind its subcommand', () => {
    const before = parse('-c a.yaml syn2mas --synapse-config=h.yaml migrate --dry-run')
    const behind = parse('syn2mas migrate --dry-run --synapse-config h.yaml -c a.yaml')
    for (const parsed of [before, behind]) {
      expect(parsed.path.map(({ name }) => name)).toEqual(['mas-cli', 'syn2mas', 'migrate'])
      expect(parsed.options.get('synapse-config')).toEqual(['h.yaml'])
      expect(parsed.options.get('config')).toEqual(['a.yaml'])
      expect(parsed.options.has('dry-run')).toBe(true)
    }
  })

  test('--dry-run before the subcommand is refused with a tip', () => {
    expect(() => parse('-c a.yaml syn2mas --synapse-config=h.yaml --dry-run migrate')).toThrow(
      [
        "error: unexpected argument '--dry-run' found",
        '',
        "  tip: 'migrate --dry-run' exists",
        '',
        'Usage: mas-cli syn2mas --synapse-config <SYNAPSE_CONFIGURATION_FILES> <COMMAND>',
        '',
        "For more information, try '--help'.",
        '',
      ].join('\n'),
    )
  })

  test('syn2mas alone asks for a subcommand', () => {
    expect(() => parse('syn2mas')).toThrow(
      "error: 'mas-cli syn2mas' requires a subcommand but one was not provided\n  [subcommands: check, migrate, help]",
    )
  })

  test('what is missing and what is unknown is named', () => {
    expect(() => parse('manage register-user --yes')).toThrow(
      'error: the following required arguments were not provided:\n  <USERNAME>\n\nUsage: mas-cli manage register-user --yes <USERNAME>',
    )
    expect(() => parse('bogus')).toThrow("error: unrecognized subcommand 'bogus'")
  })

  test('without arguments nothing is missing: it serves', () => {
    expect(parse('').path).toHaveLength(1)
  })

  test('the era of the Node tool has no syn2mas', () => {
    expect(() => parseArguments(commandsOf('0.13'), ['syn2mas'])).toThrow("unrecognized subcommand 'syn2mas'")
  })

  test('help lists commands and options', () => {
    const { path, wants } = parse('syn2mas migrate --help')
    expect(wants).toBe('help')
    const text = help(path)
    for (const part of [
      '--dry-run',
      '--synapse-config <SYNAPSE_CONFIGURATION_FILES>',
      '-c, --config <CONFIG>',
    ]) {
      expect(text).toContain(part)
    }
  })
})
