import { runAction } from '../run-action.ts'
import { doctor } from './action.ts'

await runAction(doctor)
