import { annotations } from '../../report/annotations.ts'
import { renderRehearsal } from '../../report/forecast.ts'
import { jsonText } from '../../support/escape.ts'
import { writeReport } from '../../support/report-file.ts'
import { cancellation } from '../cancellation.ts'
import { flag, type Inputs, optional, text } from '../inputs.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { annotate, appendSummary, setOutput } from '../runner.ts'
import { serverInputs } from '../targets.ts'
import { rehearseServers } from './run.ts'

const inputTable = { ...serverInputs, 'allow-in-place': flag(false), 'json-path': optional(text()) }

export const syn2masDryRun = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, { root, environment, log }: Runtime): Promise<void> {
  const { forecasts, receipts, error } = await rehearseServers(inputs, root, environment, log, cancellation())
  const findings = forecasts.flatMap(forecast => forecast.findings)
  annotations(findings).shown.forEach(annotate)
  writeReport(root, inputs.jsonPath, jsonText({ version: 1, forecasts, receipts }))
  await appendSummary(renderRehearsal(forecasts))
  setOutput('passes', String(error === undefined))
  setOutput('findings', String(findings.length))
  setOutput(
    'expected-downtime-seconds',
    String(Math.max(0, ...forecasts.map(each => each.windowSeconds ?? 0))),
  )
  if (error !== undefined) throw error
}
