import { isMap, isScalar, Pair, Scalar, YAMLMap } from 'yaml'
import { commentsIn, joined, ownComments } from './comments.ts'
import { lacksUserName } from './services.ts'
import { cleanUserName } from './user-name.ts'

/** Synapse's key, and MAS's claim for it. */
const templates: Readonly<Record<string, 'subject' | 'localpart' | 'displayname' | 'email'>> = {
  subject_template: 'subject',
  localpart_template: 'localpart',
  display_name_template: 'displayname',
  email_template: 'email',
}

/** How Synapse treats each claim: the local part is required, and it imports the others as they are. */
const actions = { localpart: 'require', displayname: 'force', email: 'force' } as const

/** The names of Synapse's default mapping, which MAS can reproduce. */
const defaultModules = [
  'synapse.handlers.oidc.JinjaOidcMappingProvider',
  'synapse.handlers.oidc_handler.JinjaOidcMappingProvider',
]

type Claim = keyof typeof actions | 'subject'

/** Converts Synapse's `user_mapping_provider` to MAS's `claims_imports` (crates/syn2mas, synapse_reader/config/oidc.rs). */
export class ClaimsImports {
  private readonly claims = new Map<Claim, YAMLMap>()
  private readonly keys = new Map<Claim, Scalar>()
  private readonly gap: (key: string, hint?: string) => void
  private readonly issuer: string | undefined
  /** Comments that do not belong to a claim. */
  readonly comments: string[] = []

  constructor(issuer: string | undefined, gap: (key: string, hint?: string) => void) {
    this.issuer = issuer
    this.gap = gap
  }

  add(key: unknown, provider: unknown): void {
    this.comments.push(...ownComments(key), ...ownComments(provider))
    if (!isMap(provider)) {
      this.gap('user_mapping_provider', 'it is not a plain mapping')
      return
    }
    const module = provider.get('module')
    const isDefault = module === undefined || defaultModules.includes(String(module))
    if (!isDefault) this.gap('user_mapping_provider.module', 'MAS maps by templates only')
    for (const { key: name, value } of provider.items) {
      const isConfig = isScalar(name) && name.value === 'config' && isMap(value) && isDefault
      this.comments.push(
        ...(isConfig ? [...ownComments(name), ...ownComments(value)] : commentsIn(name, value)),
      )
      if (isConfig) this.addConfig(value)
    }
  }

  /** Converts Synapse's `allow_existing_users`. Returns `false` if the local part is not required: MAS would reject it. */
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
      if (claim) result.items.push(new Pair(this.keys.get(name) ?? new Scalar(name), claim))
    }
    return result
  }

  private addConfig(config: YAMLMap): void {
    for (const pair of config.items) this.convert(pair, config)
    const confirms = config.get('confirm_localpart')
    if (typeof confirms === 'string' && /^(?:true|yes|on)$/i.test(confirms)) this.suggestAll()
  }

  /** If both are set, `subject_template` wins over `subject_claim`, as in Synapse. */
  private convert({ key, value }: Pair, config: YAMLMap): void {
    const name = isScalar(key) ? String(key.value) : ''
    const claim = templates[name]
    if (name === 'subject_claim' && isScalar(value) && isEmpty(config.get('subject_template', true))) {
      this.set('subject', raw(`{{ user.${String(value.value)} }}`, value), key)
    } else if (claim !== undefined && isScalar(value) && !isEmpty(value)) {
      this.setTemplate(claim, name, value, key)
    } else {
      this.comments.push(...commentsIn(key, value))
      if (name !== 'confirm_localpart' && name !== 'subject_claim' && !isEmpty(value)) {
        this.gap(`user_mapping_provider.config.${name}`)
      }
    }
  }

  private setTemplate(claim: Claim, name: string, value: Scalar, key: unknown): void {
    const template = withoutSynapseFilter(String(value.value))
    const isMissing = claim === 'localpart' && lacksUserName(this.issuer) && usesOnlyUserName(template)
    if (template !== undefined && !isMissing) {
      this.set(claim, claim === 'localpart' ? localpart(template, value) : raw(template, value), key)
      return
    }
    this.comments.push(...commentsIn(key, value))
    const hint = isMissing
      ? 'this service sends no preferred_username: users choose their name in MAS, as in Synapse'
      : "it uses the filter localpart_from_email, which MAS does not have: write a template with (user.email | split('@'))[0]"
    this.gap(`user_mapping_provider.config.${name}`, hint)
  }

  private set(claim: Claim, template: Scalar, source: unknown): void {
    const entry = new YAMLMap()
    if (claim !== 'subject') add(entry, 'action', new Scalar(actions[claim]))
    add(entry, 'template', template)
    const key = new Scalar(claim)
    const comment = joined(...ownComments(source))
    if (comment !== undefined) key.commentBefore = comment
    this.keys.set(claim, key)
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

/**
 * Replaces Synapse's filter `localpart_from_email` by MAS's `split` (crates/handlers, upstream_oauth2/template.rs).
 * Returns `undefined` if the filter is applied to more than a claim.
 */
function withoutSynapseFilter(template: string): string | undefined {
  const converted = template.replace(
    /\{\{(-?)\s*([\w.]+)\s*\|\s*localpart_from_email\s*(-?)\}\}/g,
    "{{$1 ($2 | split('@'))[0] $3}}",
  )
  return converted.includes('localpart_from_email') ? undefined : converted
}

/** Synapse treats a template without text like none. */
function isEmpty(template: unknown): boolean {
  if (template === undefined) return true
  const text = isScalar(template) ? String(template.value ?? '') : undefined
  return text?.replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, '').trim() === ''
}

function usesOnlyUserName(template: string | undefined): boolean {
  const claims = [...(template ?? '').matchAll(/\buser(?:\.|\[['"])(\w+)/g)].map(([, claim]) => claim)
  return claims.length > 0 && claims.every(claim => claim === 'preferred_username')
}

/** The template with Synapse's clean-up of names. */
function localpart(template: string, source: Scalar): Scalar {
  return written(cleanUserName(template, source.tag === '!unsafe'), source)
}

/** Protects a template from evaluation by Ansible. */
function raw(template: string, source: Scalar): Scalar {
  const isProtected = source.tag === '!unsafe' || /\{%-?\s*raw/.test(template) || !/\{[{%#]/.test(template)
  return written(isProtected ? template : `{% raw %}${template}{% endraw %}`, source)
}

function written(template: string, source: Scalar): Scalar {
  const result = new Scalar(template)
  result.type = Scalar.QUOTE_DOUBLE
  if (source.tag === '!unsafe') result.tag = '!unsafe'
  if (source.comment) result.comment = source.comment
  return result
}
