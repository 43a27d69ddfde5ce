import { findBreakages } from './find-breakages.ts'

findBreakages(() => true)
