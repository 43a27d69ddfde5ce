/** The `post` step of the actions: it runs at the end of the job, also if the job failed or was cancelled. */
import { cleanUp } from './job-end.ts'

cleanUp()
