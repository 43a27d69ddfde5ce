/** Caches a function's result per object, as long as the object lives: several rules need the same result. */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const cache = new WeakMap<K, { readonly value: V }>()
  return key => {
    const entry = cache.get(key) ?? { value: compute(key) }
    cache.set(key, entry)
    return entry.value
  }
}

const mostRecent = 16

/** Caches the results for the most recent keys only, so that memory stays bounded with many hosts. */
export function onceLately<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const cache = new Map<K, V>()
  return key => {
    const cached = cache.get(key)
    if (cached !== undefined || cache.has(key)) return cached as V
    const value = compute(key)
    cache.set(key, value)
    const [oldest] = cache.keys()
    if (cache.size > mostRecent && oldest !== undefined) cache.delete(oldest)
    return value
  }
}
