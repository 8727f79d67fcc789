/**
 * HTTP of the practice Graph. For each call: sign in, meet the faults on order, check scopes, run the method, write the
 * record, then answer (or hold, or cut). Nothing is answered that is not in the record.
 */
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { httpDate } from '../clock.ts'
import { CutConnectionError } from '../faults.ts'
import { type Holding, hold } from '../hold.ts'
import { InputError } from '../json.ts'
import { addressKey, isOfficeAddress } from '../mime/addresses.ts'
import { recordCall, returnedFields } from '../records.ts'
import { accountAt } from '../store/accounts.ts'
import { type Bearer, bearerOfAccessToken } from '../store/tokens.ts'
import type { GraphParts, GraphReply } from './graph-call.ts'
import {
  GraphError,
  accessDenied,
  badRequest,
  errorBody,
  invalidToken,
  noMailbox,
  throttled,
  tooLarge,
} from './graph-errors.ts'
import { type GraphMethod, METHODS } from './graph-methods.ts'
import { MOST_REQUEST_BYTES } from './graph-send.ts'
import { GRAPH_REFUSALS } from './refusals.ts'
import { CLIENT } from './tenant.ts'

type Environment = { Bindings: HttpBindings }

/** Requests of one mailbox that may be under way at once; the next one is refused. */
const MOST_AT_ONCE = 4

export function graphRoutes(parts: GraphParts & Holding): Hono<Environment> {
  const app = new Hono<Environment>()
  const underWay = new Map<string, number>()
  app.all('/v1.0/*', async (c) => {
    const bearer = bearerOf(parts, c)
    const mailbox = bearer?.account ?? ''
    const others = underWay.get(mailbox) ?? 0
    underWay.set(mailbox, others + 1)
    try {
      return await answer(parts, c, bearer, others < MOST_AT_ONCE ? 'let in' : 'one too many')
    } finally {
      underWay.set(mailbox, (underWay.get(mailbox) ?? 1) - 1)
    }
  })
  return app
}

function bearerOf(parts: GraphParts, c: Context<Environment>): Bearer | undefined {
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  const found = bearerOfAccessToken(parts.store, token, parts.clock.now())
  return found?.client === CLIENT.id ? found : undefined
}

interface Asked {
  readonly method: GraphMethod
  readonly ids: readonly string[]
}

async function answer(
  parts: GraphParts & Holding,
  c: Context<Environment>,
  bearer: Bearer | undefined,
  door: 'let in' | 'one too many',
): Promise<Response> {
  const asked = askedFor(c, bearer)
  const outcome =
    door === 'let in' ? await attempt(parts, asked, bearer, c) : failed(parts, throttled({ seconds: 1 }))
  const reply: GraphReply = outcome === 'cut' ? { status: 0, body: undefined } : outcome
  const raw = Buffer.isBuffer(reply.body)
  recordCall(parts.store, {
    at: parts.clock.now(),
    mailbox: bearer?.account ?? '',
    method: asked?.method.name ?? 'graph.unknown',
    ids: reply.messages ?? [],
    threadIds: reply.threads ?? [],
    format: raw ? 'raw' : '',
    fields: raw ? ['$value'] : returnedFields(reply.body ?? {}),
    scopes: bearer?.scopes ?? [],
    status: reply.status ?? 200,
  })
  if (outcome === 'cut' || reply.afterwards === 'cut') {
    c.env.outgoing.destroy()
    return RESPONSE_ALREADY_SENT
  }
  if (reply.afterwards !== undefined) await hold(parts, reply.afterwards.stallMs, c.req.raw.signal)
  return present(reply, parts.clock.now())
}

function askedFor(c: Context, bearer: Bearer | undefined): Asked | undefined {
  const segments = new URL(c.req.url).pathname.split('/graph/v1.0/')[1]?.split('/') ?? []
  const [root, user, ...rest] = segments.map(decodeURIComponent)
  const ownUser = root === 'users' && addressKey(user ?? '') === bearer?.account
  const path = (ownUser ? ['me', ...rest] : segments.map(decodeURIComponent)).join('/')
  for (const method of METHODS) {
    const match = method.verb === c.req.method ? method.path.exec(path) : null
    if (match !== null) return { method, ids: match.slice(1) }
  }
  return undefined
}

async function attempt(
  parts: GraphParts,
  asked: Asked | undefined,
  bearer: Bearer | undefined,
  c: Context,
): Promise<GraphReply | 'cut'> {
  try {
    if (bearer === undefined) throw invalidToken()
    if (asked === undefined) throw badRequest('BadRequest', 'Resource not found for the segment.')
    const ordered = orderedFailure(parts, asked.method, bearer)
    if (ordered !== undefined) return ordered
    if (!bearer.scopes.some((scope) => asked.method.scopes.includes(scope))) throw accessDenied()
    const stranger = Object.keys(c.req.query()).find((name) => !asked.method.parameters.includes(name))
    if (stranger !== undefined)
      throw badRequest('BadRequest', `${asked.method.name} does not know ${stranger}.`)
    return await run(parts, asked, bearer, c)
  } catch (failure) {
    if (failure instanceof CutConnectionError) return 'cut'
    if (failure instanceof InputError)
      return failed(parts, badRequest('ErrorInvalidRequest', failure.message))
    if (failure instanceof GraphError) return failed(parts, failure)
    throw failure
  }
}

function failed(parts: GraphParts, { failure }: GraphError): GraphReply {
  return {
    status: failure.status,
    body: errorBody(failure, parts.clock.now()),
    ...(failure.headers === undefined ? {} : { headers: failure.headers }),
  }
}

function orderedFailure(parts: GraphParts, method: GraphMethod, bearer: Bearer): GraphReply | undefined {
  const { faults, clock } = parts
  const throttle = faults.strike('throttle', bearer.account, (fault) => {
    const applies = fault.method === '*' || method.name === (fault.method ?? 'graph.me.sendMail')
    return applies && fault.until > clock.now()
  })
  if (throttle !== undefined) {
    const seconds = Math.ceil((throttle.until - clock.now()) / 1000)
    if (throttle.retryAfter === 'none') throw throttled(undefined)
    throw throttled(throttle.retryAfter === 'seconds' ? { seconds } : { until: throttle.until })
  }
  const refusal = faults.refusal(GRAPH_REFUSALS, bearer.account, method.name)
  if (refusal !== undefined) throw new GraphError(refusal.failure)
  const fail = faults.strike(
    'fail',
    bearer.account,
    (fault) => fault.method === undefined || fault.method === method.name,
  )
  if (fail === undefined) return undefined
  if (fail.status === 0) throw new CutConnectionError(`${method.name} is cut off, as it was ordered`)
  const usual = errorBody(
    { code: 'ServiceUnavailable', message: 'The service is currently unavailable.' },
    clock.now(),
  )
  return {
    status: fail.status,
    body: typeof fail.body === 'object' && fail.body !== null ? { ...fail.body } : usual,
    ...(fail.retryAfter === undefined ? {} : { headers: { 'retry-after': fail.retryAfter } }),
  }
}

async function run(parts: GraphParts, asked: Asked, bearer: Bearer, c: Context): Promise<GraphReply> {
  const account = accountAt(parts.store, bearer.account)
  if (account === undefined || !isOfficeAddress(account.address)) throw noMailbox()
  if (Number(c.req.header('content-length') ?? 0) > MOST_REQUEST_BYTES) throw tooLarge()
  return asked.method.run(parts, {
    account,
    scopes: bearer.scopes,
    url: new URL(c.req.url),
    ids: asked.ids,
    prefer: (c.req.header('prefer') ?? '').toLowerCase(),
    contentType: (c.req.header('content-type') ?? '').toLowerCase(),
    body: asked.method.verb === 'GET' ? Buffer.alloc(0) : Buffer.from(await c.req.arrayBuffer()),
  })
}

/** `Date` tells the time of this world, to which the times of messages belong. */
function present(reply: GraphReply, nowMs: number): Response {
  const status = reply.status ?? 200
  const { body } = reply
  const headers = { date: httpDate(nowMs), ...reply.headers }
  if (body === undefined) return new Response(null, { status, headers })
  if (Buffer.isBuffer(body)) return new Response(new Uint8Array(body), { status, headers })
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type':
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      'cache-control': 'private',
      ...headers,
    },
  })
}
