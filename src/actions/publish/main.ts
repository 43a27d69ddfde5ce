import { runAction } from '../run-action.ts'
import { publish } from './action.ts'

await runAction(publish)
