import { expect, test } from 'vitest'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import { saidJson, sayingHttp } from '../../testing/saying-http.ts'
import { allowedBy, gmailConsent } from './consent.ts'
import { googleEndpoint } from './endpoint.ts'

const consent = gmailConsent({
  endpoint: googleEndpoint({ id: 'our-client', secret: 'our-secret' }),
  http: createHttpClient({ allowedOrigins: () => [], timeoutMs: 1000 }),
  now: () => Temporal.Instant.from('2026-03-10T09:00:00Z'),
})

test.each([
  [
    'full',
    'openid email profile https://www.googleapis.com/auth/gmail.send https://www.googleapis.com/auth/gmail.readonly',
  ],
  ['send_only', 'openid email profile https://www.googleapis.com/auth/gmail.send'],
] as const)('%s asks for exactly its scopes, and never for those of earlier grants', async (level, scope) => {
  const url = new URL(
    await consent.authorizeUrl({
      level,
      redirectUri: 'https://kontor.example/api/v1/oauth/callback',
      state: 'a-state',
      nonce: 'a-nonce',
      codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      loginHint: 'anna@brand.example',
      language: 'de',
    }),
  )
  expect(`${url.origin}${url.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'our-client',
    response_type: 'code',
    redirect_uri: 'https://kontor.example/api/v1/oauth/callback',
    scope,
    state: 'a-state',
    nonce: 'a-nonce',
    // RFC 7636 appendix B
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent select_account',
    hl: 'de',
    login_hint: 'anna@brand.example',
  })
})

test.each([
  ['nothing but the sign-in', ['openid', 'email'], { send: false, read: false }],
  ['sending', ['gmail.send'], { send: true, read: false }],
  ['reading', ['gmail.readonly'], { send: false, read: true }],
  ['headers, which is reading', ['gmail.metadata'], { send: false, read: true }],
  ['both', ['gmail.send', 'gmail.readonly'], { send: true, read: true }],
  ['both by one wide scope', ['gmail.modify'], { send: true, read: true }],
])('granted %s is known for what it allows', (_name, scopes, allowed) => {
  expect(allowedBy(scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`))).toEqual(allowed)
})

test('an address that nobody verified is nobody’s', async () => {
  const claims = { iss: 'https://accounts.google.com', aud: 'our-client', nonce: 'n', sub: '1' }
  const outcome = await signedInWith({ ...claims, email: 'anna@brand.example', email_verified: false })
  expect(outcome).toEqual({
    ok: false,
    failure: { kind: 'our_config', diagnostic: 'the sign-in named no verified address' },
  })
})

async function signedInWith(claims: object) {
  const seconds = Math.floor(wallClock.now().epochMilliseconds / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'RS256' })}.${part({ ...claims, iat: seconds, exp: seconds + 60 })}.c2ln`
  const { jwksUrl: _unsigned, ...endpoint } = googleEndpoint({ id: 'our-client', secret: 'our-secret' })
  const answer = { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: token }
  const { http } = sayingHttp(saidJson(200, answer, { 'content-type': 'application/json' }))
  return gmailConsent({ endpoint, http, now: () => wallClock.now() }).exchange(
    {
      level: 'full',
      callbackUrl: 'https://kontor.example/back?code=1&state=s',
      redirectUri: 'https://kontor.example/back',
      state: 's',
      nonce: 'n',
      codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    },
    new AbortController().signal,
  )
}
