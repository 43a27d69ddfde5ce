import schema from '../../../schemas/upstream-provider.schema.json' with { type: 'json' }

const { properties } = schema.definitions.provider

/** The keys that the schema of upstream providers allows at a place, for suggestions. */
export function keysAt(instancePath: string): readonly string[] {
  const [, ...path] = instancePath.split('/').slice(1)
  if (path.length === 0) return Object.keys(properties)
  if (path[0] !== 'claims_imports') return []
  const claims = properties.claims_imports.properties
  return Object.keys(path.length === 1 ? claims : claims.localpart.properties)
}
