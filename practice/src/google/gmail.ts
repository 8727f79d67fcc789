/**
 * HTTP of the practice Gmail. For each call: sign in, meet the faults on order, check scopes, run the method, trim to
 * `fields`, write the record, then answer (or hold, or cut). Nothing is answered that is not in the record.
 */
import { gzipSync } from 'node:zlib'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { type RealTime, isoTime, waitHeader } from '../clock.ts'
import { afterwards, cutBefore } from '../afterwards.ts'
import { type Call, requested } from '../calls.ts'
import { CutConnectionError } from '../faults.ts'
import { hold } from '../hold.ts'
import { addressKey } from '../mime/addresses.ts'
import { recordCall, returnedFields } from '../records.ts'
import { accountAt } from '../store/accounts.ts'
import { type Bearer, bearerOfAccessToken } from '../store/tokens.ts'
import { FieldsError, type Selection, parseFields, select } from './fields.ts'
import type { GmailReply } from './gmail-call.ts'
import {
  GmailError,
  badRequest,
  errorBody,
  forbidden,
  insufficientScope,
  invalidCredentials,
  notFound,
  rateLimited,
  tooLarge,
} from './gmail-errors.ts'
import { type GmailMethod, gmailMethods } from './gmail-methods.ts'
import { checkFields } from './known-fields.ts'
import { Limits } from './limits.ts'
import { checkParameters } from './parameters.ts'
import { GMAIL_REFUSALS } from './refusals.ts'
import { MOST_UPLOAD_BYTES, SEND_CALL as SEND, type SendParts } from './gmail-send.ts'
import type { WatchParts } from './gmail-watch.ts'
import { GMAIL, MAIL_GOOGLE } from './scopes.ts'

const CONTENTS = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly]

export interface GmailParts extends SendParts, WatchParts {
  readonly real: RealTime
  /** Ends every held answer when the server stops. */
  readonly stopping: AbortSignal
}

interface Caller extends Bearer {
  readonly call: Call
}

type LimitedParts = GmailParts & { readonly limits: Limits }
type Environment = { Bindings: HttpBindings }

export function gmailRoutes(parts: GmailParts): Hono<Environment> {
  const app = new Hono<Environment>()
  const limited = { ...parts, limits: new Limits(parts) }
  for (const method of gmailMethods(parts)) {
    app.on(method.verb, method.path, async (c) => answer(limited, method, c))
  }
  return app
}

async function answer(parts: LimitedParts, method: GmailMethod, c: Context<Environment>): Promise<Response> {
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  const bearer = bearerOfAccessToken(parts.store, token, parts.clock.now())
  const outcome = await attempt(parts, method, bearer, c)
  const reply = outcome === 'cut' ? { status: 0, body: {} } : outcome
  recordCall(parts.store, {
    at: parts.clock.now(),
    mailbox: bearer?.account ?? '',
    method: method.name,
    ids: reply.ids ?? [],
    threadIds: reply.threadIds ?? [],
    format: reply.format ?? '',
    fields: returnedFields(reply.body),
    scopes: bearer?.scopes ?? [],
    status: reply.status ?? 200,
  })
  if (outcome === 'cut' || reply.afterwards === 'cut') {
    c.env.outgoing.destroy()
    return RESPONSE_ALREADY_SENT
  }
  if (reply.afterwards !== undefined) await hold(parts, reply.afterwards.stallMs, c.req.raw.signal)
  return present(reply, c.req.header('accept-encoding'))
}

async function attempt(
  parts: LimitedParts,
  method: GmailMethod,
  bearer: Bearer | undefined,
  c: Context,
): Promise<GmailReply | 'cut'> {
  try {
    if (bearer === undefined) throw invalidCredentials()
    const { limits } = parts
    const call = requested(method.name, c.req)
    const ordered = orderedFailure(parts, call, bearer)
    if (ordered !== undefined) return ordered
    if (!bearer.scopes.some((scope) => method.terms.scopes.includes(scope))) throw insufficientScope()
    checkParameters(method.name, new URL(c.req.url).searchParams)
    limits.spend(bearer.account, call, method.terms.units)
    if (method.name === SEND) limits.checkDay(bearer.account, call)
    const selection = wantedFields(c.req.query('fields'), method.terms.answers)
    return trimmed(await carriedOut(parts, method, { ...bearer, call }, c), selection)
  } catch (failure) {
    if (failure instanceof CutConnectionError) return 'cut'
    if (failure instanceof FieldsError) return failed(badRequest(failure.message))
    if (failure instanceof GmailError) return failed(failure)
    throw failure
  }
}

function failed(failure: GmailError): GmailReply {
  const { status, headers } = failure.failure
  return { status, body: errorBody(failure.failure), ...(headers === undefined ? {} : { headers }) }
}

/** Sending meets these orders where it is accepted (gmail-send.ts). */
async function carriedOut(
  parts: GmailParts,
  method: GmailMethod,
  caller: Caller,
  c: Context,
): Promise<GmailReply> {
  if (method.name === SEND) return run(parts, method, caller, c)
  const answering = { mailbox: caller.account, call: caller.call, usual: SEND }
  cutBefore(parts.faults, answering)
  const reply = await run(parts, method, caller, c)
  return { ...reply, ...afterwards(parts.faults, answering) }
}

function orderedFailure(parts: GmailParts, call: Call, bearer: Bearer): GmailReply | undefined {
  const { faults, clock } = parts
  const throttle = faults.strike('throttle', bearer.account, {
    call,
    usual: SEND,
    fits: (fault) => fault.until > clock.now(),
  })
  if (throttle !== undefined)
    throw rateLimited(
      (throttle.retryAfter ?? 'sentence') === 'sentence' ? isoTime(throttle.until) : undefined,
      {
        what: throttle.method === '*' ? 'everything' : 'sending',
        as: throttle.as,
        header: waitHeader(throttle.retryAfter ?? '', throttle.until, clock.now()),
      },
    )
  const refusal = faults.refusal(GMAIL_REFUSALS, bearer.account, call)
  if (refusal !== undefined) throw new GmailError(refusal.failure)
  const fail = faults.strike('fail', bearer.account, { call })
  if (fail === undefined) return undefined
  if (fail.status === 0) throw new CutConnectionError(`${call.name} is cut off, as it was ordered`)
  const body =
    fail.body ??
    errorBody({
      status: fail.status,
      reason: 'backendError',
      statusName: 'UNAVAILABLE',
      message: 'The service is currently unavailable.',
    })
  return {
    status: fail.status,
    body: typeof body === 'object' ? { ...body } : { error: body },
    ...(fail.retryAfter === undefined ? {} : { headers: { 'retry-after': fail.retryAfter } }),
  }
}

async function run(parts: GmailParts, method: GmailMethod, bearer: Caller, c: Context): Promise<GmailReply> {
  const account = accountAt(parts.store, bearer.account)
  if (account === undefined) throw notFound()
  const user = c.req.param('userId') ?? 'me'
  if (user !== 'me' && addressKey(user) !== account.key)
    throw forbidden(`Delegation denied for ${account.address}`)
  if (Number(c.req.header('content-length') ?? 0) > MOST_UPLOAD_BYTES * 1.5) throw tooLarge()
  const url = new URL(c.req.url)
  return method.run({
    account,
    call: bearer.call,
    scopes: worthHere(parts, bearer),
    query: url.searchParams,
    id: c.req.param('id') ?? '',
    messageId: c.req.param('messageId') ?? '',
    headers: c.req.raw.headers,
    origin: url.origin,
    body: method.verb === 'GET' ? Buffer.alloc(0) : Buffer.from(await c.req.arrayBuffer()),
  })
}

/** gmail.metadata beside a wider scope takes the contents away (gmail-read.ts), unless it is ordered otherwise. */
function worthHere({ faults }: GmailParts, { scopes, account, call }: Caller): readonly string[] {
  const beside = scopes.includes(GMAIL.metadata) && scopes.some((scope) => CONTENTS.includes(scope))
  if (!beside || faults.behaves('metadataPoisons', account, call)) return scopes
  return scopes.filter((scope) => scope !== GMAIL.metadata)
}

/** Read before the method runs, so that a misspelt selection does not send a mail. */
function wantedFields(fields: string | undefined, resource: string): Selection {
  if (fields === undefined || fields === '') return 'all'
  const selection = parseFields(fields)
  checkFields(selection, resource)
  return selection
}

function trimmed(reply: GmailReply, selection: Selection): GmailReply {
  if (selection === 'all') return reply
  const kept = select(reply.body, selection)
  return { ...reply, body: typeof kept === 'object' && kept !== null ? { ...kept } : {} }
}

/** Answers of some size are compressed when the client takes that, as Google's are. */
function present(reply: GmailReply, encodings: string | undefined): Response {
  const status = reply.status ?? 200
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private',
    ...reply.headers,
  }
  if (status === 204 || status === 308) return new Response(null, { status, headers })
  const body = JSON.stringify(reply.body)
  if (body.length < WORTH_COMPRESSING || encodings?.includes('gzip') !== true)
    return new Response(body, { status, headers })
  const zipped = new Uint8Array(gzipSync(body))
  return new Response(zipped, {
    status,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  })
}

const WORTH_COMPRESSING = 1024
