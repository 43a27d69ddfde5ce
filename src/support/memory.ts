/**
 * Has V8 keep the space for new objects as small as it is now: it would grow to 130 MB where many are made, most of which
 * do not live. Costs a little time, so for large work only.
 */
export function spareMemory(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
}
