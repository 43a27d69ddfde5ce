import { describe, expect, it } from 'vitest'
import { type GuideLab, runGuide } from './run.ts'
import { guideStepNames, guideSteps } from './steps.ts'

/** A fake lab: records the calls, and fails the playbook's run of the given tag. */
function notingLab(dialect: GuideLab['dialect'], failing = 'none'): { lab: GuideLab; told: string[] } {
  const told: string[] = []
  const ran = (code: number) => Promise.resolve({ code, stdout: '', stderr: '' })
  const lab: GuideLab = {
    dialect,
    setVars: async vars => void told.push(`vars ${vars}`),
    root: () => ran(0),
    ansible: args => {
      told.push(args.join(' '))
      return ran(args.some(arg => arg.includes(failing)) ? 2 : 0)
    },
  }
  return { lab, told }
}

describe('runGuide', () => {
  it('runs the steps of the guide in order', async () => {
    const { lab, told } = notingLab('mas-cli')
    const { steps, failed } = await runGuide(lab)
    expect(failed).toBeUndefined()
    expect(steps.map(({ name }) => name)).toEqual([...guideStepNames])
    expect(told).toEqual([
      'vars prepared',
      '--tags=install-all,ensure-matrix-users-created,start',
      '--tags=matrix-authentication-service-mas-cli-syn2mas -e matrix_authentication_service_syn2mas_migrate_dry_run=true',
      '--tags=matrix-authentication-service-mas-cli-syn2mas',
      'vars live',
      '--tags=install-all,ensure-matrix-users-created,start',
      '--tags=matrix-authentication-service-mas-cli-doctor',
    ])
  })

  it('stops at the step that fails, and names it', async () => {
    const { lab, told } = notingLab('syn2mas-tool', 'authentication-service-syn2mas')
    const seen: string[] = []
    const result = await runGuide(lab, ({ name, code }) => seen.push(`${name} ${code}`), { from: 'dry-run' })
    expect(result.failed).toBe('dry-run')
    expect(seen).toEqual(['dry-run 2'])
    expect(told).toHaveLength(1)
  })

  it('begins and ends with the given steps', async () => {
    const { lab } = notingLab('mas-cli')
    const { steps } = await runGuide(lab, undefined, { from: 'backup', to: 'migrate' })
    expect(steps.map(({ name }) => name)).toEqual(['backup', 'dry-run', 'migrate'])
  })

  it('names each step once in either dialect', () => {
    for (const dialect of ['mas-cli', 'syn2mas-tool'] as const)
      expect(guideSteps(dialect).map(({ name }) => name)).toEqual([...guideStepNames])
  })
})
