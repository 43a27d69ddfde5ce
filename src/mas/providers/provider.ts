import { createHash } from 'node:crypto'
import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap } from 'yaml'
import { ClaimsImports } from './claims.ts'
import { commentsIn, isSecretName, joined, ownComments } from './comments.ts'
import type { ListSource } from './list-source.ts'
import { authProviderOf, type ProviderMapping } from './provider-mapping.ts'
import { clientSecret, holdsCredentials, isKept } from './secrets.ts'
import { hasNoSlash, withoutSlash } from './services.ts'

/** A setting of a Synapse provider without an exact equivalent in MAS. */
export interface Gap {
  /** Index of the provider in the list, from 0. */
  readonly index: number
  readonly key: string
  /** A clause that names the closest equivalent, or says that there is none. */
  readonly hint: string
}

/** Keys whose value is copied, mostly under another name. */
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

const noEquivalent = 'MAS has no equivalent'
const hints: Readonly<Record<string, string>> = {
  client_secret_jwt_key:
    'for Apple, put the key into `sign_in_with_apple`; for others, `private_key_jwt` signs with the keys of MAS',
  id_token_signing_alg_values_supported:
    'the closest setting is `id_token_signed_response_alg`, which accepts only one algorithm and uses RS256 by default',
  attribute_requirements: `${noEquivalent}: restrict logins at the provider instead`,
  enable_registration: 'the closest setting is `registration_token_required: true`, which is set here',
  client_secret_path: 'it is now `client_secret_file`; the container of MAS must be able to read that file',
}

export class Conversion {
  readonly index: number
  readonly gaps: Gap[] = []
  readonly mapping: ProviderMapping
  refersToSecret = false
  private readonly source: YAMLMap
  private readonly from: ListSource
  private readonly result = new YAMLMap()
  private readonly claims: ClaimsImports
  /** By target key in MAS. Comments for a key that is missing go to the provider. */
  private readonly comments = new Map<string, string[]>()

  constructor(source: YAMLMap, index: number, from: ListSource) {
    this.source = source
    this.from = from
    this.index = index
    this.mapping = { authProvider: authProviderOf(this.text('idp_id')), ulid: this.id() }
    this.claims = new ClaimsImports(this.text('issuer'), (key, hint) => this.gap(key, hint))
  }

  run(byArguments: boolean): YAMLMap {
    const { commentBefore, comment, spaceBefore } = this.source
    Object.assign(this.result, { commentBefore, comment, spaceBefore })
    this.set('id', new Scalar(this.mapping.ulid))
    if (!byArguments) this.set('synapse_idp_id', new Scalar(this.mapping.authProvider))
    for (const pair of this.source.items) this.convert(pair)
    this.addDefaults()
    this.mergeExisting()
    const claims = this.claims.result()
    if (claims) this.set('claims_imports', claims)
    this.addComments('claims_imports', this.claims.comments)
    this.writeComments()
    return this.result
  }

  private convert(pair: Pair): void {
    const { key, value } = pair
    const name = isScalar(key) ? String(key.value) : ''
    const same = renamed[name]
    if (holdsCredentials(value)) {
      this.gap(name, 'its URL contains a password')
    } else if (same !== undefined && isScalar(value)) {
      this.set(same, name === 'issuer' ? asIssuer(value) : value, key)
    } else if (name === 'user_mapping_provider') {
      this.claims.add(key, value)
    } else if (name === 'additional_authorization_parameters') {
      this.parameters(value, key)
    } else {
      this.addComments(this.convertOther(name, value), commentsIn(key, value))
    }
  }

  /** @returns the key in MAS that gets the comments. */
  private convertOther(name: string, value: unknown): string {
    switch (name) {
      case 'idp_id':
        return 'synapse_idp_id'
      case 'client_secret':
        this.refersToSecret = !isKept(value)
        this.set('client_secret', clientSecret(value, this.index, this.from))
        return 'client_secret'
      case 'client_secret_path':
        this.gap(name)
        this.set('client_secret_file', withoutComments(value))
        return 'client_secret_file'
      case 'scopes':
        this.scopes(value)
        return 'scope'
      case 'discover':
      case 'skip_verification':
        return 'discovery_mode'
      case 'user_profile_method':
        return 'fetch_userinfo'
      case 'backchannel_logout_enabled':
        this.backchannelLogout()
        return 'on_backchannel_logout'
      case 'allow_existing_users':
        return 'claims_imports'
      case 'enable_registration':
        if (this.switch(name) === false) {
          this.gap(name)
          this.set('registration_token_required', new Scalar('true'))
        }
        return 'registration_token_required'
      default:
        this.gap(name)
        return ''
    }
  }

  /** Sets keys whose defaults differ between Synapse and MAS, and keys that depend on several keys of Synapse. */
  private addDefaults(): void {
    const hasSecret = this.result.has('client_secret') || this.result.has('client_secret_file')
    if (!this.result.has('token_endpoint_auth_method')) {
      this.set('token_endpoint_auth_method', new Scalar(hasSecret ? 'client_secret_basic' : 'none'))
    }
    if (!this.source.has('scopes')) this.set('scope', new Scalar('openid'))
    const isDisabled = this.switch('discover') === false
    const isInsecure = this.switch('skip_verification') === true
    if (isDisabled || isInsecure) {
      this.set('discovery_mode', new Scalar(isDisabled ? 'disabled' : 'insecure'))
    }
    const scope = this.result.get('scope')
    const lacksOpenid = typeof scope === 'string' && !scope.includes('{') && !/\bopenid\b/.test(scope)
    const fetches = this.text('user_profile_method') === 'userinfo_endpoint' || lacksOpenid
    if (fetches) this.set('fetch_userinfo', new Scalar('true'))
    if (!isDisabled) return
    const required = [
      ...(fetches ? ['userinfo_endpoint'] : []),
      ...(fetches && lacksOpenid ? [] : ['jwks_uri']),
    ]
    for (const key of required) {
      if (!this.result.has(key))
        this.gap('discover', `without discovery, MAS needs \`${key}\`, which is not set`)
    }
  }

  private mergeExisting(): void {
    if (this.switch('allow_existing_users') !== true) return
    const isSet = this.claims.mergeExisting()
    const closest = 'the closest setting is `localpart.on_conflict: add`'
    this.gap(
      'allow_existing_users',
      isSet ? `${closest}, which is set here` : `${closest}, which needs the action \`require\``,
    )
  }

  private backchannelLogout(): void {
    const isOn = this.switch('backchannel_logout_enabled')
    if (isOn === undefined) return
    this.set('on_backchannel_logout', new Scalar(isOn ? 'logout_all' : 'do_nothing'))
  }

  private addComments(target: string, texts: readonly string[]): void {
    this.comments.set(target, [...(this.comments.get(target) ?? []), ...texts])
  }

  private writeComments(): void {
    for (const [target, texts] of this.comments) {
      const pair = this.result.items.find(({ key }) => isScalar(key) && key.value === target)
      const node = isScalar(pair?.key) ? pair.key : this.result
      const comment = joined(node.commentBefore, ...texts)
      if (comment !== undefined) node.commentBefore = comment
    }
    const gaps = this.gaps.map(({ key, hint }) => ` ${key} of Synapse: ${hint.replaceAll('`', '')}`)
    this.result.commentBefore = joined(this.result.commentBefore, ...gaps) ?? null
  }

  private set(name: string, value: unknown, source?: unknown): void {
    this.result.items.push(new Pair(new Scalar(name), value))
    this.addComments(name, ownComments(source))
  }

  private scopes(value: unknown): void {
    const words = isSeq(value) ? value.items.map(item => (isScalar(item) ? String(item.value) : '')) : []
    if (!isSeq(value) || words.some(word => word === '')) {
      this.gap('scopes', 'it is not a list of plain words')
      return
    }
    const scope = new Scalar(words.join(' '))
    scope.type = Scalar.QUOTE_DOUBLE
    this.set('scope', scope)
  }

  /** MAS has a separate key for the response mode. */
  private parameters(value: unknown, key: unknown): void {
    if (!isMap(value)) {
      this.set('additional_authorization_parameters', value, key)
      return
    }
    const mode = value.get('response_mode', true)
    value.delete('response_mode')
    if (mode) this.set('response_mode', mode)
    for (const { key: name, value: parameter } of [...value.items]) {
      if (!isScalar(name) || !(isSecretName(String(name.value)) || holdsCredentials(parameter))) continue
      value.delete(name)
      this.gap(
        `additional_authorization_parameters.${String(name.value)}`,
        'it may be a secret: copy it yourself',
      )
    }
    if (value.items.length > 0) this.set('additional_authorization_parameters', value, key)
  }

  private gap(key: string, hint = hints[key] ?? noEquivalent): void {
    this.gaps.push({ index: this.index, key, hint })
  }

  /** A YAML 1.1 boolean, plain or quoted. An unknown value is a gap; the result is `undefined`, as for a missing key. */
  private switch(key: string): boolean | undefined {
    const value = this.source.get(key)
    if (value === undefined) return undefined
    if (/^(?:true|yes|on)$/i.test(String(value))) return true
    if (/^(?:false|no|off)$/i.test(String(value))) return false
    const isReported = this.gaps.some(gap => gap.key === key)
    if (!isReported) this.gap(key, 'its value is neither `true` nor `false`')
    return undefined
  }

  private text(key: string): string | undefined {
    const value = this.source.get(key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** Derived from the provider, so that a proposed change is the same in every run. */
  private id(): string {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    const parts = [this.index, this.text('idp_id'), this.text('issuer'), this.text('client_id')]
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
    return `01${Array.from({ length: 24 }, (_, at) => alphabet[(digest[at] ?? 0) % 32]).join('')}`
  }
}

function asIssuer(value: Scalar): Scalar {
  const address = String(value.value)
  return Object.assign(value, hasNoSlash(address) && { value: withoutSlash(address) })
}

function withoutComments(value: unknown): unknown {
  if (!isScalar(value)) return value
  const copy = value.clone()
  Object.assign(copy, { comment: undefined, commentBefore: undefined })
  return copy
}
