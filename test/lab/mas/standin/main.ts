// This is a STAND-IN for Matrix Authentication Service, written for the lab: it has no web pages, no OAuth grants, no registration, no e-mail and no upstream logins. See ../README.md.

import process from 'node:process'
import { runCommand } from './cli/run.ts'
import { reportFailure } from './failure.ts'

// Ends at once: after a failure connections may still be open.
runCommand(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    reportFailure(error)
    process.exit(1)
  },
)
