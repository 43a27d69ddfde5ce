import { proveThroughEntrance } from './entrance.ts'

proveThroughEntrance(['stopped', 'hangs', 'no-authorization', 'redirects', 'wrong-host'])
