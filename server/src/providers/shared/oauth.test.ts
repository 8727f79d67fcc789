import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { wallClock } from '../../platform/clock/index.ts'
import type { HttpAnswer, HttpRequest } from '../../platform/http-client/index.ts'
import { HttpError } from '../../platform/http-client/index.ts'
import { openOAuth } from './oauth.ts'

const issuer = 'https://sign-in.example'
const endpoint = {
  key: 'test',
  provider: 'gmail',
  label: 'Test',
  products: 'Test',
  practice: false,
  issuer,
  authorizeUrl: `${issuer}/authorize`,
  tokenUrl: `${issuer}/token`,
  revokeUrl: `${issuer}/revoke`,
  userinfoUrl: `${issuer}/userinfo`,
  apiUrl: issuer,
  jwksUrl: `${issuer}/keys`,
  clientId: 'our-client',
  clientSecret: 'our-secret',
} as const
const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
const { signal } = new AbortController()

type Said = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

/** A sign-in service that says what the test tells it to; every request is kept. */
function service(say: (request: HttpRequest) => Said | HttpError, at: object = {}) {
  const asked: HttpRequest[] = []
  const http = {
    request: async (request: HttpRequest): Promise<HttpAnswer> => {
      asked.push(request)
      const said = say(request)
      if (said instanceof HttpError) throw said
      const bytes = Buffer.from(JSON.stringify(said.body))
      return {
        status: said.status,
        headers: new Headers({ 'content-type': 'application/json', ...said.headers }),
        bytes,
        text: () => bytes.toString(),
        json: () => said.body,
      }
    },
  }
  return { oauth: openOAuth({ endpoint: { ...endpoint, ...at }, http, now: () => now }), asked }
}

const refused = (error: string, more: object = {}, status = 400): Said => ({
  status,
  body: { error, ...more },
})

test.each([
  [
    'a grant that was taken back',
    refused('invalid_grant', { error_description: 'Token has been expired or revoked.' }),
    { kind: 'unauthorised', why: 'revoked' },
  ],
  [
    'a session that its admin ended',
    refused('invalid_grant', { error_subtype: 'invalid_rapt' }),
    { kind: 'unauthorised', why: 'session_ended' },
  ],
  ['an admin who forbids it', refused('admin_policy_enforced'), { kind: 'admin_needed' }],
  ['a consent that nobody gave', refused('consent_required'), { kind: 'admin_needed' }],
  [
    'a person who has to do something',
    refused('interaction_required'),
    { kind: 'unauthorised', why: 'sign_in_again' },
  ],
  ['a person who has to sign in', refused('login_required'), { kind: 'unauthorised', why: 'sign_in_again' }],
  ['a scope that is none', refused('invalid_scope'), { kind: 'our_config' }],
  ['a request that is none', refused('invalid_request'), { kind: 'our_config' }],
  ['a resource that is none', refused('invalid_resource'), { kind: 'our_config' }],
  ['a service that failed and says so', refused('server_error'), { kind: 'transient' }],
  ['a client that is unknown', refused('invalid_client', {}, 401), { kind: 'our_config' }],
  ['a client that may not', refused('unauthorized_client'), { kind: 'our_config' }],
  ['a service that is away', { status: 503, body: {} }, { kind: 'transient' }],
  ['a service that says it is away', refused('temporarily_unavailable'), { kind: 'transient' }],
  [
    'too many questions',
    { status: 429, body: {}, headers: { 'retry-after': '60' } },
    { kind: 'throttled', until: now.add({ seconds: 60 }) },
  ],
  ['a connection that was cut', new HttpError('cut', true, 'cut'), { kind: 'transient' }],
  ['a service that nobody reaches', new HttpError('refused', false, 'refused'), { kind: 'transient' }],
  ['an answer that is none', { status: 200, body: { token: 'x' } }, { kind: 'our_config' }],
] as const)('a refresh that fails by %s', async (_name, said, failure) => {
  const outcome = await service(() => said).oauth.refresh('refresh-token', undefined, signal)
  expect(outcome).toEqual({ ok: false, failure: { ...failure, diagnostic: expect.any(String) } })
})

test('a refresh sends no more than it must and gives the life of the token from now', async () => {
  const { oauth, asked } = service(() => ({
    status: 200,
    body: { access_token: 'fresh', token_type: 'Bearer', expires_in: 3599, scope: 'a b' },
  }))
  expect(await oauth.refresh('refresh-token', undefined, signal)).toEqual({
    ok: true,
    value: { accessToken: 'fresh', expiresAt: now.add({ seconds: 3599 }), scopes: ['a', 'b'] },
  })
  expect(Object.fromEntries(new URLSearchParams(String(asked[0]?.body)))).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'refresh-token',
    client_id: 'our-client',
    client_secret: 'our-secret',
  })
})

test('a token that the provider does not know any more counts as revoked', async () => {
  const { oauth } = service(() => refused('invalid_token'))
  expect(await oauth.revoke('gone', signal)).toEqual({ ok: true, value: undefined })
})

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })

function idToken(claims: object, by = keys): string {
  const seconds = Math.floor(wallClock.now().epochMilliseconds / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = [
    part({ alg: 'RS256', kid: 'one' }),
    part({
      iss: issuer,
      aud: 'our-client',
      sub: 'account-1',
      email: 'anna@brand.example',
      email_verified: true,
      name: 'Anna Keller',
      nonce: 'our-nonce',
      iat: seconds,
      exp: seconds + 600,
      ...claims,
    }),
  ].join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), by.privateKey).toString('base64url')}`
}

async function exchange(
  token: string,
  callbackUrl = 'https://kontor.example/back?code=1&state=our-state',
  at: object = {},
) {
  const { oauth, asked } = service(
    ({ url }) =>
      url === endpoint.jwksUrl
        ? {
            status: 200,
            body: {
              keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
            },
          }
        : {
            status: 200,
            body: {
              access_token: 'first',
              refresh_token: 'keep',
              token_type: 'Bearer',
              expires_in: 60,
              scope: 'a',
              id_token: token,
            },
          },
    at,
  )
  const outcome = await oauth.exchange(
    {
      callbackUrl,
      redirectUri: 'https://kontor.example/back',
      state: 'our-state',
      nonce: 'our-nonce',
      codeVerifier: 'a-verifier-of-the-length-that-the-standard-asks-for',
    },
    signal,
  )
  return { outcome, asked }
}

test('a code becomes tokens and the claims of a person, with the verifier and the redirect address that were announced', async () => {
  const behindProxy = 'http://10.0.0.7:3210/back?code=1&state=our-state'
  const { outcome, asked } = await exchange(idToken({}), behindProxy)
  expect(outcome).toEqual({
    ok: true,
    value: {
      tokens: {
        accessToken: 'first',
        refreshToken: 'keep',
        expiresAt: now.add({ seconds: 60 }),
        scopes: ['a'],
      },
      claims: expect.objectContaining({
        sub: 'account-1',
        email: 'anna@brand.example',
        name: 'Anna Keller',
      }),
    },
  })
  const form = new URLSearchParams(String(asked[0]?.body))
  expect([form.get('redirect_uri'), form.get('code_verifier')]).toEqual([
    'https://kontor.example/back',
    'a-verifier-of-the-length-that-the-standard-asks-for',
  ])
})

const seconds = Math.floor(wallClock.now().epochMilliseconds / 1000)
const fourMinutes = 240

test.each([
  ['goes ahead', { iat: seconds - 3600 - fourMinutes, exp: seconds - fourMinutes }],
  ['is behind', { iat: seconds + fourMinutes, nbf: seconds + fourMinutes, exp: seconds + 3600 }],
])('an id token is taken where the clock of this machine %s by minutes', async (_name, times) => {
  const { outcome } = await exchange(idToken(times))
  expect(outcome).toMatchObject({ ok: true })
})

test.each([
  ['another nonce', idToken({ nonce: 'of somebody else' })],
  ['another issuer', idToken({ iss: 'https://other.example' })],
  ['another audience', idToken({ aud: 'other-client' })],
  ['a time that is over', idToken({ exp: 1 })],
  ['the signature of somebody else', idToken({}, otherKeys)],
])('an id token with %s is refused', async (_name, token) => {
  const { outcome } = await exchange(token)
  expect(outcome).toEqual({ ok: false, failure: { kind: 'our_config', diagnostic: expect.any(String) } })
})

const tenant = '0b7f8a52-3c19-4d5e-9a60-5f2c8e1d7a44'
const manyTenants = { issuer: 'https://sign-in.example/{tenantid}/v2.0' }
const ofTenant = { iss: `https://sign-in.example/${tenant}/v2.0`, tid: tenant }

test('where each tenant has an issuer, it is the one of the tenant in the token, and the code is used once', async () => {
  const { outcome, asked } = await exchange(idToken(ofTenant), undefined, manyTenants)
  expect(outcome.ok && outcome.value.claims.sub).toBe('account-1')
  expect(asked.filter(({ url }) => url === endpoint.tokenUrl).length).toBe(1)
})

test('where each tenant has an issuer, a refresh may bring an id token too', async () => {
  const answer = { access_token: 'fresh', token_type: 'Bearer', expires_in: 60, scope: 'a' }
  const refreshed = (claims: object) =>
    service(() => ({ status: 200, body: { ...answer, id_token: idToken(claims) } }), {
      ...manyTenants,
      jwksUrl: undefined,
    }).oauth.refresh('refresh-token', ['a'], signal)
  const [known, foreign] = [await refreshed(ofTenant), await refreshed({ ...ofTenant, tid: 'x' })]
  expect([known.ok, foreign.ok || foreign.failure.kind]).toEqual([true, 'our_config'])
})

test.each([
  ['of another tenant than it says', idToken({ ...ofTenant, tid: tenant.replace('0', '1') })],
  ['of no tenant', idToken({ iss: ofTenant.iss })],
  ['of something that is no tenant', idToken({ iss: 'https://sign-in.example/x/v2.0', tid: 'x' })],
  ['that somebody else signed', idToken(ofTenant, otherKeys)],
  ['with another nonce', idToken({ ...ofTenant, nonce: 'of somebody else' })],
  ['that is none', 'no token'],
])('where each tenant has an issuer, a token %s is refused', async (_name, token) => {
  const { outcome } = await exchange(token, undefined, manyTenants)
  expect(outcome).toEqual({ ok: false, failure: { kind: 'our_config', diagnostic: expect.any(String) } })
})

test('a person who said no, and a state that is not ours, come to nothing before any request', async () => {
  const no = await exchange('', 'https://kontor.example/back?error=access_denied&state=our-state')
  expect(no.outcome).toEqual({
    ok: false,
    failure: { kind: 'unauthorised', why: 'denied', diagnostic: 'access_denied' },
  })
  const foreign = await exchange('', 'https://kontor.example/back?code=1&state=theirs')
  expect(foreign.outcome).toEqual({
    ok: false,
    failure: { kind: 'our_config', diagnostic: expect.any(String) },
  })
  expect([no.asked, foreign.asked]).toEqual([[], []])
})

test.each([
  ['http://sign-in.example/token', 'our_config'],
  ['http://127.0.0.1:4000/token', 'transient'],
])('plain HTTP is spoken to loopback only: %s', async (tokenUrl, kind) => {
  const http = { request: () => Promise.reject(new HttpError('refused', false, 'nobody listens')) }
  const oauth = openOAuth({ endpoint: { ...endpoint, tokenUrl }, http, now: () => now })
  expect(await oauth.refresh('refresh-token', undefined, signal)).toEqual({
    ok: false,
    failure: { kind, diagnostic: expect.any(String) },
  })
})
