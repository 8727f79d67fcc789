/** Short ways into the practice world at Microsoft for tests: consent, token, Graph. */
import { createHash } from 'node:crypto'
import type { Reader } from '../json.ts'
import { type Answer, REDIRECT, type TestWorld } from './world.ts'

export const OLGA = 'olga@office.practice.example'
export const FULL = ['offline_access', 'User.Read', 'Mail.Send', 'Mail.Read']

const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789'

export function officeQuery(
  scopes: readonly string[],
  change: Readonly<Record<string, string>> = {},
): string {
  return new URLSearchParams({
    client_id: 'practice-office-client',
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: ['openid', 'profile', 'email', ...scopes].join(' '),
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  }).toString()
}

/** Answers the consent page; gives what came of it. */
export function officeConsent(
  world: TestWorld,
  query: string,
  decision: 'allow' | 'cancel' = 'allow',
): Promise<Answer> {
  return world.postForm('/microsoft/common/consent', { request: query, account: OLGA, decision })
}

export function officeToken(world: TestWorld, fields: Readonly<Record<string, string>>): Promise<Answer> {
  return world.postForm('/microsoft/common/oauth2/v2.0/token', {
    client_id: 'practice-office-client',
    client_secret: 'practice-office-secret',
    ...fields,
  })
}

export function officeExchange(
  world: TestWorld,
  code: string,
  change: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return officeToken(world, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...change,
  })
}

/** Signs Olga in with these scopes; answers the token answer. */
export async function officeSignIn(world: TestWorld, scopes: readonly string[]): Promise<Reader> {
  const back = await officeConsent(world, officeQuery(scopes))
  const code = new URL(back.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? ''
  return (await officeExchange(world, code)).body
}

/** Calls Graph for the owner of the token. */
export function graph(
  world: TestWorld,
  token: string,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  const url = URL.canParse(path) ? path : `/graph/v1.0/me${path}`
  return world.call(url, { ...init, headers })
}

/** Sends a whole message in its MIME form. */
export function sendMime(world: TestWorld, token: string, raw: string): Promise<Answer> {
  return graph(world, token, '/sendMail', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: Buffer.from(raw, 'utf8').toString('base64'),
  })
}
