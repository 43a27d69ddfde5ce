/** Parses every file of a list (one path a line) with the library `yaml`, and does nothing else: what a check is compared with. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const [list = ''] = process.argv.slice(2)
for (const file of readFileSync(list, 'utf8').split('\n').filter(Boolean)) parse(readFileSync(file, 'utf8'))
