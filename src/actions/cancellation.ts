/** Aborted when the job is cancelled: GitHub sends SIGINT to the step, and SIGTERM some seconds later. */
export function cancellation(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}
