import { lockFile, usualClone } from '../../domain/lock-file.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { defineRule } from '../kit/rule.ts'

export const notCompared = defineRule({
  id: 'playbook/not-compared',
  severity: 'notice',
  why: 'This check needs a checkout of the playbook. Without one it cannot detect unknown, renamed or removed variables, or wrong types. It also cannot detect variables of the other playbook version.',
  remedy: `Write the commit of the playbook that you deploy to the file \`${lockFile}\`, or set \`playbook-path\` to a checkout of it. A clone in \`${usualClone}\`, beside the repository, is found without that. The check reads it as text and runs nothing from it.`,
  examples: {
    wrong: ['matrix_domain: example.test', 'matrix_synapse_enable_registraton: true'],
    right: [{ vars: 'matrix_domain: example.test', checkout }],
  },
  checkAll: ({ checkout: playbook, checkoutFailure: failure, hosts }) => {
    if (playbook || hosts.length === 0) return []
    if (!failure)
      return [{ message: 'Variable names and types were not checked: no checkout of the playbook was found' }]
    const why = failure.message.replace(/\.$/, '')
    const message = `${why}, so variable names, types and the playbook's defaults were not checked`
    return [{ severity: 'error', message, remedy: failure.remedy }]
  },
})
