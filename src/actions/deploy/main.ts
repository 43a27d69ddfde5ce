import { runAction } from '../run-action.ts'
import { deploy } from './action.ts'

await runAction(deploy)
