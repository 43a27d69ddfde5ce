import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import type { Dialect } from '../../src/domain/stage.ts'
import { type Operator, operatorOf } from '../migration/lab-operator.ts'

const minutes = 60_000
const errors = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)

/** On servers of each stage, and in a lockout. */
export function proveDoctor(dialect: Dialect): void {
  describe(`the doctor in the dialect ${dialect}`, () => {
    let operator: Operator
    beforeAll(async () => {
      operator = await operatorOf(dialect)
    }, 20 * minutes)
    afterAll(() => operator?.leave())

    /** Of the command on the server itself, with no word of ours: how many lines are good, how many not. */
    async function ownWords(): Promise<{ good: number; bad: number }> {
      const said = await operator.lab.root('/matrix/matrix-authentication-service/bin/mas-cli doctor 2>&1')
      expect(said.code).toBe(0)
      const count = (mark: RegExp) => said.stdout.split('\n').filter(line => mark.test(line)).length
      return { good: count(/✅/), bad: count(/❌/) }
    }

    it(
      'says of a server on which MAS is only installed what it is, and finds nothing wrong',
      async () => {
        await operator.lab.reset('installed')
        const report = await operator.doctor()
        expect(errors(report.findings)).toEqual([])
        expect(report).toMatchObject({ host: 'matrix.example.test', stage: 'installed', healthy: true })
        expect(report.good).toBeGreaterThan(0)
      },
      10 * minutes,
    )

    it(
      'finds a migrated server healthy',
      async () => {
        await operator.lab.reset('live')
        const report = await operator.doctor()
        expect(errors(report.findings)).toEqual([])
        expect(report).toMatchObject({ stage: 'live', healthy: true })
        expect(report.good).toBeGreaterThan(2)
      },
      // With a real playbook the stage takes two of its installs to be made.
      30 * minutes,
    )

    it(
      'names a lockout that mas-cli doctor does not notice',
      async () => {
        const { lab } = operator
        const users = 'SELECT count(*) FROM users WHERE appservice_id IS NULL AND deactivated = 0'
        const [[accounts = '']] = (await lab.sql('synapse', users)) as [[string]]
        const healthy = await ownWords()
        await lab.sql('matrix_authentication_service', 'TRUNCATE users CASCADE')
        expect(await ownWords()).toEqual(healthy)

        const report = await operator.doctor()
        expect(report).toMatchObject({ stage: 'inconsistent', healthy: false })
        expect(errors(report.findings).sort()).toEqual(['doctor/accounts-missing-in-mas', 'doctor/stage'])
        const missing = report.findings.find(({ id }) => id === 'doctor/accounts-missing-in-mas')
        expect(missing).toMatchObject({
          host: 'matrix.example.test',
          remedy: expect.stringContaining('migrate'),
        })
        expect(missing?.message).toContain(accounts)
      },
      10 * minutes,
    )

    it(
      'names a Synapse that cannot ask MAS, for its secret is another one, and shows no secret',
      async () => {
        const { lab } = operator
        await lab.reset('live')
        const file = '/matrix/synapse/config/homeserver.yaml'
        const name = dialect === 'mas-cli' ? 'secret' : 'client_secret'
        const { stdout } = await lab.root(`cat ${file}`)
        const secret = new RegExp(`[\\s"{]${name}"?: *"?([^"\\s,}]+)`).exec(stdout)?.[1] ?? ''
        expect(secret).not.toBe('')
        await lab.root(
          `sed -i 's/${secret}/another-one/' ${file}; systemctl restart --no-block matrix-synapse`,
        )
        await new Promise(resolve => setTimeout(resolve, 5000))
        await lab.settle()

        const report = await operator.doctor()
        expect(report).toMatchObject({ stage: 'live', healthy: false })
        expect(errors(report.findings)).toContain('doctor/unknown-token')
        expect(`${operator.lines.join('\n')}${JSON.stringify(report)}`).not.toContain(secret)
      },
      10 * minutes,
    )
  })
}
