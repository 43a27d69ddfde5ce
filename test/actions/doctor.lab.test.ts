import { proveDoctor } from './prove-doctor.ts'

// doctor.long.test.ts has the other dialect.
proveDoctor('mas-cli')
