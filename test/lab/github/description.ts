/** GitHub's public OpenAPI description (npm `@octokit/openapi`), as a check of requests. */
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Record<string, unknown>
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content?: { readonly 'application/json'?: { readonly schema: Record<string, unknown> } }
  }
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly parameters: Record<string, Parameter> }
}

const description = createRequire(import.meta.url)(
  '@octokit/openapi/generated/api.github.com.json',
) as Description

const ajv = new Ajv({ strict: false, coerceTypes: true, validateFormats: false, allErrors: true })

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly body: unknown
}

function resolved(parameter: Parameter | { readonly $ref: string }): Parameter {
  if (!('$ref' in parameter)) return parameter
  const found = description.components.parameters[parameter.$ref.split('/').at(-1) ?? '']
  if (!found) throw new Error(`GitHub's description has no ${parameter.$ref}`)
  return found
}

const templates = Object.keys(description.paths).map(template => ({
  template,
  pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)')}$`),
}))

/** The path of the description that a request's path is an instance of, such as `/repos/{owner}/{repo}/issues`. */
export function templateOf(path: string): string | undefined {
  const fitting = templates.filter(({ pattern }) => pattern.test(path)).map(({ template }) => template)
  return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0]
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

function component(reference: string): Json {
  const parts = reference.replace(/^#\//, '').split('/')
  return parts.reduce<Json>(
    (at, part) => (at as Record<string, Json>)[part] ?? null,
    description as unknown as Json,
  )
}

/** A schema of OpenAPI 3.0 as JSON Schema that stands alone: references inlined, `nullable` as a type of its own. */
function standalone(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(standalone)
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref, nullable, ...rest } = schema as Record<string, Json>
  if (typeof $ref === 'string') return standalone(component($ref))
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, standalone(value)]))
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain
}

const compiled = new Map<string, ValidateFunction>()

function validator(key: string, schema: unknown): ValidateFunction {
  const known = compiled.get(key)
  if (known) return known
  const made = ajv.compile(standalone(schema as Json) as Record<string, unknown>)
  compiled.set(key, made)
  return made
}

function complaints(where: string, validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(error => `${where}${error.instancePath} ${error.message ?? 'is wrong'}`)
}

function queryComplaints(key: string, operation: Operation, query: ReadonlyMap<string, string>): string[] {
  const known = new Map(
    (operation.parameters ?? [])
      .map(resolved)
      .filter(p => p.in === 'query')
      .map(p => [p.name, p]),
  )
  const unknown = [...query.keys()].filter(name => !known.has(name)).map(name => `query ${name} is not known`)
  const wrong = [...query].flatMap(([name, value]) => {
    const schema = known.get(name)?.schema
    const holder = { type: 'object', properties: { [name]: schema } }
    return schema ? complaints('query', validator(`${key}?${name}`, holder), { [name]: value }) : []
  })
  return [...unknown, ...wrong]
}

/** What is wrong with a request by GitHub's own description; empty where nothing is. */
export function checkRequest(request: ApiRequest): string[] {
  const template = templateOf(request.path)
  const method = request.method.toLowerCase()
  const operation = template === undefined ? undefined : description.paths[template]?.[method]
  if (!operation) return [`GitHub's API has no ${request.method} ${request.path}`]
  const key = `${method} ${template}`
  const schema = operation.requestBody?.content?.['application/json']?.schema
  const bodyMissing = operation.requestBody?.required && request.body === undefined
  const body =
    schema && request.body !== undefined ? complaints('body', validator(key, schema), request.body) : []
  return [
    ...(bodyMissing ? ['the body is missing'] : []),
    ...queryComplaints(key, operation, request.query),
    ...body,
  ]
}
