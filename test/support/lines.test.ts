import { expect, test } from 'vitest'
import { failureLine } from '../../src/support/lines.ts'

test.each([
  [
    'psql',
    'psql: error: connection to server on socket "/run/x" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?\n',
    /No such file/,
  ],
  [
    'psql, a statement',
    'psql:<stdin>:1: ERROR:  permission denied for table users\nHINT:  ask someone\n',
    /permission denied/,
  ],
  [
    'docker',
    "docker: Error response from daemon: No such container: x\nSee 'docker run --help'.\n",
    /No such container/,
  ],
  [
    'tar',
    'tar: a: Cannot open: No space left on device\ntar: Exiting with failure status due to previous errors\n',
    /No space/,
  ],
  [
    'pg_dump',
    'pg_dump: error: query failed: ERROR:  permission denied for table x\npg_dump: detail: Query was: LOCK TABLE x\n',
    /permission denied/,
  ],
  [
    'systemctl',
    'Job for x.service failed because the control process exited with error code.\nSee "systemctl status x.service" for details.\n',
    /^Job for/,
  ],
  ['git', 'warning: redirecting\nfatal: unable to access: Could not resolve host: h\n', /^fatal/],
  [
    'Python',
    'Traceback (most recent call last):\n  File "x", line 1\n    raise Error("failed")\nOSError: [Errno 28] No space left on device\n',
    /^OSError/,
  ],
  ['another program', 'first\nlast\n', /^last$/],
  ['only advice', 'Usage: x\n', /^Usage/],
  ['nothing', ' \n', /^$/],
])('the line with the reason of a failure: %s', (_, output, reason) => {
  expect(failureLine(output)).toMatch(reason)
})
