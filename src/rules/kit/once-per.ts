/** Caches a function's result per object, as long as the object lives: several rules need the same result. */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return key => {
    const found = known.get(key) ?? { value: compute(key) }
    known.set(key, found)
    return found.value
  }
}

const mostRecent = 16

/** Caches the results for the most recent keys only, so that memory stays bounded with many hosts. */
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
