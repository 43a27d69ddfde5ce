import { proveDoctor } from './prove-doctor.ts'

proveDoctor('syn2mas-tool')
