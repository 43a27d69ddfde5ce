import { runAction } from '../run-action.ts'
import { validateConfig } from './action.ts'

await runAction(validateConfig)
