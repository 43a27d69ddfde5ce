/** The result of `work`; `undefined` as soon as the signal is aborted, and the result of `work` is then ignored. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly value: T } | undefined> {
  const aborted = Promise.withResolvers<undefined>()
  const stop = () => aborted.resolve(undefined)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  const result = work.then(value => ({ value }))
  return Promise.race([aborted.promise, result]).finally(() => signal.removeEventListener('abort', stop))
}
