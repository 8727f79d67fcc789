/**
 * The token endpoint (RFC 6749 §4.1.3, §6; PKCE RFC 7636 §4.6) with Google's answers: `scope` says what was granted, a
 * refresh token comes only with a fresh offline consent, and refreshing gives no new one.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { secret } from '../chance.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { type Account, accountAt } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import {
  type AuthCode,
  type Bearer,
  bearerOfRefreshToken,
  keepAccessToken,
  keepRefreshToken,
  refreshTokenBornAt,
  spendCode,
} from '../store/tokens.ts'
import { CLIENT } from './authorization.ts'
import { TOKEN_REFUSALS } from './refusals.ts'
import { isSignInScope, mayTellAddress, mayTellName } from './scopes.ts'
import type { Signing } from './signing.ts'

export interface TokenParts {
  readonly store: Store
  readonly clock: Clock
  readonly signing: Signing
  readonly faults: Faults
  readonly issuer: string
}

export interface TokenAnswer {
  readonly status: 200 | 400 | 401 | 503
  readonly body: Readonly<Record<string, string | number>>
  readonly account: string
  readonly scopes: readonly string[]
}

const ACCESS_TOKEN_LIFE_S = 3600
const DAY_MS = 86_400_000

function refuse(status: 400 | 401, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description }, account: '', scopes: [] }
}

/** Answers one token request. `form` is the decoded body, client credentials from Basic already put into it. */
export async function answerToken(parts: TokenParts, form: URLSearchParams): Promise<TokenAnswer> {
  if (form.get('client_id') !== CLIENT.id)
    return refuse(401, 'invalid_client', 'The OAuth client was not found.')
  if (!same(form.get('client_secret') ?? '', CLIENT.secret))
    return refuse(401, 'invalid_client', 'Unauthorized')
  switch (form.get('grant_type') ?? '') {
    case 'authorization_code':
      return exchangeCode(parts, form)
    case 'refresh_token':
      return refresh(parts, form)
    default:
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`)
  }
}

async function exchangeCode(parts: TokenParts, form: URLSearchParams): Promise<TokenAnswer> {
  const { store, clock } = parts
  const code = spendCode(store, form.get('code') ?? '', clock.now())
  if (code === undefined) return refuse(400, 'invalid_grant', 'Malformed auth code.')
  if (form.get('redirect_uri') !== code.redirectUri)
    return refuse(400, 'redirect_uri_mismatch', 'Bad Request')
  if (!provesPossession(code, form.get('code_verifier'))) {
    return refuse(
      400,
      'invalid_grant',
      code.challenge === undefined ? 'code_verifier or verifier is not needed.' : 'Invalid code verifier.',
    )
  }
  const account = accountAt(store, code.account)
  if (account === undefined) return refuse(400, 'invalid_grant', 'Account has been deleted')
  const access = grantAccess(parts, code)
  const days = code.scopes.every(isSignInScope) ? 0 : parts.faults.behaviour.refreshTokenDays
  const refreshToken = code.offline ? secret('1//0') : undefined
  if (refreshToken !== undefined) keepRefreshToken(store, refreshToken, code, clock.now())
  const idToken = code.scopes.includes('openid') ? await signIdToken(parts, code, account, access) : undefined
  return {
    status: 200,
    body: {
      access_token: access,
      expires_in: ACCESS_TOKEN_LIFE_S - 1,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(days === 0 || refreshToken === undefined ? {} : { refresh_token_expires_in: days * 86_400 - 1 }),
      scope: code.scopes.join(' '),
      token_type: 'Bearer',
      ...(idToken === undefined ? {} : { id_token: idToken }),
    },
    account: account.key,
    scopes: code.scopes,
  }
}

function refresh(parts: TokenParts, form: URLSearchParams): TokenAnswer {
  const bearer = bearerOfRefreshToken(parts.store, form.get('refresh_token') ?? '')
  if (bearer === undefined || isTooOld(parts, bearer, form.get('refresh_token') ?? ''))
    return refuse(400, 'invalid_grant', 'Token has been expired or revoked.')
  const ordered = parts.faults.refusal(TOKEN_REFUSALS, bearer.account, 'oauth2.token')
  if (ordered !== undefined) return { ...ordered, account: bearer.account, scopes: [] }
  return {
    status: 200,
    body: {
      access_token: grantAccess(parts, bearer),
      expires_in: ACCESS_TOKEN_LIFE_S - 1,
      scope: bearer.scopes.join(' '),
      token_type: 'Bearer',
    },
    account: bearer.account,
    scopes: bearer.scopes,
  }
}

/** An app in testing loses its grants after some days, except for those that only sign in. */
function isTooOld({ store, clock, faults }: TokenParts, bearer: Bearer, token: string): boolean {
  const { refreshTokenDays } = faults.behaviour
  if (refreshTokenDays === 0 || bearer.scopes.every(isSignInScope)) return false
  return clock.now() >= (refreshTokenBornAt(store, token) ?? 0) + refreshTokenDays * DAY_MS
}

function grantAccess(parts: TokenParts, bearer: Bearer): string {
  const token = secret('ya29.practice-')
  keepAccessToken(parts.store, token, bearer, parts.clock.now() + ACCESS_TOKEN_LIFE_S * 1000)
  return token
}

function provesPossession(code: AuthCode, verifier: string | null): boolean {
  if (code.challenge === undefined) return verifier === null
  return same(
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url'),
    code.challenge,
  )
}

function same(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function signIdToken(
  parts: TokenParts,
  code: AuthCode,
  account: Account,
  accessToken: string,
): Promise<string> {
  const nowS = Math.floor(parts.clock.real() / 1000)
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
  return parts.signing.sign({
    iss: parts.issuer,
    aud: code.client,
    azp: code.client,
    iat: nowS,
    exp: nowS + ACCESS_TOKEN_LIFE_S,
    at_hash: half,
    ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
    ...identityClaims(account, code.scopes),
  })
}

/** What the scopes allow to say of an account, in an id_token and at userinfo. */
export function identityClaims(
  account: Account,
  scopes: readonly string[],
): Readonly<Record<string, string | boolean>> {
  return {
    sub: account.subject,
    ...(mayTellAddress(scopes) ? { email: account.address, email_verified: true } : {}),
    ...(mayTellName(scopes) ? { name: account.name } : {}),
  }
}
