import { isMap, isScalar, Pair, Scalar, YAMLMap } from 'yaml'
import { templateForSynapse } from './ansible.ts'
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

const evaluated =
  'Ansible evaluates a part of it whose result is unknown: write the claim in MAS with the text that Synapse gets'

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
      this.setSubject(value, key)
    } else if (claim !== undefined && isScalar(value) && !isEmpty(value)) {
      this.setTemplate(claim, name, value, key)
    } else {
      this.comments.push(...commentsIn(key, value))
      if (name !== 'confirm_localpart' && name !== 'subject_claim' && !isEmpty(value)) {
        this.gap(`user_mapping_provider.config.${name}`)
      }
    }
  }

  private setSubject(value: Scalar, key: unknown): void {
    const claim = templateForSynapse(value)
    if (claim !== undefined && !claim.includes('{')) {
      this.set('subject', forMas(`{{ user.${claim} }}`, value), key)
      return
    }
    this.comments.push(...commentsIn(key, value))
    this.gap('user_mapping_provider.config.subject_claim', evaluated)
  }

  private setTemplate(claim: Claim, name: string, value: Scalar, key: unknown): void {
    const source = templateForSynapse(value)
    const template = source === undefined ? undefined : withoutSynapseFilter(source)
    const isMissing = claim === 'localpart' && lacksUserName(this.issuer) && usesOnlyUserName(template)
    if (template !== undefined && !isMissing) {
      const cleaned = claim === 'localpart' ? cleanUserName(template) : template
      this.set(claim, forMas(cleaned, value), key)
      return
    }
    this.comments.push(...commentsIn(key, value))
    const filtered =
      source === undefined
        ? evaluated
        : "it uses the filter localpart_from_email, which MAS does not have: write a template with (user.email | split('@'))[0]"
    const missing = 'this service sends no preferred_username: users choose their name in MAS, as in Synapse'
    this.gap(`user_mapping_provider.config.${name}`, isMissing ? missing : filtered)
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
  return isScalar(template) && templateForSynapse(template)?.trim() === ''
}

function usesOnlyUserName(template: string | undefined): boolean {
  const claims = [...(template ?? '').matchAll(/\buser(?:\.|\[['"])(\w+)/g)].map(([, claim]) => claim)
  return claims.length > 0 && claims.every(claim => claim === 'preferred_username')
}

/** Protects a template from evaluation by Ansible. */
function forMas(template: string, source: Scalar): Scalar {
  const isProtected = source.tag === '!unsafe' || !/\{[{%#]/.test(template)
  const result = new Scalar(isProtected ? template : `{% raw %}${template}{% endraw %}`)
  result.type = Scalar.QUOTE_DOUBLE
  if (source.tag === '!unsafe') result.tag = '!unsafe'
  if (source.comment) result.comment = source.comment
  return result
}
