/**
 * Owns the shape of every JSON route: declared once with the schemas of `api/`, it becomes the validated handler and
 * the entry in the OpenAPI document. A handler returns the plain answer; it is checked against its schema, and what
 * the schema does not name never leaves the house.
 *
 * ```ts
 * const list = workspaceRoute({
 *   method: 'get', path: '/contacts', summary: 'Influencers of the workspace',
 *   query: ContactQuery, answer: pageOf(Contact),              // role: 'viewer' for GET, else 'member', unless named
 * })
 * const change = workspaceRoute({
 *   method: 'patch', path: '/contacts/{id}', summary: 'Change an influencer', body: ContactChange, answer: Contact,
 * })
 * export function contactRoutes(parts: { database: Database }): OpenAPIHono<Env> {
 *   const routes = createRoutes()
 *   serve(routes, list, async (c) => {
 *     const { cursor, limit, ...filter } = c.req.valid('query')
 *     const most = pageLimit(limit)
 *     const after = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]))
 *     const rows = await parts.database.inWorkspace(c.get('actor').workspaceId, (tx) =>
 *       listContacts(tx, { ...filter, after, limit: most + 1 }))
 *     return cutPage(rows, most, (row) => [row.name, row.id])
 *   })
 *   serve(routes, change, async (c) => {
 *     const actor = c.get('actor')
 *     const contact = await parts.database.inWorkspace(actor.workspaceId, (tx) =>
 *       changeContact(tx, c.req.valid('param').id, c.req.valid('json')))
 *     if (contact === undefined) throw problem(404, 'not_found')
 *     return contact
 *   })
 *   return routes
 * }
 * ```
 *
 * Files, redirects and streams are plain Hono: `routes.get('/workspaces/:workspaceId/…', guardRole('viewer'), (c) => …)`.
 */
import { Problem } from '@kontor/api/common'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { Actor, Role } from '../team/index.ts'
import { requireRole } from '../team/index.ts'
import type { Env } from './env.ts'
import { brokenFields, problem, ProblemError, problemOf, problemResponse } from './problem.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Schema = z.ZodType
type Shape = {
  readonly method: Method
  readonly path: string
  readonly summary: string
  readonly query?: Schema
  readonly body?: Schema
  readonly answer: Schema
  /** The least role; GET: viewer, otherwise member. */
  readonly role?: Role
}
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never
type Inputs<S extends Shape> = {
  param: { [Name in NamesIn<S['path']>]: string }
  query: S['query'] extends Schema ? z.output<S['query']> : undefined
  json: S['body'] extends Schema ? z.output<S['body']> : undefined
}
type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

/** A declared route; made by workspaceRoute or openRoute. `path` is the whole path below /api/v1. */
export type Route<S extends Shape = Shape> = {
  readonly shape: S
  readonly path: string
  readonly needed: Role | undefined
}
export type Handler<S extends Shape> = (
  c: Context<Env, string, { in: Inputs<S>; out: Inputs<S> }>,
) => Promise<DeepReadonly<z.input<S['answer']>>>

/** A route inside a workspace; `path` is below /workspaces/{workspaceId}, and `c.get('actor')` is there. */
export function workspaceRoute<const S extends Shape>(shape: S): Route<S> {
  const needed = shape.role ?? (shape.method === 'get' ? 'viewer' : 'member')
  return { shape, path: `/workspaces/{workspaceId}${shape.path}`, needed }
}

/** A route without a workspace: sign-in, links, what creators use. There is no actor. */
export function openRoute<const S extends Shape>(shape: S): Route<S> {
  return { shape, path: shape.path, needed: undefined }
}

/** The answer of a route that has nothing to tell. */
export const done = { ok: true } as const

/** An empty set of routes that refuses broken input with problem details. */
export function createRoutes(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw refusalOf(result.target, result.error)
      if (holdsNul(result.data)) throw problem(400, 'malformed')
      return undefined
    },
  })
}

/** Adds a route with its handler. */
export function serve<S extends Shape>(routes: OpenAPIHono<Env>, route: Route<S>, run: Handler<S>): void {
  const { path, needed } = route
  const { method, summary, query, body, answer } = route.shape
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const params = z.object(Object.fromEntries(names.map((name) => [name, paramSchema(name)])))
  routes.openapi(
    {
      method,
      path,
      summary,
      request: {
        params,
        ...(query === undefined ? {} : { query: query as z.ZodObject }),
        ...(body === undefined
          ? {}
          : { body: { required: true, content: { 'application/json': { schema: body } } } }),
      },
      responses: {
        200: { description: summary, content: { 'application/json': { schema: answer } } },
        default: {
          description: 'Refused (RFC 9457)',
          content: { 'application/problem+json': { schema: Problem } },
        },
      },
    },
    async (c: Context<Env>) => {
      if (needed !== undefined) requireRole(c.get('actor'), needed)
      const value = await run(c as Parameters<Handler<S>>[0])
      return c.json(checked(c, answer, value) as object, 200, { 'cache-control': 'no-store' })
    },
  )
}

/** For plain Hono routes inside a workspace. */
export function guardRole(needed: Role): MiddlewareHandler<Env> {
  return async (c, next) => {
    requireRole(c.get('actor'), needed)
    await next()
  }
}

/** The routes as this actor meets them, with problem details: for what is done on a person's behalf, and for tests. */
export function asActor(actor: Actor, routes: OpenAPIHono<Env>): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  app.use(async (c, next) => {
    c.set('actor', actor)
    c.set('answers', 'strict')
    await next()
  })
  app.onError((error) => {
    const { problem: refusal, unexpected } = problemOf(error)
    if (unexpected) throw error
    return problemResponse(refusal)
  })
  app.route('/', routes)
  return app
}

/** What the schema names of an answer. A mismatch is our mistake: an error in tests, a logged line in service. */
function checked(c: Context<Env>, schema: Schema, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  if (c.get('answers') !== 'lenient')
    throw new Error('an answer does not fit its schema', { cause: parsed.error })
  c.get('log').error(
    { fields: brokenFields(parsed.error), route: c.req.path },
    'an answer does not fit its schema',
  )
  return value
}

function paramSchema(name: string): z.ZodString | z.ZodUUID {
  return name === 'id' || name.endsWith('Id') ? z.uuid() : z.string().min(1).max(400)
}

function refusalOf(target: string, error: z.ZodError): ProblemError {
  if (target === 'param') return problem(404, 'not_found')
  return new ProblemError(400, 'invalid', { fields: brokenFields(error) })
}

/** PostgreSQL text cannot hold U+0000, so no input may. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, each]) => key.includes('\0') || holdsNul(each))
}
