import { expect, test } from 'vitest'
import { createHttpClient } from '../../platform/http-client/index.ts'
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
