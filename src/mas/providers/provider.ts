import { createHash } from 'node:crypto'
import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap } from 'yaml'
import { ClaimsImports } from './claims.ts'
import { commentsIn, isSecretName, joined, ownComments } from './comments.ts'
import { authProviderOf, type ProviderMapping } from './provider-mapping.ts'
import { clientSecret, holdsCredentials, isKept } from './secrets.ts'

/** What of a provider of Synapse MAS has nothing for, or something near only. */
export interface Gap {
  /** Its index in the list, from 0. */
  readonly index: number
  readonly key: string
  /** A clause: what is near, or that there is nothing. */
  readonly hint: string
}

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
  id_token_signing_alg_values_supported:
    '`id_token_signed_response_alg` is near, and takes one: RS256 where it is not set',
  attribute_requirements: `${nothing}: who may log in is for the provider to decide`,
  enable_registration: '`registration_token_required: true` is near, and is set here',
  client_secret_path: 'it became `client_secret_file`; the file must be where the container of MAS sees it',
}

/** The counterpart in MAS of one provider of Synapse. */
export class Conversion {
  readonly index: number
  readonly gaps: Gap[] = []
  readonly mapping: ProviderMapping
  refersToSecret = false
  private readonly source: YAMLMap
  private readonly result = new YAMLMap()
  private readonly claims: ClaimsImports
  /** By the key of MAS that they go to; those of a key that is not there go to the provider. */
  private readonly comments = new Map<string, string[]>()

  constructor(source: YAMLMap, index: number) {
    this.source = source
    this.index = index
    this.mapping = { authProvider: authProviderOf(this.text('idp_id')), ulid: this.id() }
    this.claims = new ClaimsImports((key, hint) => this.gap(key, hint))
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
    this.note('claims_imports', this.claims.comments)
    this.writeComments()
    return this.result
  }

  private convert(pair: Pair): void {
    const { key, value } = pair
    const name = isScalar(key) ? String(key.value) : ''
    const same = renamed[name]
    if (holdsCredentials(value)) {
      this.gap(name, 'its address holds a password')
    } else if (same !== undefined && isScalar(value)) {
      this.set(same, value, key)
    } else if (name === 'user_mapping_provider') {
      this.claims.add(key, value)
    } else if (name === 'additional_authorization_parameters') {
      this.parameters(value, key)
    } else {
      this.note(this.convertOther(name, value), commentsIn(key, value))
    }
  }

  /** @returns the key of MAS that comments go to. */
  private convertOther(name: string, value: unknown): string {
    switch (name) {
      case 'idp_id':
        return 'synapse_idp_id'
      case 'client_secret':
        this.refersToSecret = !isKept(value)
        this.set('client_secret', clientSecret(value, this.index))
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

  /** What Synapse has by default and MAS otherwise, and what several keys of Synapse decide together. */
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
    const wanted = [
      ...(fetches ? ['userinfo_endpoint'] : []),
      ...(fetches && lacksOpenid ? [] : ['jwks_uri']),
    ]
    for (const key of wanted) {
      if (!this.result.has(key))
        this.gap('discover', `without discovery MAS needs a \`${key}\`, which is not given`)
    }
  }

  private mergeExisting(): void {
    if (this.switch('allow_existing_users') !== true) return
    const isSet = this.claims.mergeExisting()
    const near = '`localpart.on_conflict: add` is near'
    this.gap(
      'allow_existing_users',
      isSet ? `${near}, and is set here` : `${near}, and needs the action \`require\``,
    )
  }

  private backchannelLogout(): void {
    const isOn = this.switch('backchannel_logout_enabled')
    if (isOn === undefined) return
    this.set('on_backchannel_logout', new Scalar(isOn ? 'logout_all' : 'do_nothing'))
  }

  private note(target: string, texts: readonly string[]): void {
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
    this.note(name, ownComments(source))
  }

  private scopes(value: unknown): void {
    const words = isSeq(value) ? value.items.map(item => (isScalar(item) ? String(item.value) : '')) : []
    if (!isSeq(value) || words.some(word => word === '')) {
      this.gap('scopes', 'its words cannot be told')
      return
    }
    const scope = new Scalar(words.join(' '))
    scope.type = Scalar.QUOTE_DOUBLE
    this.set('scope', scope)
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
    for (const { key: name, value: parameter } of [...value.items]) {
      if (!isScalar(name) || !(isSecretName(String(name.value)) || holdsCredentials(parameter))) continue
      value.delete(name)
      this.gap(
        `additional_authorization_parameters.${String(name.value)}`,
        'it may be a secret: add it yourself',
      )
    }
    if (value.items.length > 0) this.set('additional_authorization_parameters', value, key)
  }

  private gap(key: string, hint = hints[key] ?? nothing): void {
    this.gaps.push({ index: this.index, key, hint })
  }

  /** A YAML 1.1 switch, plain or quoted; one that cannot be told is a gap, and `undefined` as one that is not there. */
  private switch(key: string): boolean | undefined {
    const value = this.source.get(key)
    if (value === undefined) return undefined
    if (/^(?:true|yes|on)$/i.test(String(value))) return true
    if (/^(?:false|no|off)$/i.test(String(value))) return false
    const isTold = this.gaps.some(gap => gap.key === key)
    if (!isTold) this.gap(key, 'it cannot be told whether it is on')
    return undefined
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

function withoutComments(value: unknown): unknown {
  if (!isScalar(value)) return value
  const copy = value.clone()
  Object.assign(copy, { comment: undefined, commentBefore: undefined })
  return copy
}
