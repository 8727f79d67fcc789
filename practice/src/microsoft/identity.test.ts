import { compactVerify, createRemoteJWKSet, decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  FULL,
  OLGA,
  graph,
  officeConsent,
  officeExchange,
  officeQuery,
  officeSignIn,
  officeToken,
} from '../testing/office.ts'
import { ANNA, REDIRECT, START, type TestWorld, startWorld } from '../testing/world.ts'
import { TENANT } from './tenant.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  await world.post('/control/accounts', { address: OLGA, name: 'Olga Brandt' })
  await world.post('/control/accounts', { address: ANNA, name: 'Anna Keller' })
})

test('a tenant has an issuer of its own, a name for many tenants has none', async () => {
  const issuer = async (tenant: string): Promise<string> =>
    (await world.call(`/microsoft/${tenant}/v2.0/.well-known/openid-configuration`)).body.text('issuer')
  expect([await issuer('common'), await issuer(TENANT)]).toEqual([
    `${world.practice.url}/microsoft/{tenantid}/v2.0`,
    `${world.practice.url}/microsoft/${TENANT}/v2.0`,
  ])
  expect((await world.call('/microsoft/elsewhere/v2.0/.well-known/openid-configuration')).status).toBe(400)
})

test('a consent gives access, refresh and a signed id token of the tenant', async () => {
  const token = await officeSignIn(world, FULL)
  expect([token.text('scope'), token.number('expires_in'), token.has('refresh_token')]).toEqual([
    'openid profile email User.Read Mail.Send Mail.Read',
    3599,
    true,
  ])
  const keys = createRemoteJWKSet(new URL(`${world.practice.url}/microsoft/common/discovery/v2.0/keys`))
  const { protectedHeader } = await compactVerify(token.text('id_token'), keys)
  expect(protectedHeader.alg).toBe('RS256')
  expect(decodeJwt(token.text('id_token'))).toEqual({
    ver: '2.0',
    iss: `${world.practice.url}/microsoft/${TENANT}/v2.0`,
    aud: 'practice-office-client',
    iat: START / 1000,
    nbf: START / 1000,
    exp: START / 1000 + 3600,
    tid: TENANT,
    oid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    nonce: 'the-nonce',
    name: 'Olga Brandt',
    preferred_username: OLGA,
    email: OLGA,
  })
})

test('without offline_access there is no refresh token', async () => {
  const token = await officeSignIn(world, ['User.Read', 'Mail.Send'])
  expect(token.has('refresh_token')).toBe(false)
})

test('each refresh brings a new refresh token, and the old one stays alive', async () => {
  const first = (await officeSignIn(world, FULL)).text('refresh_token')
  const refresh = (token: string): ReturnType<typeof officeToken> =>
    officeToken(world, { grant_type: 'refresh_token', refresh_token: token })
  const second = await refresh(first)
  expect([second.status, second.body.text('refresh_token') === first]).toEqual([200, false])
  expect([(await refresh(first)).status, (await refresh(second.body.text('refresh_token'))).status]).toEqual([
    200, 200,
  ])
})

test('a refresh token that nobody used for 90 days is dead', async () => {
  const token = (await officeSignIn(world, FULL)).text('refresh_token')
  await world.post('/control/clock', { advanceMs: 90 * 86_400_000 + 1000 })
  const refused = await officeToken(world, { grant_type: 'refresh_token', refresh_token: token })
  expect([refused.status, refused.body.text('error'), refused.body.raw('error_codes')]).toEqual([
    400,
    'invalid_grant',
    [700082],
  ])
})

test('an ended grant refreshes no more', async () => {
  const token = (await officeSignIn(world, FULL)).text('refresh_token')
  await world.post('/control/grants/end', { mailbox: OLGA })
  const refused = await officeToken(world, { grant_type: 'refresh_token', refresh_token: token })
  expect([refused.body.text('error'), refused.body.raw('error_codes')]).toEqual(['invalid_grant', [50173]])
})

test('a refresh can narrow the scopes and cannot widen them', async () => {
  const token = (await officeSignIn(world, ['offline_access', 'User.Read', 'Mail.Send'])).text(
    'refresh_token',
  )
  const ask = (scope: string): ReturnType<typeof officeToken> =>
    officeToken(world, { grant_type: 'refresh_token', refresh_token: token, scope })
  expect((await ask('https://graph.microsoft.com/Mail.Send')).body.text('scope')).toBe('Mail.Send')
  expect((await ask('Mail.Read')).body.raw('error_codes')).toEqual([65001])
})

test.for([
  ['another verifier', { code_verifier: 'another-verifier-that-is-long-enough-0123456789' }, 400, 50148],
  ['another redirect URI', { redirect_uri: 'http://127.0.0.1:9/other' }, 400, 50011],
  ['a wrong secret', { client_secret: 'wrong' }, 401, 7000215],
  ['an unknown client', { client_id: 'somebody' }, 400, 700016],
  ['an unknown code', { code: 'M.C5_nothing' }, 400, 9002313],
  ['an unknown grant type', { grant_type: 'password' }, 400, 70003],
] as const)('the token endpoint refuses %s by its number', async ([, change, status, code]) => {
  const back = await officeConsent(world, officeQuery(FULL))
  const given = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const answer = await officeExchange(world, given, change)
  expect([answer.status, answer.body.raw('error_codes')]).toEqual([status, [code]])
})

test('cancelling comes back as access_denied with its number', async () => {
  const answer = await officeConsent(world, officeQuery(FULL), 'cancel')
  const back = new URL(answer.headers.get('location') ?? '')
  expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([
    'access_denied',
    'the-state',
  ])
  expect(back.searchParams.get('error_description')).toMatch(/^AADSTS65004: /)
})

test('under the managed policy nobody may allow reading until an admin did', async () => {
  await world.post('/control/consent-policy', { managed: true, mailbox: OLGA })
  const blocked = await officeConsent(world, officeQuery(FULL))
  expect([blocked.status, blocked.text.includes('AADSTS90094')]).toEqual([200, true])
  const back = await officeConsent(world, officeQuery(FULL), 'cancel')
  expect(new URL(back.headers.get('location') ?? '').searchParams.get('error_description')).toMatch(
    /^AADSTS90094: /,
  )
  expect((await officeConsent(world, officeQuery(['User.Read', 'Mail.Send']))).status).toBe(302)
  const request = new URLSearchParams({
    client_id: 'practice-office-client',
    scope: 'https://graph.microsoft.com/Mail.Read',
    redirect_uri: REDIRECT,
    state: 'from-it',
  }).toString()
  const page = await world.call(`/microsoft/organizations/v2.0/adminconsent?${request}`)
  const allowed = await world.postForm('/microsoft/organizations/adminconsent', {
    request,
    decision: 'allow',
  })
  expect([page.status, allowed.headers.get('location')]).toEqual([
    200,
    `${REDIRECT}?admin_consent=True&tenant=${TENANT}&scope=Mail.Read&state=from-it`,
  ])
  expect((await officeConsent(world, officeQuery(FULL))).status).toBe(302)
})

test('what was allowed before needs no second consent', async () => {
  await officeSignIn(world, FULL)
  const signIn = (query: string): ReturnType<TestWorld['postForm']> =>
    world.postForm('/microsoft/common/signin', { request: query, account: OLGA })
  expect((await signIn(officeQuery(FULL))).status).toBe(302)
  expect((await signIn(officeQuery(FULL, { prompt: 'consent' }))).status).toBe(200)
})

test('accounts of one provider are unknown at the other', async () => {
  const chooser = await world.call(
    `/microsoft/common/oauth2/v2.0/authorize?${officeQuery(FULL, { hl: 'de' })}`,
  )
  expect([
    chooser.text.includes(OLGA),
    chooser.text.includes(ANNA),
    chooser.text.includes('Übungskonto'),
  ]).toEqual([true, false, true])
  const foreign = await world.postForm('/microsoft/common/signin', {
    request: officeQuery(FULL),
    account: ANNA,
  })
  expect(foreign.status).toBe(400)
})

test.for([
  ['an unknown client is told on a page', { client_id: 'somebody' }, 400, undefined],
  [
    'a redirect URI off this machine is told on a page',
    { redirect_uri: 'https://kontor.example/c' },
    400,
    undefined,
  ],
  ['an unknown scope goes back to the client', { scope: 'openid Files.Read.All' }, 302, 'invalid_scope'],
  ['a silent request needs somebody', { prompt: 'none' }, 302, 'login_required'],
] as const)('%s', async ([, change, status, error]) => {
  const answer = await world.call(`/microsoft/common/oauth2/v2.0/authorize?${officeQuery(FULL, change)}`)
  const location = answer.headers.get('location')
  expect([
    answer.status,
    location === null ? undefined : new URL(location).searchParams.get('error'),
  ]).toEqual([status, error])
})

test('an access token lives an hour of practice time', async () => {
  const token = (await officeSignIn(world, FULL)).text('access_token')
  expect((await graph(world, token, '')).status).toBe(200)
  await world.post('/control/clock', { advanceMs: 3_600_000 })
  const late = await graph(world, token, '')
  expect([late.status, late.body.reader('error').text('code')]).toEqual([401, 'InvalidAuthenticationToken'])
})

test('a token can hold more than was asked for, or less', async () => {
  const scopeOf = async (scopes: readonly string[]): Promise<readonly string[]> =>
    (await officeSignIn(world, scopes))
      .text('scope')
      .split(' ')
      .filter((scope) => scope.startsWith('Mail.'))
  expect(await scopeOf(['Mail.Send', 'Mail.Read'])).toEqual(['Mail.Send', 'Mail.Read'])
  expect(await scopeOf(['Mail.Send'])).toEqual(['Mail.Send'])
  await world.post('/control/faults', { consentsAddUp: true })
  expect((await scopeOf(['Mail.Send'])).toSorted()).toEqual(['Mail.Read', 'Mail.Send'])
  await world.post('/control/faults', { withheldScope: 'Mail.Read' })
  expect(await scopeOf(['Mail.Send', 'Mail.Read'])).toEqual(['Mail.Send'])
})
