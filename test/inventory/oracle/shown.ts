import type { Value } from '../../../src/inventory/value.ts'

/** A value in the output format of `ask-ansible.py`. */
export function shown(value: Value): unknown {
  switch (value.kind) {
    case 'integer':
      return { kind: 'integer', value: String(value.value) }
    case 'float':
      return { kind: 'float', value: floatText(value.value) }
    case 'date':
      return { kind: 'date' }
    case 'list':
      return { kind: 'list', items: value.items.map(shown) }
    case 'map':
      return {
        kind: 'map',
        entries: Object.fromEntries(value.entries.map(entry => [entry.key, shown(entry.value)])),
      }
    case 'boolean':
    case 'string':
      return { kind: value.kind, value: value.value }
    default:
      return { kind: value.kind }
  }
}

/** Like Python's `float.hex`. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const sign = bits >> 63n === 1n ? '-' : ''
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0')
  if (exponent === 0 && /^0+$/.test(fraction)) return `${sign}0x0.0p+0`
  const power = exponent === 0 ? -1022 : exponent - 1023
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '' : '+'}${power}`
}
