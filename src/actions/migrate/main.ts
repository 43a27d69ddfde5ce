import { runAction } from '../run-action.ts'
import { migrate } from './action.ts'

await runAction(migrate)
