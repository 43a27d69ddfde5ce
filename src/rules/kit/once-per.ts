/** A function of an object that is computed once for each, as long as the object lives: several rules ask the same. */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return key => {
    const found = known.get(key) ?? { value: compute(key) }
    known.set(key, found)
    return found.value
  }
}

const mostRecent = 16

/** The same for the few that were asked about last: of what each of many hosts has, all is not kept at once. */
export function onceLately<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return key => {
    const found = known.get(key)
    if (found !== undefined || known.has(key)) return found as V
    const value = compute(key)
    known.set(key, value)
    const [oldest] = known.keys()
    if (known.size > mostRecent && oldest !== undefined) known.delete(oldest)
    return value
  }
}
