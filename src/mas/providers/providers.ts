import { Document, isMap, YAMLSeq } from 'yaml'
import { joined, removeSecretComments } from './comments.ts'
import { Conversion, type Gap } from './provider.ts'
import type { ProviderMapping } from './provider-mapping.ts'
import { synapseProviderList } from './source.ts'

export interface ProposedProviders {
  /** Lines of YAML, a list at the left margin, with a newline at the end. */
  readonly items: string
  /** What was converted, in order, with the ids that the proposal gives. */
  readonly mappings: readonly (ProviderMapping & { readonly index: number })[]
  readonly gaps: readonly Gap[]
  /** Indexes of those whose client secret is not repeated but referred to. */
  readonly referring: readonly number[]
}

/**
 * Proposes the providers of MAS for those of Synapse that a file of variables holds, with their comments. Sources: Synapse's
 * `oidc_providers` (synapse/config/oidc.py) and MAS's `upstream_oauth2.providers` (crates/config, crates/syn2mas).
 *
 * A client secret that stands there in plain is not repeated but referred to, since a proposal is shown to people. A comment
 * that may hold a secret is left out, and says so.
 *
 * @param text The file's YAML.
 * @param indexes Those that are wanted, from 0; left out, all.
 * @param byArguments The Node tool maps by arguments (`mappings`), and its MAS knows no `synapse_idp_id`.
 * @returns `undefined` where it holds no list of providers, or none that is wanted.
 */
export function proposeProviders(
  text: string,
  {
    indexes,
    byArguments = false,
  }: { readonly indexes?: readonly number[]; readonly byArguments?: boolean } = {},
): ProposedProviders | undefined {
  const list = synapseProviderList(text)
  if (!list) return undefined
  const result = new YAMLSeq()
  const [gaps, conversions]: [Gap[], Conversion[]] = [[], []]
  let above: string | undefined = joined(list.commentBefore)
  for (const [index, item] of list.items.entries()) {
    const isWanted = !indexes || indexes.includes(index)
    if (isMap(item) && isWanted) {
      item.commentBefore = joined(above, item.commentBefore) ?? null
      const conversion = new Conversion(item, index)
      conversions.push(conversion)
      result.items.push(conversion.run(byArguments))
      gaps.push(...conversion.gaps)
    } else if (isWanted) gaps.push({ index, key: 'all of it', hint: 'it is no plain mapping' })
    // The parser takes what stands above a provider for the end of the one before it.
    above = isMap(item) && !isWanted ? joined(item.comment) : undefined
  }
  if (result.items.length === 0) return undefined
  removeSecretComments(result, list)
  return {
    items: new Document(result, { schema: 'failsafe' }).toString({ lineWidth: 0 }),
    mappings: conversions.map(({ index, mapping }) => ({ index, ...mapping })),
    gaps,
    referring: conversions.flatMap(({ index, refersToSecret }) => (refersToSecret ? [index] : [])),
  }
}
