import { Document, isMap, YAMLSeq } from 'yaml'
import { joined, removeSecretComments } from './comments.ts'
import { inVars, type ListSource } from './list-source.ts'
import { Conversion, type Gap } from './provider.ts'
import type { ProviderMapping } from './provider-mapping.ts'
import { synapseProviderList } from './source.ts'

export interface ConvertedProviders {
  /** YAML: an unindented list that ends with a newline. */
  readonly items: string
  /** The converted providers in order, with their new ids. */
  readonly mappings: readonly (ProviderMapping & { readonly index: number })[]
  readonly gaps: readonly Gap[]
  /** Indexes of the providers whose client secret is replaced by a reference. */
  readonly withReference: readonly number[]
}

/**
 * Converts the providers of Synapse to MAS, with their comments. Sources: Synapse's `oidc_providers`
 * (synapse/config/oidc.py) and MAS's `upstream_oauth2.providers` (crates/config, crates/syn2mas).
 *
 * The result is shown to people. So a client secret in plain text is replaced by a reference, and a comment that may contain a
 * secret is replaced by a note.
 *
 * @param text The YAML with the list: a vars file, or the text of the extension.
 * @param indexes The providers to convert, from 0. Default: all.
 * @param byArguments Leaves out `synapse_idp_id`: the Node tool maps by arguments (`mappings`), and its MAS rejects that key.
 * @param source Which of the two. Default: a vars file.
 * @returns `undefined` if the text has no list of providers, or none of `indexes`.
 */
export function convertProviders(
  text: string,
  {
    indexes,
    byArguments = false,
    source = inVars,
  }: {
    readonly indexes?: readonly number[]
    readonly byArguments?: boolean
    readonly source?: ListSource
  } = {},
): ConvertedProviders | undefined {
  const list = synapseProviderList(text, source)
  if (!list) return undefined
  const result = new YAMLSeq()
  const [gaps, conversions]: [Gap[], Conversion[]] = [[], []]
  let above: string | undefined = joined(list.commentBefore)
  for (const [index, item] of list.items.entries()) {
    const isSelected = !indexes || indexes.includes(index)
    if (isMap(item) && isSelected) {
      item.commentBefore = joined(above, item.commentBefore) ?? null
      const conversion = new Conversion(item, index, source)
      conversions.push(conversion)
      result.items.push(conversion.run(byArguments))
      gaps.push(...conversion.gaps)
    } else if (isSelected) gaps.push({ index, key: 'the whole entry', hint: 'it is not a plain mapping' })
    // The parser attaches a comment above a provider to the end of the one before it.
    above = isMap(item) && !isSelected ? joined(item.comment) : undefined
  }
  if (result.items.length === 0) return undefined
  removeSecretComments(result, list)
  return {
    items: new Document(result, { schema: 'failsafe' }).toString({ lineWidth: 0 }),
    mappings: conversions.map(({ index, mapping }) => ({ index, ...mapping })),
    gaps,
    withReference: conversions.flatMap(({ index, refersToSecret }) => (refersToSecret ? [index] : [])),
  }
}
