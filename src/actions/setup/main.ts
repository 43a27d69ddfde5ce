import { runAction } from '../run-action.ts'
import { setup } from './action.ts'

await runAction(setup)
