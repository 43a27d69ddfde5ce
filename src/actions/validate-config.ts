import { keepCompiled } from '../support/compile-cache.ts'

// The rest is loaded after this, so that it comes compiled out of the cache.
keepCompiled(process.env)
void import('./validation/main.ts')
