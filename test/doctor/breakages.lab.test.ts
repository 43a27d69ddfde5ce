import { findBreakages } from './find-breakages.ts'

// breakages.long.test.ts has all, in both dialects.
findBreakages(({ quick }, dialect) => quick === true && dialect === 'mas-cli')
