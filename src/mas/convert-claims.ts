import { isMap, isScalar, Pair, Scalar, YAMLMap } from 'yaml'

/** Synapse's key, and MAS's claim for it. */
const templates: Readonly<Record<string, 'subject' | 'localpart' | 'displayname' | 'email'>> = {
  subject_template: 'subject',
  localpart_template: 'localpart',
  display_name_template: 'displayname',
  email_template: 'email',
}

/** What each claim does in Synapse: a local part is needed, the others are taken as they come. */
const actions = { localpart: 'require', displayname: 'force', email: 'force' } as const

type Claim = keyof typeof actions | 'subject'

/** Builds `claims_imports` of MAS out of `user_mapping_provider` of Synapse (crates/syn2mas, synapse_reader/config/oidc.rs). */
export class ClaimsImports {
  private readonly claims = new Map<Claim, YAMLMap>()
  private readonly gap: (key: string, hint?: string) => void

  constructor(gap: (key: string, hint?: string) => void) {
    this.gap = gap
  }

  add(provider: unknown): void {
    if (!isMap(provider)) {
      this.gap('user_mapping_provider', 'it is no plain mapping')
      return
    }
    if (provider.has('module')) {
      this.gap('user_mapping_provider.module', 'MAS maps by templates only')
      return
    }
    const config = provider.get('config', true)
    if (!isMap(config)) return
    for (const pair of config.items) this.convert(pair)
    const confirms = config.get('confirm_localpart')
    if (typeof confirms === 'string' && /^(?:true|yes|on)$/i.test(confirms)) this.suggestAll()
  }

  /** `allow_existing_users` of Synapse; false where MAS would refuse it, for want of a local part that is required. */
  mergeExisting(): boolean {
    const localpart = this.claims.get('localpart')
    if (localpart?.get('action') !== actions.localpart) return false
    add(localpart, 'on_conflict', new Scalar('add'))
    return true
  }

  result(): YAMLMap | undefined {
    if (this.claims.size === 0) return undefined
    const result = new YAMLMap()
    for (const name of ['subject', 'localpart', 'displayname', 'email'] as const) {
      const claim = this.claims.get(name)
      if (claim) add(result, name, claim)
    }
    return result
  }

  private convert({ key, value }: Pair): void {
    const name = isScalar(key) ? String(key.value) : ''
    const comment = isScalar(key) ? key.commentBefore : undefined
    const claim = templates[name]
    if (name === 'confirm_localpart') return
    if (name === 'subject_claim' && isScalar(value)) {
      this.set('subject', raw(`{{ user.${String(value.value)} }}`, value), comment)
    } else if (claim !== undefined && isScalar(value)) {
      const text = String(value.value)
      if (text.includes('localpart_from_email')) {
        this.gap(
          `user_mapping_provider.config.${name}`,
          "the filter localpart_from_email: write (user.email | split('@'))[0] instead",
        )
      }
      this.set(claim, raw(text, value), comment)
    } else this.gap(`user_mapping_provider.config.${name}`)
  }

  private set(claim: Claim, template: Scalar, comment: string | null | undefined): void {
    const entry = new YAMLMap()
    if (claim !== 'subject') add(entry, 'action', new Scalar(actions[claim]))
    add(entry, 'template', template)
    if (comment) entry.commentBefore = comment
    this.claims.set(claim, entry)
  }

  private suggestAll(): void {
    for (const [name, entry] of this.claims)
      if (name !== 'subject') entry.set('action', new Scalar('suggest'))
  }
}

function add(map: YAMLMap, key: string, value: unknown): void {
  map.items.push(new Pair(new Scalar(key), value))
}

/** A template that Ansible leaves alone. */
function raw(template: string, source: Scalar): Scalar {
  const isProtected = source.tag === '!unsafe' || /\{%-?\s*raw/.test(template) || !template.includes('{{')
  const result = new Scalar(isProtected ? template : `{% raw %}${template}{% endraw %}`)
  result.type = Scalar.QUOTE_DOUBLE
  if (source.tag === '!unsafe') result.tag = '!unsafe'
  if (source.comment) result.comment = source.comment
  return result
}
