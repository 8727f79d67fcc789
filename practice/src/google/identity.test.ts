import { compactVerify, createRemoteJWKSet, decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  ANNA,
  READONLY,
  REDIRECT,
  SEND,
  START,
  type TestWorld,
  authorizeQuery,
  consent,
  exchange,
  signIn,
  startWorld,
} from '../testing/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  await world.post('/control/accounts', { address: ANNA, name: 'Anna Keller' })
})

const SIGN_IN =
  'openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile'

test('discovery names this server as the issuer of everything', async () => {
  const { body } = await world.call('/google/.well-known/openid-configuration')
  expect(
    [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'revocation_endpoint',
      'jwks_uri',
    ].map((name) => body.text(name)),
  ).toEqual(
    ['', '/o/oauth2/v2/auth', '/token', '/userinfo', '/revoke', '/certs'].map(
      (path) => `${world.practice.url}/google${path}`,
    ),
  )
})

test('a full consent gives access, refresh and a signed id token', async () => {
  const token = await signIn(world, ANNA, [SEND, READONLY])
  expect([
    token.text('scope'),
    token.number('expires_in'),
    token.text('token_type'),
    token.has('refresh_token'),
  ]).toEqual([`${SIGN_IN} ${SEND} ${READONLY}`, 3599, 'Bearer', true])
  const keys = createRemoteJWKSet(new URL(`${world.practice.url}/google/certs`))
  const { protectedHeader } = await compactVerify(token.text('id_token'), keys)
  const payload = decodeJwt(token.text('id_token'))
  expect(protectedHeader.alg).toBe('RS256')
  expect(payload).toEqual({
    iss: `${world.practice.url}/google`,
    aud: 'practice-client',
    azp: 'practice-client',
    sub: expect.stringMatching(/^1\d{20}$/),
    email: ANNA,
    email_verified: true,
    name: 'Anna Keller',
    nonce: 'the-nonce',
    at_hash: expect.any(String),
    iat: START / 1000,
    exp: START / 1000 + 3600,
  })
})

test('a narrower tick is a partial grant', async () => {
  const back = await consent(world, ANNA, authorizeQuery([SEND, READONLY]), [SEND])
  expect([back.searchParams.get('state'), back.searchParams.get('scope')]).toEqual([
    'the-state',
    `${SIGN_IN} ${SEND}`,
  ])
  const { body } = await exchange(world, back.searchParams.get('code') ?? '')
  expect(body.text('scope')).toBe(`${SIGN_IN} ${SEND}`)
})

test('cancelling comes back as access_denied', async () => {
  const answer = await world.postForm('/google/consent', {
    request: authorizeQuery([SEND]),
    account: ANNA,
    decision: 'cancel',
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([
    302,
    `${REDIRECT}?error=access_denied&state=the-state`,
  ])
})

test('the chooser puts the hinted account first and speaks German when asked', async () => {
  await world.post('/control/accounts', { address: 'zoe@brand.practice.example', name: 'Zoe' })
  const page = await world.call(
    `/google/o/oauth2/v2/auth?${authorizeQuery([SEND], { login_hint: 'zoe@brand.practice.example', hl: 'de' })}`,
  )
  expect(page.status).toBe(200)
  expect(page.text).toContain('Übungskonto auswählen')
  expect(page.text.match(/value="(\S+@\S+)" checked/)?.[1]).toBe('zoe@brand.practice.example')
})

test('the chooser can create an account, and asks it for consent', async () => {
  const answer = await world.postForm('/google/signin', {
    request: authorizeQuery([SEND]),
    account: '',
    new_address: 'eva@brand.practice.example',
    new_name: 'Eva',
  })
  expect([answer.status, answer.text.includes(`name="scope" value="${SEND}"`)]).toEqual([200, true])
  const { body } = await world.call('/control/accounts')
  expect(body.readers('accounts').map((account) => account.text('address'))).toEqual([
    ANNA,
    'eva@brand.practice.example',
  ])
})

test('what was granted before needs no second consent and gives no second refresh token', async () => {
  await signIn(world, ANNA, [SEND])
  const query = authorizeQuery([SEND], { prompt: 'select_account' })
  const answer = await world.postForm('/google/signin', { request: query, account: ANNA })
  const back = new URL(answer.headers.get('location') ?? '')
  const { body } = await exchange(world, back.searchParams.get('code') ?? '')
  expect([answer.status, body.has('access_token'), body.has('refresh_token')]).toEqual([302, true, false])
})

test('without access_type=offline there is no refresh token', async () => {
  const back = await consent(world, ANNA, authorizeQuery([SEND], { access_type: 'online' }), [SEND])
  const { body } = await exchange(world, back.searchParams.get('code') ?? '')
  expect(body.has('refresh_token')).toBe(false)
})

test('include_granted_scopes carries earlier grants into the new token', async () => {
  await signIn(world, ANNA, [READONLY])
  const back = await consent(world, ANNA, authorizeQuery([SEND], { include_granted_scopes: 'true' }), [SEND])
  expect(back.searchParams.get('scope')).toBe(`${SIGN_IN} ${SEND} ${READONLY}`)
})

test.for([
  [
    'a wrong verifier',
    { code_verifier: 'another-verifier-that-is-long-enough-0123456789' },
    400,
    'invalid_grant',
  ],
  ['another redirect URI', { redirect_uri: 'http://127.0.0.1:9/other' }, 400, 'redirect_uri_mismatch'],
  ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
  ['an unknown client', { client_id: 'somebody' }, 401, 'invalid_client'],
  ['an unknown code', { code: '4/0nothing' }, 400, 'invalid_grant'],
  ['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
] as const)('the token endpoint refuses %s', async ([, change, status, error]) => {
  const back = await consent(world, ANNA, authorizeQuery([SEND]), [SEND])
  const answer = await exchange(world, back.searchParams.get('code') ?? '', change)
  expect([answer.status, answer.body.text('error')]).toEqual([status, error])
})

test('a code works once', async () => {
  const code = (await consent(world, ANNA, authorizeQuery([SEND]), [SEND])).searchParams.get('code') ?? ''
  expect([(await exchange(world, code)).status, (await exchange(world, code)).status]).toEqual([200, 400])
})

test('a code dies after ten minutes', async () => {
  const code = (await consent(world, ANNA, authorizeQuery([SEND]), [SEND])).searchParams.get('code') ?? ''
  await world.post('/control/clock', { advanceMs: 600_000 })
  expect((await exchange(world, code)).status).toBe(400)
})

test('an access token lives an hour of practice time; refreshing gives another and no new refresh token', async () => {
  const token = await signIn(world, ANNA, [READONLY])
  const profile = async (access: string): Promise<number> => (await world.gmail(access, 'profile')).status
  expect(await profile(token.text('access_token'))).toBe(200)
  await world.post('/control/clock', { advanceMs: 3_600_000 })
  expect(await profile(token.text('access_token'))).toBe(401)
  const refreshed = await refresh(token.text('refresh_token'))
  expect([refreshed.body.has('refresh_token'), await profile(refreshed.body.text('access_token'))]).toEqual([
    false,
    200,
  ])
})

function refresh(refreshToken: string): ReturnType<TestWorld['call']> {
  return world.postForm('/google/token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: 'practice-client',
    client_secret: 'practice-secret',
  })
}

test('revoking one token ends every grant of the account', async () => {
  const first = await signIn(world, ANNA, [SEND, READONLY])
  const second = await signIn(world, ANNA, [READONLY])
  expect((await world.postForm('/google/revoke', { token: first.text('access_token') })).status).toBe(200)
  expect((await world.gmail(second.text('access_token'), 'profile')).status).toBe(401)
  const refused = await refresh(second.text('refresh_token'))
  expect([refused.status, refused.body.text('error'), refused.body.text('error_description')]).toEqual([
    400,
    'invalid_grant',
    'Token has been expired or revoked.',
  ])
  expect((await world.postForm('/google/revoke', { token: 'nothing' })).status).toBe(400)
})

test('the 101st refresh token ends the oldest', async () => {
  const first = await signIn(world, ANNA, [SEND])
  const second = await signIn(world, ANNA, [SEND])
  for (let count = 0; count < 99; count += 1) await signIn(world, ANNA, [SEND])
  expect([
    (await refresh(first.text('refresh_token'))).status,
    (await refresh(second.text('refresh_token'))).status,
  ]).toEqual([400, 200])
})

test('userinfo tells what the sign-in scopes allow', async () => {
  const token = await signIn(world, ANNA, [SEND])
  const answer = await world.call('/google/userinfo', {
    headers: { authorization: `Bearer ${token.text('access_token')}` },
  })
  expect(answer.body.entries()).toEqual([
    ['sub', decodeJwt(token.text('id_token')).sub],
    ['email', ANNA],
    ['email_verified', true],
    ['name', 'Anna Keller'],
  ])
})

test.for([
  ['an unknown client is told on a page', { client_id: 'somebody' }, 400, undefined],
  [
    'a redirect URI off this machine is told on a page',
    { redirect_uri: 'https://kontor.example/callback' },
    400,
    undefined,
  ],
  [
    'an unknown scope goes back to the client',
    { scope: 'openid https://www.googleapis.com/auth/drive' },
    302,
    'invalid_scope',
  ],
  ['a plain challenge goes back to the client', { code_challenge_method: 'plain' }, 302, 'invalid_request'],
  ['a silent request needs interaction', { prompt: 'none' }, 302, 'interaction_required'],
] as const)('%s', async ([, change, status, error]) => {
  const answer = await world.call(`/google/o/oauth2/v2/auth?${authorizeQuery([SEND], change)}`)
  const location = answer.headers.get('location')
  expect([
    answer.status,
    location === null ? undefined : new URL(location).searchParams.get('error'),
  ]).toEqual([status, error])
})
