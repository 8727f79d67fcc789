/**
 * The contracts of both providers, where they lie beside the repository: Google's discovery document and the OpenAPI
 * description of Graph's mail. Every answer that a test gets of this world has to be one that they describe, with the names and
 * the types that stand there.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Reader } from '../json.ts'

const FOLDER = new URL('../../../../shared/contracts/', import.meta.url)

function read(name: string): Reader | undefined {
  const path = new URL(name, FOLDER)
  return existsSync(path) ? new Reader(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

export const GMAIL_CONTRACT = read('gmail.v1.json')
export const GRAPH_CONTRACT = read('graph-mail-v1.0.openapi.json')

export interface Answered {
  readonly verb: string
  /** As it was asked for, without the query. */
  readonly path: string
  readonly status: number
  /** Undefined where no JSON came. */
  readonly body: unknown
}

/** What is not as the contract has it; nothing where no contract lies or is about this path. */
export function againstContract(answered: Answered): readonly string[] {
  const { path } = answered
  if (GMAIL_CONTRACT !== undefined && /^\/(?:upload\/)?gmail\/v1\//.test(path))
    return againstGmail(GMAIL_CONTRACT, answered)
  if (GRAPH_CONTRACT !== undefined && path.startsWith('/graph/v1.0/'))
    return againstGraph(GRAPH_CONTRACT, answered)
  return []
}

/** What of a value is not as a schema of Graph's has it. */
export function againstSchema(value: unknown, name: string): readonly string[] {
  if (GRAPH_CONTRACT === undefined) return []
  return typesOf(value, { $ref: `#/components/schemas/${name}` }, GRAPH_CONTRACT, name)
}

/** Every operation of Graph's contract with its verb and its path. */
export function graphOperations(): readonly (readonly [verb: string, path: string, operation: Reader])[] {
  return (GRAPH_CONTRACT?.reader('paths').entries() ?? []).flatMap(([path, verbs]) =>
    new Reader(verbs)
      .entries()
      .filter(([verb]) => ['get', 'post', 'patch', 'delete', 'put'].includes(verb))
      .map(([verb, operation]) => [verb.toUpperCase(), path, new Reader(operation)] as const),
  )
}

function againstGmail(document: Reader, { verb, path, status, body }: Answered): readonly string[] {
  if (body === undefined || status === 308) return []
  // failures are described in prose alone: developers.google.com/workspace/gmail/api/guides/handle-errors
  if (status >= 400) return typesOf(body, GMAIL_FAILURE, document, 'error')
  const plain = path.replace(/^\/upload\//, '/').slice(1)
  // the bytes of a resumable upload go to an address of their own
  const asked = verb === 'PUT' ? 'POST' : verb
  const method = gmailMethods(document).find(
    (each) => each.text('httpMethod') === asked && matches(each.text('path'), plain),
  )
  if (method === undefined) return [`${verb} ${path} is no method`]
  const name = method.maybeReader('response')?.text('$ref')
  if (name === undefined || Object.keys(Object(body)).length === 0) return []
  return typesOf(body, { $ref: name }, document, name)
}

const GMAIL_FAILURE = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'integer' },
        message: { type: 'string' },
        status: { type: 'string' },
        errors: { type: 'array', items: { type: 'object', additionalProperties: { type: 'string' } } },
        details: { type: 'array', items: { type: 'object', additionalProperties: { type: 'any' } } },
      },
    },
  },
}

export function gmailMethods(place: Reader): readonly Reader[] {
  const values = (reader: Reader | undefined): readonly Reader[] =>
    (reader?.entries() ?? []).map(([, value]) => new Reader(value))
  return [
    ...values(place.maybeReader('methods')),
    ...values(place.maybeReader('resources')).flatMap(gmailMethods),
  ]
}

function againstGraph(contract: Reader, { verb, path, status, body }: Answered): readonly string[] {
  const plain = path.slice('/graph/v1.0'.length).replace(/\/delta$/, '/delta()')
  const [, operations] =
    contract
      .reader('paths')
      .entries()
      .find(([template]) => matches(template, plain)) ?? []
  const operation = new Reader(operations ?? {}).maybeReader(verb.toLowerCase())
  // what no contract describes has to be refused
  if (operation === undefined) return status >= 400 ? [] : [`${verb} ${path} is no operation`]
  const responses = operation.reader('responses')
  const given =
    responses.maybeReader(String(status)) ?? responses.maybeReader(`${Math.floor(status / 100)}XX`)
  if (given === undefined) return [`${status} is no answer to ${verb} ${path}`]
  const named = given.maybeText('$ref')
  const response = named === undefined ? given : pointed(contract, named)
  const schema = response.maybeReader('content')?.maybeReader('application/json')?.raw('schema')
  if (body === undefined || schema === undefined) return []
  return typesOf(body, schema, contract, operation.text('operationId'))
}

function matches(template: string, path: string): boolean {
  const [asked, wanted] = [path.split('/'), template.split('/')]
  return (
    asked.length === wanted.length &&
    wanted.every((piece, index) => (/^\{.*\}$/.test(piece) ? asked[index] !== '' : piece === asked[index]))
  )
}

/** A name alone is one of Google's schemas; the other form is a JSON pointer. */
function pointed(document: Reader, reference: string): Reader {
  if (!reference.startsWith('#/')) return document.reader('schemas').reader(reference)
  return reference
    .slice(2)
    .split('/')
    .reduce((place, name) => place.reader(name), document)
}

/** Names that the schema does not know, and values of another type, as paths. */
function typesOf(value: unknown, schema: unknown, document: Reader, path: string): readonly string[] {
  const described = new Reader(schema)
  const reference = described.maybeText('$ref')
  if (reference !== undefined)
    return typesOf(value, Object.fromEntries(pointed(document, reference).entries()), document, path)
  if (value === null) return described.flag('nullable', false) ? [] : [`${path} is null`]
  const choices = [...described.readers('oneOf'), ...described.readers('anyOf')]
  if (choices.length > 0) {
    const tried = choices.map((each) => typesOf(value, Object.fromEntries(each.entries()), document, path))
    return tried.some((wrong) => wrong.length === 0) ? [] : (tried[0] ?? [])
  }
  const whole = withParts(described, document)
  if (whole.properties.size > 0 || whole.type === 'object') return objectOf(value, whole, document, path)
  const [type, format] = [whole.type, described.maybeText('format') ?? '']
  if (type === 'array') {
    if (!Array.isArray(value)) return [`${path} is no list`]
    return value.flatMap((each, index) =>
      typesOf(each, described.raw('items') ?? {}, document, `${path}[${index}]`),
    )
  }
  return isOf(value, type, format, whole.words)
    ? []
    : [`${path} is ${JSON.stringify(value)}, not ${type} ${format}`]
}

interface Whole {
  readonly type: string
  readonly properties: ReadonlyMap<string, unknown>
  /** What other names hold. Undefined where there are none: that a client may send more says nothing of what is answered. */
  readonly others: unknown
  readonly words: readonly string[]
}

/** A schema with everything that it is made of. */
function withParts(schema: Reader, document: Reader): Whole {
  const reference = schema.maybeText('$ref')
  const own = reference === undefined ? schema : pointed(document, reference)
  const parts = own.readers('allOf').map((part) => withParts(part, document))
  const others = own.raw('additionalProperties')
  const given = typeof others === 'object' ? others : undefined
  return {
    type: own.maybeText('type') ?? parts.map(({ type }) => type).find((type) => type !== '') ?? '',
    properties: new Map([
      ...parts.flatMap(({ properties }) => [...properties]),
      ...(own.maybeReader('properties')?.entries() ?? []),
    ]),
    others: own.flag('x-odata-openType', false)
      ? {}
      : (given ?? (parts.length === 1 ? parts[0]?.others : undefined)),
    words: [...parts.flatMap(({ words }) => words), ...own.texts('enum')],
  }
}

function objectOf(value: unknown, whole: Whole, document: Reader, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`]
  return Object.entries(value).flatMap(([name, inner]) => {
    const schema = whole.properties.get(name) ?? whole.others
    if (schema !== undefined) return typesOf(inner, schema, document, `${path}.${name}`)
    // notes of the protocol itself, such as @removed
    return name.includes('@') ? [] : [`${path}.${name} is not described`]
  })
}

const FORMS: Readonly<Record<string, RegExp>> = {
  uint64: /^\d{1,20}$/,
  int64: /^-?\d{1,19}$/,
  byte: /^[\w+/=-]*$/,
  base64url: /^[\w+/=-]*$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
}

function isOf(value: unknown, type: string, format: string, words: readonly string[]): boolean {
  if (type === '' || type === 'any') return true
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return typeof value === 'number'
  if (type === 'boolean') return typeof value === 'boolean'
  if (typeof value !== 'string') return false
  return (words.length === 0 || words.includes(value)) && FORMS[format]?.test(value) !== false
}
