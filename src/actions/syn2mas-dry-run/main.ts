import { annotations } from '../../report/annotations.ts'
import { renderRehearsal } from '../../report/forecast.ts'
import { writeReport } from '../../support/report-file.ts'
import { appendSummary, maskSecret, printLog, type Runner, setOutput } from '../../support/runner.ts'
import { cancellation } from '../cancellation.ts'
import { actionInput, flag, optional, readInputs, text } from '../inputs.ts'
import { runAction } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { rehearseServers } from './run.ts'

const inputTable = { ...serverInputs, 'allow-in-place': flag(false), 'json-path': optional(text()) }

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(inputTable, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  if (inputs.vaultPassword !== undefined) maskSecret(runner, inputs.vaultPassword)
  const { forecasts, receipts, error } = await rehearseServers(
    inputs,
    root,
    runner.environment,
    line => printLog(runner, line),
    cancellation(),
  )
  const findings = forecasts.flatMap(forecast => forecast.findings)
  for (const line of annotations(findings).lines) runner.write(`${line}\n`)
  writeReport(root, inputs.jsonPath, `${JSON.stringify({ version: 1, forecasts, receipts }, undefined, 2)}\n`)
  appendSummary(runner, renderRehearsal(forecasts))
  setOutput(runner, 'passes', String(error === undefined))
  setOutput(runner, 'findings', String(findings.length))
  setOutput(
    runner,
    'forecast-seconds',
    String(Math.max(0, ...forecasts.map(each => each.windowSeconds ?? 0))),
  )
  if (error !== undefined) throw error
}

await runAction(main)
