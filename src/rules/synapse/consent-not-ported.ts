import { extendedAt, extension, extensionVariable, synapseExtension } from '../facts/extensions.ts'
import { live, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const consent = extension(synapseExtension, 'user_consent:', '  version: 1')

export const consentNotPorted = defineRule({
  id: 'synapse/consent-not-ported',
  severity: 'warning',
  stages: ['prepared'],
  dialects: ['mas-cli'],
  why: 'Synapse asks for consent to its terms at registration. After the migration MAS creates the accounts, and shows terms only if their URL is set. syn2mas only warns and continues.',
  remedy: `Set \`branding.tos_uri\` in \`${extensionVariable}\`, and remove \`user_consent\` in the change that migrates.`,
  examples: {
    wrong: [prepared + consent],
    right: [
      prepared,
      prepared + consent + extension(extensionVariable, 'branding:', '  tos_uri: https://example.test/terms'),
      `${prepared}${consent}${extensionVariable}: "{{ x }}"\n`,
      live + consent,
      { vars: prepared + consent, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => {
    const extended = extendedAt(context, synapseExtension, ['user_consent'])
    if (
      !extended ||
      isEmpty(extended.value.kind) ||
      context.host.variable(extensionVariable).state === 'unknown'
    )
      return []
    if (extendedAt(context, extensionVariable, ['branding', 'tos_uri'])) return []
    const message = `\`user_consent\` is set in \`${synapseExtension}\`, but MAS has no URL of the terms`
    return [{ message, place: extended.place }]
  },
})

function isEmpty(kind: string): boolean {
  return kind === 'null' || kind === 'unknown'
}
