/**
 * The token endpoint (RFC 6749 §4.1.3, §6; PKCE RFC 7636 §4.6) with Google's answers: `scope` says what was granted, a
 * refresh token comes only with a fresh offline consent, and refreshing gives no new one.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { secret } from '../chance.ts'
import { type Call, TOKEN_CALL, requested } from '../calls.ts'
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
import { PREFIX, isSignInScope, mayTellAddress, mayTellName } from './scopes.ts'
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

/** Of an id token, in real time. */
const ID_TOKEN_LIFE_S = 3600
const DAY_MS = 86_400_000

function refuse(status: 400 | 401, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description }, account: '', scopes: [] }
}

/** Answers one token request. `form` is the decoded body, client credentials from Basic already put into it. */
export async function answerToken(
  parts: TokenParts,
  form: URLSearchParams,
  path: string,
): Promise<TokenAnswer> {
  const call = requested(TOKEN_CALL, { method: 'POST', path })
  if (form.get('client_id') !== CLIENT.id)
    return refuse(401, 'invalid_client', 'The OAuth client was not found.')
  if (!same(form.get('client_secret') ?? '', CLIENT.secret))
    return refuse(401, 'invalid_client', 'Unauthorized')
  switch (form.get('grant_type') ?? '') {
    case 'authorization_code':
      return exchangeCode(parts, form, call)
    case 'refresh_token':
      return refresh(parts, form, call)
    default:
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`)
  }
}

async function exchangeCode(parts: TokenParts, form: URLSearchParams, call: Call): Promise<TokenAnswer> {
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
  const access = grantAccess(parts, code, call)
  const { faults } = parts
  const days = code.scopes.every(isSignInScope) ? 0 : faults.behaves('refreshTokenDays', account.key, call)
  const refreshToken = code.offline ? secret('1//0') : undefined
  if (refreshToken !== undefined) {
    const most = faults.behaves('mostRefreshTokens', account.key, call)
    const bearer = { ...code, scopes: access.scopes }
    keepRefreshToken(store, { token: refreshToken, most }, bearer, clock.now())
  }
  const idToken = code.scopes.includes('openid')
    ? await signIdToken(parts, code, account, access.token)
    : undefined
  return {
    status: 200,
    body: {
      access_token: access.token,
      expires_in: access.seconds - 1,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(days === 0 || refreshToken === undefined ? {} : { refresh_token_expires_in: days * 86_400 - 1 }),
      scope: access.scopes.join(' '),
      token_type: 'Bearer',
      ...(idToken === undefined ? {} : { id_token: idToken }),
    },
    account: account.key,
    scopes: access.scopes,
  }
}

function refresh(parts: TokenParts, form: URLSearchParams, call: Call): TokenAnswer {
  const bearer = bearerOfRefreshToken(parts.store, form.get('refresh_token') ?? '')
  if (bearer === undefined || isTooOld(parts, bearer, { token: form.get('refresh_token') ?? '', call }))
    return refuse(400, 'invalid_grant', 'Token has been expired or revoked.')
  const ordered = parts.faults.refusal(TOKEN_REFUSALS, bearer.account, call)
  if (ordered !== undefined)
    return { status: ordered.status, body: ordered.body, account: bearer.account, scopes: [] }
  const access = grantAccess(parts, bearer, call)
  return {
    status: 200,
    body: {
      access_token: access.token,
      expires_in: access.seconds - 1,
      scope: access.scopes.join(' '),
      token_type: 'Bearer',
    },
    account: bearer.account,
    scopes: access.scopes,
  }
}

/** An app in testing loses its grants after some days, except for those that only sign in. */
function isTooOld(
  { store, clock, faults }: TokenParts,
  bearer: Bearer,
  { token, call }: { readonly token: string; readonly call: Call },
): boolean {
  if (bearer.scopes.every(isSignInScope)) return false
  const days = faults.behaves('refreshTokenDays', bearer.account, call)
  return days !== 0 && clock.now() >= (refreshTokenBornAt(store, token) ?? 0) + days * DAY_MS
}

interface Access {
  readonly token: string
  readonly seconds: number
  /** Those of the grant, unless one is withheld. */
  readonly scopes: readonly string[]
}

function grantAccess({ store, clock, faults }: TokenParts, bearer: Bearer, call: Call): Access {
  const token = secret('ya29.practice-')
  const withheld = faults.behaves('withheldScope', bearer.account, call)
  const scopes = bearer.scopes.filter((scope) => scope !== withheld && scope !== `${PREFIX}${withheld}`)
  const seconds = faults.behaves('accessTokenSeconds', bearer.account, call)
  keepAccessToken(store, token, { ...bearer, scopes }, clock.now() + seconds * 1000)
  return { token, seconds, scopes }
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
    exp: nowS + ID_TOKEN_LIFE_S,
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
