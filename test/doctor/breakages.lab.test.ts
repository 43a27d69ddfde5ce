import { findBreakages } from './find-breakages.ts'

findBreakages(({ quick }) => quick === true)
