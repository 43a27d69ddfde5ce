import { runAction } from '../run-action.ts'
import { root } from './action.ts'

await runAction(root)
