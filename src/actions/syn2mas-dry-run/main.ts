import { runAction } from '../run-action.ts'
import { syn2masDryRun } from './action.ts'

await runAction(syn2masDryRun)
