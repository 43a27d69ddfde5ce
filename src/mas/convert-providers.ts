import { createHash } from 'node:crypto'
import { Document, isMap, isScalar, isSeq, Pair, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { ClaimsImports } from './convert-claims.ts'
import { clientSecret, synapseProvidersVariable, withoutSecrets } from './convert-secrets.ts'
import { authProviderOf } from './provider-mapping.ts'

/** What of a provider of Synapse MAS has nothing for, or something near only. */
export interface Gap {
  /** `idp_id`, or the provider's number from 1. */
  readonly provider: string
  readonly key: string
  /** A clause: what is near, or that there is nothing. */
  readonly hint: string
}

export interface ProposedProviders {
  /** Lines of YAML that set the variable, with a newline at the end. */
  readonly text: string
  readonly gaps: readonly Gap[]
}

const masVariable = 'matrix_authentication_service_config_upstream_oauth2_providers'

/** Keys that only change their name, or not even that. */
const renamed: Readonly<Record<string, string>> = {
  idp_name: 'human_name',
  idp_brand: 'brand_name',
  issuer: 'issuer',
  client_id: 'client_id',
  client_auth_method: 'token_endpoint_auth_method',
  authorization_endpoint: 'authorization_endpoint',
  token_endpoint: 'token_endpoint',
  userinfo_endpoint: 'userinfo_endpoint',
  jwks_uri: 'jwks_uri',
  pkce_method: 'pkce_method',
  forward_login_hint: 'forward_login_hint',
}

const nothing = 'MAS has nothing like it'
const hints: Readonly<Record<string, string>> = {
  client_secret_jwt_key:
    'for Apple, `sign_in_with_apple` takes the key; for others `private_key_jwt` signs with the keys of MAS',
  attribute_requirements: `${nothing}: who may log in is for the provider to decide`,
  enable_registration: '`registration_token_required: true` is near, and is set here',
  client_secret_path: 'it became `client_secret_file`; the file must be where the container of MAS sees it',
}

/**
 * Proposes the providers of MAS for those of Synapse that a file of variables holds, with their comments. Sources: Synapse's
 * `oidc_providers` (synapse/config/oidc.py) and MAS's `upstream_oauth2.providers` (crates/config, crates/syn2mas).
 *
 * A client secret that stands there in plain is not repeated but referred to, since a proposal is shown to people.
 *
 * @param text The file's YAML. @returns `undefined` where it holds no list of providers.
 */
export function proposeProviders(text: string): ProposedProviders | undefined {
  const source = parseDocument(text, {
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const list = isMap(source.contents) ? source.contents.get(synapseProvidersVariable, true) : undefined
  if (source.errors.length > 0 || !isSeq(list) || list.items.length === 0) return undefined
  const result = new YAMLSeq()
  const gaps: Gap[] = []
  for (const [index, item] of list.items.entries()) {
    if (isMap(item)) {
      if (index === 0) item.commentBefore = joined(list.commentBefore, item.commentBefore)
      result.items.push(new Conversion(item, index, gaps).run())
    }
    if (!isMap(item))
      gaps.push({ provider: String(index + 1), key: 'all of it', hint: 'it is no plain mapping' })
  }
  if (result.items.length === 0) return undefined
  const root = new YAMLMap()
  root.items.push(new Pair(new Scalar(masVariable), result))
  const document = new Document(root, { schema: 'failsafe' })
  return { text: withoutSecrets(document.toString({ lineWidth: 0 }), list), gaps }
}

function joined(...comments: readonly (string | null | undefined)[]): string | null {
  return comments.filter(Boolean).join('\n') || null
}

class Conversion {
  private readonly source: YAMLMap
  private readonly index: number
  private readonly gaps: Gap[]
  private readonly name: string
  private readonly result = new YAMLMap()
  private readonly claims: ClaimsImports
  private readonly comments = new Map<string, string[]>()
  private mergesExisting = false

  constructor(source: YAMLMap, index: number, gaps: Gap[]) {
    this.source = source
    this.index = index
    this.gaps = gaps
    this.name = this.text('idp_id') ?? String(index + 1)
    this.claims = new ClaimsImports((key, hint) => this.gap(key, hint))
  }

  run(): YAMLMap {
    const { commentBefore, comment, spaceBefore } = this.source
    Object.assign(this.result, { commentBefore, comment, spaceBefore })
    this.set('id', new Scalar(this.id()))
    this.set('synapse_idp_id', new Scalar(authProviderOf(this.text('idp_id'))))
    for (const pair of this.source.items) this.convert(pair)
    this.addDefaults()
    if (this.mergesExisting) {
      const isSet = this.claims.mergeExisting()
      const near = '`localpart.on_conflict: add` is near'
      this.gap(
        'allow_existing_users',
        isSet ? `${near}, and is set here` : `${near}, and needs the action \`require\``,
      )
    }
    const claims = this.claims.result()
    if (claims) this.set('claims_imports', claims)
    this.writeComments()
    return this.result
  }

  private convert({ key, value }: Pair): void {
    const name = isScalar(key) ? String(key.value) : ''
    const same = renamed[name]
    if (holdsCredentials(value)) {
      this.gap(name, 'its address holds a password')
      return
    }
    if (same !== undefined) {
      this.set(same, value, key)
      return
    }
    switch (name) {
      case 'idp_id':
        this.keepComment('synapse_idp_id', key, value)
        return
      case 'client_secret':
        this.set('client_secret', clientSecret(value, this.index))
        return
      case 'client_secret_path':
        this.gap(name)
        this.set('client_secret_file', value, key)
        return
      case 'scopes':
        this.scopes(value, key)
        return
      case 'discover':
      case 'skip_verification':
        this.keepComment('discovery_mode', key, value)
        return
      case 'user_profile_method':
        this.keepComment('fetch_userinfo', key, value)
        return
      case 'backchannel_logout_enabled':
        this.set('on_backchannel_logout', new Scalar(isTrue(value) ? 'logout_all' : 'do_nothing'), key)
        return
      case 'additional_authorization_parameters':
        this.parameters(value, key)
        return
      case 'user_mapping_provider':
        this.claims.add(value)
        return
      case 'allow_existing_users':
        this.mergesExisting = isTrue(value)
        return
      case 'enable_registration':
        if (!isTrue(value)) {
          this.gap(name)
          this.set('registration_token_required', new Scalar('true'), key)
        }
        return
      default:
        this.gap(name)
    }
  }

  /** What Synapse has by default and MAS otherwise, and what several keys of Synapse decide together. */
  private addDefaults(): void {
    const hasSecret = this.result.has('client_secret') || this.result.has('client_secret_file')
    if (!this.result.has('token_endpoint_auth_method')) {
      this.set('token_endpoint_auth_method', new Scalar(hasSecret ? 'client_secret_basic' : 'none'))
    }
    if (!this.result.has('scope')) this.set('scope', new Scalar('openid'))
    const discovery = this.has('discover') && !isTrue(this.source.get('discover', true)) ? 'disabled' : 'oidc'
    const insecure = isTrue(this.source.get('skip_verification', true))
    if (discovery === 'disabled' || insecure) {
      this.set('discovery_mode', new Scalar(discovery === 'oidc' ? 'insecure' : discovery))
    }
    const scope = this.result.get('scope')
    const asksUserinfo = this.text('user_profile_method') === 'userinfo_endpoint'
    if (asksUserinfo || (typeof scope === 'string' && !scope.includes('{') && !/\bopenid\b/.test(scope))) {
      this.set('fetch_userinfo', new Scalar('true'))
    }
    const signs =
      !this.result.has('fetch_userinfo') || (typeof scope === 'string' && /\bopenid\b/.test(scope))
    if (discovery === 'disabled' && signs && !this.result.has('jwks_uri')) {
      this.gap('discover', 'without discovery MAS needs a `jwks_uri`, which is not given')
    }
  }

  /** Comments of a key that becomes part of another one. */
  private keepComment(target: string, key: unknown, value: unknown): void {
    const texts = [isScalar(key) ? key.commentBefore : undefined, isScalar(value) ? value.comment : undefined]
    const known = this.comments.get(target) ?? []
    this.comments.set(target, [...known, ...texts.filter(text => typeof text === 'string')])
  }

  private writeComments(): void {
    for (const [target, texts] of this.comments) {
      if (texts.length === 0) continue
      const pair = this.result.items.find(({ key }) => isScalar(key) && key.value === target)
      const node = isScalar(pair?.key) ? pair.key : undefined
      if (node) node.commentBefore = texts.join('\n')
      else this.addComment(texts.join('\n'))
    }
    const gaps = this.gaps.filter(({ provider }) => provider === this.name)
    if (gaps.length > 0) {
      this.addComment(
        gaps.map(({ key, hint }) => ` ${key} of Synapse: ${hint.replaceAll('`', '')}`).join('\n'),
      )
    }
  }

  private addComment(text: string): void {
    this.result.commentBefore = [this.result.commentBefore, text].filter(Boolean).join('\n')
  }

  private set(name: string, value: unknown, source?: unknown): void {
    const key = new Scalar(name)
    if (isScalar(source)) Object.assign(key, { commentBefore: source.commentBefore })
    this.result.items.push(new Pair(key, value))
  }

  private scopes(value: unknown, key: unknown): void {
    const words = isSeq(value) ? value.items.map(item => (isScalar(item) ? String(item.value) : '')) : []
    if (!isSeq(value) || words.some(word => word === '')) {
      this.gap('scopes', 'its words cannot be told')
      return
    }
    const scope = new Scalar(words.join(' '))
    scope.type = Scalar.QUOTE_DOUBLE
    this.set('scope', scope, key)
  }

  /** MAS has a key of its own for the response mode. */
  private parameters(value: unknown, key: unknown): void {
    if (!isMap(value)) {
      this.set('additional_authorization_parameters', value, key)
      return
    }
    const mode = value.get('response_mode', true)
    value.delete('response_mode')
    if (mode) this.set('response_mode', mode)
    if (value.items.length > 0) this.set('additional_authorization_parameters', value, key)
  }

  private gap(key: string, hint = hints[key] ?? nothing): void {
    this.gaps.push({ provider: this.name, key, hint })
  }

  private has(key: string): boolean {
    return this.source.has(key)
  }

  private text(key: string): string | undefined {
    const value = this.source.get(key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** The same for the same provider whenever it is asked, so that a proposal does not change from run to run. */
  private id(): string {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    const parts = [this.index, this.text('idp_id'), this.text('issuer'), this.text('client_id')]
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
    return `01${Array.from({ length: 24 }, (_, at) => alphabet[(digest[at] ?? 0) % 32]).join('')}`
  }
}

/** A YAML 1.1 switch, plain or quoted. */
function isTrue(value: unknown): boolean {
  return isScalar(value) && /^(?:true|yes|on)$/i.test(String(value.value))
}

/** An address with a name and a password before its host. */
function holdsCredentials(value: unknown): boolean {
  return isScalar(value) && /:\/\/[^/]*@/.test(String(value.value))
}
