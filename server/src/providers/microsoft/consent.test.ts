import { expect, test } from 'vitest'
import { createHttpClient } from '../../platform/http-client/index.ts'
import type { Level } from '../../mailboxes/consent.ts'
import { testSignIn } from '../../testing/signed-in.ts'
import type { MicrosoftCloud } from './clouds.ts'
import { allowedBy, microsoftConsent } from './consent.ts'
import { microsoftEndpoint } from './endpoint.ts'
import { addressIn } from './translate.ts'

function consentOf(tenant: string, cloud: MicrosoftCloud = 'global') {
  return microsoftConsent({
    endpoint: microsoftEndpoint({ id: 'our-client', secret: 'our-secret', tenant, cloud }),
    http: createHttpClient({ allowedOrigins: () => [], timeoutMs: 1000 }),
    now: () => Temporal.Instant.from('2026-03-10T09:00:00Z'),
  })
}
const consent = consentOf('common')
const redirectUri = 'https://kontor.example/api/v1/oauth/callback'
const graph = (...names: string[]) => names.map((name) => `https://graph.microsoft.com/${name}`).join(' ')
const request = {
  redirectUri,
  state: 'a-state',
  nonce: 'a-nonce',
  codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  language: 'de',
} as const

test.each([
  ['full', graph('User.Read', 'Mail.Send', 'Mail.Read')],
  ['send_only', graph('User.Read', 'Mail.Send')],
] as const)('%s asks for exactly its scopes, and never for consent that was given', async (level, scopes) => {
  const url = new URL(await consent.authorizeUrl({ ...request, level }))
  expect(`${url.origin}${url.pathname}`).toBe(
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  )
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'our-client',
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: `openid profile email offline_access ${scopes}`,
    state: 'a-state',
    nonce: 'a-nonce',
    // RFC 7636 appendix B
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ui_locales: 'de',
    prompt: 'select_account',
  })
})

test('whoever comes back for a known address is not asked which account is meant', async () => {
  const wish = { ...request, level: 'full', loginHint: 'olga@office.example' } as const
  const { searchParams } = new URL(await consent.authorizeUrl(wish))
  expect([searchParams.get('login_hint'), searchParams.has('prompt')]).toEqual(['olga@office.example', false])
})

test.each([
  ['common', 'https://login.microsoftonline.com/organizations/v2.0/adminconsent'],
  ['brand.example', 'https://login.microsoftonline.com/brand.example/v2.0/adminconsent'],
])('the page for admins at %s asks for everything the level needs', (tenant, address) => {
  const url = new URL(
    consentOf(tenant).adminConsentUrl?.({ level: 'full', redirectUri, state: 'for-admin' }) ?? '',
  )
  expect(`${url.origin}${url.pathname}`).toBe(address)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'our-client',
    redirect_uri: redirectUri,
    state: 'for-admin',
    scope: `openid profile email offline_access ${graph('User.Read', 'Mail.Send', 'Mail.Read')}`,
  })
})

test('personal accounts have no admin, and no grant can be revoked from here', () => {
  const adminConsent = consentOf('consumers').adminConsentUrl
  expect(adminConsent?.({ level: 'full', redirectUri, state: 's' })).toBeUndefined()
  expect(consent.revoke).toBeUndefined()
  expect([
    consent.consentPage('0b7f8a52-3c19-4d5e-9a60-5f2c8e1d7a44/1'),
    consent.consentPage('9188040d-6c67-4c5b-b112-36a304b66dad/1'),
  ]).toEqual(['https://myapplications.microsoft.com', 'https://account.live.com/consent/Manage'])
})

test.each([
  ['gcc-high', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  ['dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
] as const)('in the cloud %s nothing goes to another', async (cloud, login, service) => {
  const client = { id: 'our-client', secret: 'our-secret', tenant: 'organizations', cloud }
  const { issuer, authorizeUrl, tokenUrl, userinfoUrl, apiUrl, jwksUrl, adminConsentUrl } =
    microsoftEndpoint(client)
  const signIn = [issuer, authorizeUrl, tokenUrl, jwksUrl, adminConsentUrl]
  const origins = (urls: readonly (string | undefined)[]) => urls.map((url) => new URL(url ?? '').origin)
  expect(new Set(origins(signIn))).toEqual(new Set([login]))
  expect(origins([userinfoUrl, apiUrl])).toEqual([service, service])
  const url = new URL(await consentOf('organizations', cloud).authorizeUrl({ ...request, level: 'full' }))
  const scopes = (url.searchParams.get('scope') ?? '').split(' ')
  const names = ['User.Read', 'Mail.Send', 'Mail.Read'].map((name) => `${service}/${name}`)
  expect(scopes).toEqual(['openid', 'profile', 'email', 'offline_access', ...names])
  expect(allowedBy(scopes)).toMatchObject({ send: true, read: true })
})

test('one organisation has one issuer, many have one each', () => {
  const id = '0b7f8a52-3c19-4d5e-9a60-5f2c8e1d7a44'
  const issuers = [id, 'common', 'brand.example'].map(
    (tenant) => microsoftEndpoint({ id: 'i', secret: 's', tenant, cloud: 'global' }).issuer,
  )
  const many = 'https://login.microsoftonline.com/{tenantid}/v2.0'
  expect(issuers).toEqual([`https://login.microsoftonline.com/${id}/v2.0`, many, many])
})

test.each([
  ['nothing but the sign-in', 'openid profile User.Read', {}],
  ['sending', 'Mail.Send', { send: true }],
  ['reading without contents, which is reading', 'Mail.ReadBasic', { read: true }],
  ['both by their long names', graph('Mail.Send', 'Mail.Read'), { send: true, read: true }],
  ['writing, which is reading and no sending', 'mail.readwrite', { read: true }],
  ['shared mailboxes alone', 'Mail.Send.Shared Mail.Read.Shared', { sendShared: true, readShared: true }],
])('granted %s is known for what it allows', (_name, scopes, allowed) => {
  const nothing = { send: false, read: false, sendShared: false, readShared: false }
  expect(allowedBy(scopes.split(' '))).toEqual({ ...nothing, ...allowed })
})

const personal = '9188040d-6c67-4c5b-b112-36a304b66dad/1'
test.each([
  [
    'a work account',
    { mail: 'olga@brand.example', userPrincipalName: 'o@brand.example' },
    't/1',
    'olga@brand.example',
  ],
  [
    'a work account without a mailbox',
    { mail: null, userPrincipalName: 'o@brand.example' },
    't/1',
    undefined,
  ],
  [
    'a guest',
    { mail: 'olga@elsewhere.example', userPrincipalName: 'olga_elsewhere#EXT#@brand.example' },
    't/1',
    undefined,
  ],
  [
    'a personal account',
    { mail: null, userPrincipalName: 'olga@outlook.example' },
    personal,
    'olga@outlook.example',
  ],
  ['a name that is no address', { mail: null, userPrincipalName: 'olga' }, personal, undefined],
])('%s has the address that its mailbox has', (_name, user, accountId, address) => {
  expect(addressIn({ id: '1', ...user }, accountId)).toBe(address)
})

test.each([
  ['full', 'full', ['Mail.Send', 'Mail.Read', 'Mail.Send.Shared', 'Mail.Read.Shared']],
  ['full', 'send_only', ['Mail.Send', 'Mail.Read', 'Mail.Send.Shared']],
  ['send_only', 'send_only', ['Mail.Send', 'Mail.Send.Shared']],
] as const)(
  'shared mailboxes are asked for beside the own one only when they are wished, with %s and %s for them',
  async (level, wished, names) => {
    const scopes = async (shared?: Level) => {
      const url = new URL(await consent.authorizeUrl({ ...testSignIn, level, shared }))
      return url.searchParams
        .get('scope')
        ?.split(' ')
        .filter((each) => each.includes('Mail.'))
    }
    expect([await scopes(wished), await scopes()]).toEqual([
      graph(...names).split(' '),
      graph(...names.filter((name) => !name.endsWith('.Shared'))).split(' '),
    ])
  },
)
