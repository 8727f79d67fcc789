/**
 * HTTP of the practice Graph. For each call: sign in, meet the faults on order, check scopes, run the method, write the
 * record, then answer (or hold, or cut). Nothing is answered that is not in the record.
 */
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { httpDate, waitHeader } from '../clock.ts'
import { afterwards, cutBefore } from '../afterwards.ts'
import { type Call, requested } from '../calls.ts'
import { CutConnectionError } from '../faults.ts'
import { hold } from '../hold.ts'
import { InputError } from '../json.ts'
import { addressKey, isOfficeAddress } from '../mime/addresses.ts'
import { recordCall, returnedFields } from '../records.ts'
import { accountAt, sharedAccess } from '../store/accounts.ts'
import { type Bearer, bearerOfAccessToken } from '../store/tokens.ts'
import type { GraphParts, GraphReply } from './graph-call.ts'
import {
  GraphError,
  accessDenied,
  badRequest,
  errorBody,
  invalidToken,
  itemNotFound,
  noMailbox,
  noUser,
  sendAsDenied,
  throttled,
  tooLarge,
} from './graph-errors.ts'
import { type GraphMethod, METHODS } from './graph-methods.ts'
import { SEND_CALL as SEND, mostBytes } from './graph-send.ts'
import { GRAPH_REFUSALS } from './refusals.ts'
import { GRAPH, worthInShared } from './scopes.ts'
import { CLIENT } from './tenant.ts'

type Environment = { Bindings: HttpBindings }

export function graphRoutes(parts: GraphParts): Hono<Environment> {
  const app = new Hono<Environment>()
  const underWay = new Map<string, number>()
  app.all('/v1.0/*', async (c) => {
    const bearer = bearerOf(parts, c)
    const mailbox = bearer === undefined ? '' : mailboxIn(c, bearer)
    const others = underWay.get(mailbox) ?? 0
    underWay.set(mailbox, others + 1)
    try {
      const asked = askedFor(c)
      const call = requested(asked?.method.name ?? 'graph.unknown', c.req)
      const most = parts.faults.behaves('callsAtOnce', mailbox, call)
      const door = most === 0 || others < most ? 'let in' : 'one too many'
      return await answer(parts, c, { asked, bearer: bearer && { ...bearer, mailbox, call }, door })
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

/** Who signed in, and whose mailbox the call is about. */
interface Caller extends Bearer {
  readonly mailbox: string
  readonly call: Call
}

function segmentsOf(c: Context): readonly string[] {
  const path = new URL(c.req.url).pathname.split('/graph/v1.0/')[1] ?? ''
  return path.split('/').map(decodeURIComponent)
}

/** The own mailbox, unless the path names somebody else's. */
function mailboxIn(c: Context, { account }: Bearer): string {
  const [root, user = ''] = segmentsOf(c)
  return root === 'users' ? addressKey(user) : account
}

interface Asked {
  readonly method: GraphMethod
  readonly ids: readonly string[]
}

interface Admission {
  readonly asked: Asked | undefined
  readonly bearer: Caller | undefined
  readonly door: 'let in' | 'one too many'
}

async function answer(
  parts: GraphParts,
  c: Context<Environment>,
  { asked, bearer, door }: Admission,
): Promise<Response> {
  const outcome = door === 'let in' ? await attempt(parts, asked, bearer, c) : failed(parts, throttled('1'))
  const reply: GraphReply = outcome === 'cut' ? { status: 0, body: undefined } : outcome
  const raw = Buffer.isBuffer(reply.body)
  recordCall(parts.store, {
    at: parts.clock.now(),
    mailbox: bearer?.mailbox ?? '',
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

function askedFor(c: Context): Asked | undefined {
  const segments = segmentsOf(c)
  const path = (segments[0] === 'users' ? ['me', ...segments.slice(2)] : segments).join('/')
  for (const method of METHODS) {
    const match = method.verb === c.req.method ? method.path.exec(path) : null
    if (match !== null) return { method, ids: match.slice(1) }
  }
  return undefined
}

async function attempt(
  parts: GraphParts,
  asked: Asked | undefined,
  bearer: Caller | undefined,
  c: Context,
): Promise<GraphReply | 'cut'> {
  try {
    if (bearer === undefined) throw invalidToken()
    if (asked === undefined) throw badRequest('BadRequest', 'Resource not found for the segment.')
    const ordered = orderedFailure(parts, bearer)
    if (ordered !== undefined) return ordered
    const scopes = worthHere(bearer)
    if (!scopes.some((scope) => asked.method.scopes.includes(scope))) throw accessDenied()
    checkShared(parts, asked.method, bearer)
    const stranger = Object.keys(c.req.query()).find((name) => !asked.method.parameters.includes(name))
    if (stranger !== undefined)
      throw badRequest('BadRequest', `${asked.method.name} does not know ${stranger}.`)
    return await carriedOut(parts, asked, { ...bearer, scopes }, c)
  } catch (failure) {
    if (failure instanceof CutConnectionError) return 'cut'
    if (failure instanceof InputError)
      return failed(parts, badRequest('ErrorInvalidRequest', failure.message))
    if (failure instanceof GraphError) return failed(parts, failure)
    throw failure
  }
}

function worthHere({ account, mailbox, scopes }: Caller): readonly string[] {
  return mailbox === account ? scopes : worthInShared(scopes)
}

/** Whoever may open a mailbox of others may not send under its address for that, and the other way round. */
function checkShared({ store }: GraphParts, method: GraphMethod, { account, mailbox }: Caller): void {
  if (mailbox === account) return
  if (accountAt(store, mailbox) === undefined) throw noUser()
  const access = sharedAccess(store, mailbox, account)
  const sends = method.scopes.includes(GRAPH.send)
  if (access === undefined && !sends) throw itemNotFound()
  if (access?.read !== true) throw accessDenied()
  if (sends && !access.sendAs) throw sendAsDenied()
}

function failed(parts: GraphParts, { failure }: GraphError): GraphReply {
  return {
    status: failure.status,
    body: errorBody(failure, parts.clock.now()),
    ...(failure.headers === undefined ? {} : { headers: failure.headers }),
  }
}

/** Sending meets these orders where it is accepted (graph-send.ts). */
async function carriedOut(parts: GraphParts, asked: Asked, caller: Caller, c: Context): Promise<GraphReply> {
  if (asked.method.name === SEND) return run(parts, asked, caller, c)
  const answering = { mailbox: caller.mailbox, call: caller.call, usual: SEND }
  cutBefore(parts.faults, answering)
  const reply = await run(parts, asked, caller, c)
  return { ...reply, ...afterwards(parts.faults, answering) }
}

function orderedFailure(parts: GraphParts, { mailbox, call }: Caller): GraphReply | undefined {
  const { faults, clock } = parts
  const throttle = faults.strike('throttle', mailbox, {
    call,
    usual: SEND,
    fits: (fault) => fault.until > clock.now(),
  })
  if (throttle !== undefined) {
    throw throttled(waitHeader(throttle.retryAfter ?? 'date', throttle.until, clock.now()))
  }
  const refusal = faults.refusal(GRAPH_REFUSALS, mailbox, call)
  if (refusal !== undefined) throw new GraphError(refusal.failure)
  const fail = faults.strike('fail', mailbox, { call })
  if (fail === undefined) return undefined
  if (fail.status === 0) throw new CutConnectionError(`${call.name} is cut off, as it was ordered`)
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

async function run(parts: GraphParts, asked: Asked, bearer: Caller, c: Context): Promise<GraphReply> {
  const account = accountAt(parts.store, bearer.mailbox)
  if (account === undefined || !isOfficeAddress(account.address)) throw noMailbox()
  const most = mostBytes(parts, bearer.mailbox, bearer.call)
  if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge()
  const body = asked.method.verb === 'GET' ? Buffer.alloc(0) : Buffer.from(await c.req.arrayBuffer())
  if (body.length > most) throw tooLarge()
  return asked.method.run(parts, {
    account,
    call: bearer.call,
    scopes: bearer.scopes,
    url: new URL(c.req.url),
    ids: asked.ids,
    prefer: (c.req.header('prefer') ?? '').toLowerCase(),
    contentType: (c.req.header('content-type') ?? '').toLowerCase(),
    body,
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
