import { runAction } from '../run-action.ts'
import { validateConfig } from './action.ts'

// All is written by now: to end at once saves taking down what was loaded.
void runAction(validateConfig).then(() => process.exit())
