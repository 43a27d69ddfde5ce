import { vi } from 'vitest'
import { annotate } from '../../../src/actions/runner.ts'
import type { Annotation } from '../../../src/report/annotations.ts'

/** What a call writes to standard output. */
export function printedBy(call: () => void): string {
  let printed = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text)
    return true
  })
  try {
    call()
    return printed
  } finally {
    spy.mockRestore()
  }
}

/** An annotation as the runner reads it, without the newline at its end. */
export function printedAnnotation(annotation: Annotation): string {
  return printedBy(() => annotate(annotation)).replace(/\n$/, '')
}
