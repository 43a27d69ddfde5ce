import { proveThroughEntrance } from './entrance.ts'

// entrance.long.test.ts has the other ways in which a front can be broken.
proveThroughEntrance(['bad-gateway', 'no-login', 'no-mas'])
