/**
 * What Google Cloud Pub/Sub posts when something came into a Gmail mailbox
 * (docs.cloud.google.com/pubsub/docs/authenticate-push-subscriptions, developers.google.com/workspace/gmail/api/guides/push).
 *
 * Each post carries a token that Google signed (RFC 7519, RS256). Signature, issuer, audience, times and the account that
 * delivers are checked before a byte of the body is looked at. Of the body the address alone counts: what came is asked of
 * Gmail itself.
 */
import type * as Jose from 'jose'
import type { FetchImplementation, JWTPayload, JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { OAuthEndpoint, PushTopic } from '../../mailboxes/consent.ts'
import type { Hear, Heard, KnockRefusal, ProviderFailure, PushFault } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { asDate } from '../../platform/clock/index.ts'

export interface GmailPushOptions {
  readonly endpoint: Pick<OAuthEndpoint, 'issuer' | 'jwksUrl'>
  readonly http: HttpClient
  /** Real time, in which tokens live. */
  readonly now: () => Temporal.Instant
}

const Envelope = z.object({ message: z.object({ data: z.base64() }) })
/** `historyId` comes as a number or as a text, and is not needed. */
const Notice = z.object({ emailAddress: z.string().min(3).max(320) })

const clockToleranceSeconds = 60
const keysLiveMs = 3_600_000
const keysRestMs = 30_000
const keysTimeoutMs = 5000
const mostKeyBytes = 256 * 1024

/** Listens to posts for one topic. Without keys nothing can be heard. */
export function gmailHear(options: GmailPushOptions, topic: PushTopic): Hear | undefined {
  const { jwksUrl, issuer } = options.endpoint
  if (jwksUrl === undefined) return undefined
  let keys: JWTVerifyGetKey | undefined
  return async ({ body, authorization, url }) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return refusals.unsigned('')
    const expected = { issuer, audience: topic.audience ?? url }
    // the library is loaded where somebody knocks: a worker is up sooner without it
    const jose = await import('jose')
    keys ??= keysAt(jose, jwksUrl, options.http)
    const genuine = await verified(jose, keys, token, expected, options.now())
    if (!('claims' in genuine)) return refusals[genuine.fault](genuine.said)
    const { email, email_verified: proven } = genuine.claims
    if (email !== topic.account || proven !== true)
      return refusals.account(proven === true && typeof email === 'string' ? email : '')
    const address = addressIn(body)
    return { kind: 'rung', status: 204, rings: address === undefined ? [] : [{ address }] }
  }
}

const longestSaid = 300
const refusedAs =
  (status: 401 | 403 | 503, fault: KnockRefusal['fault']) =>
  (said: string): Heard => ({ kind: 'refused', status, why: { fault, said: said.slice(0, longestSaid) } })
const refusals = {
  unsigned: refusedAs(401, 'unsigned'),
  audience: refusedAs(401, 'audience'),
  account: refusedAs(403, 'account'),
  // Google tries again: whether the post is genuine cannot be said without its keys
  keys_away: refusedAs(503, 'keys_away'),
}

/** Google's words where a watch may not publish (not documented; so seen in its answers). */
export function gmailPushFault({ diagnostic }: ProviderFailure): PushFault | undefined {
  if (/topicName does not match/i.test(diagnostic)) return 'topic_elsewhere'
  if (!/Cloud PubSub/i.test(diagnostic)) return undefined
  return /not found/i.test(diagnostic) ? 'topic_missing' : 'publisher_missing'
}

const notGenuine: KnockRefusal = { fault: 'unsigned', said: '' }
const keysAway: KnockRefusal = { fault: 'keys_away', said: '' }

type Library = Pick<typeof Jose, 'createRemoteJWKSet' | 'customFetch' | 'errors' | 'jwtVerify'>

function keysAt(
  { createRemoteJWKSet, customFetch }: Library,
  url: string,
  http: HttpClient,
): JWTVerifyGetKey {
  const fetched: FetchImplementation = (asked, { signal }) => fetchKeys(http, asked, signal)
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: keysLiveMs,
    cooldownDuration: keysRestMs,
    timeoutDuration: keysTimeoutMs,
    [customFetch]: fetched,
  })
}

async function verified(
  { errors, jwtVerify }: Library,
  keys: JWTVerifyGetKey,
  token: string,
  expected: { readonly issuer: string; readonly audience: string },
  now: Temporal.Instant,
): Promise<{ readonly claims: JWTPayload } | KnockRefusal> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat'],
      clockTolerance: clockToleranceSeconds,
      currentDate: asDate(now),
    })
    const issued = Temporal.Instant.fromEpochMilliseconds((payload.iat ?? 0) * 1000)
    return issued.since(now).total('seconds') > clockToleranceSeconds ? notGenuine : { claims: payload }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) return keysAway
    if (error.code === 'ERR_JWKS_TIMEOUT' || error.code === 'ERR_JOSE_GENERIC') return keysAway
    // the signature is checked first: this one is Google's
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
      return { fault: 'audience', said: [error.payload.aud ?? ''].flat().join(' ') }
    return notGenuine
  }
}

async function fetchKeys(http: HttpClient, url: string, signal: AbortSignal | undefined): Promise<Response> {
  const answer = await http.request({
    url,
    maxBytes: mostKeyBytes,
    ...(signal === undefined ? {} : { signal }),
  })
  return new Response(Buffer.from(answer.bytes), { status: answer.status, headers: answer.headers })
}

function addressIn(body: string): string | undefined {
  try {
    const { message } = Envelope.parse(JSON.parse(body))
    const notice = Notice.safeParse(JSON.parse(Buffer.from(message.data, 'base64').toString()))
    return notice.success ? notice.data.emailAddress : undefined
  } catch {
    return undefined
  }
}
