/** What a trial with an app's id and secret shows, against the practice world and against answers of the real ones. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OAuthEndpoint } from '../../mailboxes/consent.ts'
import type { HttpAnswer, HttpClient } from '../../platform/http-client/index.ts'
import { createHttpClient, HttpError } from '../../platform/http-client/index.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { verifyApp } from './verify-app.ts'

let practice: PracticeServer
beforeAll(async () => {
  practice = await startPracticeServer()
})
afterAll(() => practice[Symbol.asyncDispose]())

const signal = new AbortController().signal
const here = 'http://127.0.0.1:3210/api/v1/oauth/callback'
const scopes = ['openid', 'https://www.googleapis.com/auth/gmail.send']

function googleAt(url: string): OAuthEndpoint {
  return {
    key: 'google',
    provider: 'gmail',
    label: 'Gmail',
    products: 'Gmail',
    practice: true,
    issuer: `${url}/google`,
    authorizeUrl: `${url}/google/o/oauth2/v2/auth`,
    tokenUrl: `${url}/google/token`,
    userinfoUrl: `${url}/google/userinfo`,
    apiUrl: url,
    clientId: 'practice-client',
    clientSecret: 'practice-secret',
  }
}

async function tried(change: Partial<OAuthEndpoint>, redirectUri = here): Promise<string> {
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  const endpoint = { ...googleAt(practice.url), ...change }
  return (await verifyApp({ endpoint, http }, { redirectUri, scopes }, signal)).verdict
}

test('an app that the provider knows works', async () => {
  expect(await tried({})).toBe('works')
})
test('an unknown id is told from a wrong secret', async () => {
  expect(await tried({ clientId: 'somebody' })).toBe('app_unknown')
  expect(await tried({ clientSecret: 'guess' })).toBe('secret_wrong')
})
test('a redirect address that is not registered is found before anybody signs in', async () => {
  expect(await tried({}, 'https://kontor.example/api/v1/oauth/callback')).toBe('redirect_unknown')
})
test('Microsoft’s numbers: an unknown id, a wrong secret, and an app that is known', async () => {
  const microsoft = {
    authorizeUrl: `${practice.url}/microsoft/common/oauth2/v2.0/authorize`,
    tokenUrl: `${practice.url}/microsoft/common/oauth2/v2.0/token`,
    clientId: 'practice-office-client',
    clientSecret: 'practice-office-secret',
  }
  expect(await tried({ ...microsoft, clientId: 'somebody' })).toBe('app_unknown')
  expect(await tried({ ...microsoft, clientSecret: 'guess' })).toBe('secret_wrong')
  expect(await tried(microsoft)).toBe('known')
})

/** A provider that answers its token endpoint so, and whose sign-in page has this text. */
function answering(status: number, body: unknown, page = ''): HttpClient {
  const answer = (text: string, code: number): HttpAnswer => ({
    status: code,
    headers: new Headers(),
    bytes: Buffer.from(text),
    text: () => text,
    json: () => JSON.parse(text) as unknown,
  })
  return {
    request: async ({ method }) =>
      method === 'POST'
        ? answer(typeof body === 'string' ? body : JSON.stringify(body), status)
        : answer(page, 200),
  }
}
const endpoint = googleAt('http://127.0.0.1:1')
const told = async (http: HttpClient) =>
  (await verifyApp({ endpoint, http }, { redirectUri: here, scopes }, signal)).verdict
const aad = (code: number, error: string) => ({
  error,
  error_codes: [code],
  error_description: `AADSTS${code}: …`,
})

test.each([
  ['a secret that has expired', 401, aad(7_000_222, 'invalid_client'), 'secret_expired'],
  ['the id of a secret instead of the secret', 401, aad(7_000_215, 'invalid_client'), 'secret_wrong'],
  ['an organisation that does not exist', 400, aad(90_002, 'invalid_request'), 'tenant_unknown'],
  [
    'an app for one organisation, asked for everybody',
    400,
    aad(50_194, 'invalid_request'),
    'tenant_only_own',
  ],
  ['a public client', 401, aad(700_025, 'invalid_client'), 'app_is_public'],
  ['an app that was deleted', 400, { error: 'deleted_client' }, 'app_unknown'],
  ['a provider in trouble', 503, 'upstream', 'too_slow'],
  ['an answer that nobody can read', 400, 'no JSON', 'unclear'],
])('%s', async (_what, status, body, verdict) => {
  expect(await told(answering(status, body))).toBe(verdict)
})

test('Microsoft’s sign-in page names the redirect address that it does not know', async () => {
  const page = '<p>AADSTS50011: The redirect URI specified in the request does not match.</p>'
  expect(await told(answering(400, aad(70_000, 'invalid_grant'), page))).toBe('redirect_unknown')
})

test('no way to the provider is no complaint about the app', async () => {
  const cut: HttpClient = { request: () => Promise.reject(new HttpError('refused', false, 'nobody listens')) }
  expect(await told(cut)).toBe('unreachable')
})
