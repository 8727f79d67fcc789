/**
 * The token endpoint of the identity platform (RFC 6749 §4.1.3, §6; PKCE RFC 7636 §4.6): every refresh brings a new refresh
 * token while the old one stays alive, and both die of 90 days without use. Refusals carry AADSTS numbers.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { secret } from '../chance.ts'
import { type Call, TOKEN_CALL, requested } from '../calls.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Signing } from '../google/signing.ts'
import { type Account, accountAt } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import {
  type AuthCode,
  type Bearer,
  bearerOfRefreshToken,
  dropRefreshToken,
  grantedBefore,
  keepAccessToken,
  keepRefreshToken,
  refreshTokenBornAt,
  spendCode,
} from '../store/tokens.ts'
import { type Refusal, REFUSALS, refusalBody } from './aad-errors.ts'
import { AAD_REFUSALS } from './refusals.ts'
import { isSignInScope, normalScopes } from './scopes.ts'
import { CLIENT, TENANT, adminConsent, guidOf } from './tenant.ts'

export interface TokenParts {
  readonly store: Store
  readonly clock: Clock
  readonly signing: Signing
  readonly faults: Faults
  /** Address of this service up to the tenant, `<base>/microsoft`. */
  readonly authority: string
}

export interface TokenAnswer {
  readonly status: 200 | 400 | 401 | 503
  readonly body: Readonly<Record<string, unknown>>
  readonly account: string
  readonly scopes: readonly string[]
}

/** Of an id token, in real time. */
const ID_TOKEN_LIFE_S = 3600
const MOST_REFRESH_TOKENS = 100
/** Of refusals that are not 400. */
const STATUS = new Map<string, 401 | 503>([
  ['invalid_client', 401],
  ['temporarily_unavailable', 503],
])
const DAY_MS = 86_400_000

/** Answers one token request. `form` is the decoded body, client credentials from Basic already put into it. */
export async function answerToken(
  parts: TokenParts,
  form: URLSearchParams,
  path: string,
): Promise<TokenAnswer> {
  const call = requested(TOKEN_CALL, { method: 'POST', path })
  const refuse = (refusal: Refusal): TokenAnswer => ({
    status: STATUS.get(refusal.error) ?? 400,
    body: refusalBody(refusal, parts.clock.now()),
    account: '',
    scopes: [],
  })
  if (form.get('client_id') !== CLIENT.id) return refuse(REFUSALS.unknownClient)
  const given = form.get('client_secret')
  if (given === null) return refuse(REFUSALS.noSecret)
  if (!same(given, CLIENT.secret)) return refuse(REFUSALS.wrongSecret)
  const grant = readGrant(parts, form, call)
  if ('refusal' in grant) return refuse(grant.refusal)
  const account = accountAt(parts.store, grant.bearer.account)
  if (account === undefined) return refuse(REFUSALS.revoked)
  return answerGrant(parts, account, { ...grant, call })
}

/** What a request is about to be given. */
interface Grant {
  readonly bearer: Bearer
  /** Scopes of the access token, which may be fewer than those of the grant. */
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  /** The refresh token that was shown. */
  readonly spent: string | undefined
}

function readGrant(
  parts: TokenParts,
  form: URLSearchParams,
  call: Call,
): Grant | { readonly refusal: Refusal } {
  switch (form.get('grant_type') ?? '') {
    case 'authorization_code':
      return redeemed(parts, form)
    case 'refresh_token':
      return refreshed(parts, form, call)
    default:
      return { refusal: REFUSALS.grantType }
  }
}

function redeemed(parts: TokenParts, form: URLSearchParams): Grant | { readonly refusal: Refusal } {
  const code = spendCode(parts.store, form.get('code') ?? '', parts.clock.now())
  if (code?.client !== CLIENT.id) return { refusal: REFUSALS.badCode }
  if (form.get('redirect_uri') !== code.redirectUri) return { refusal: REFUSALS.redirectMismatch }
  if (!provesPossession(code, form.get('code_verifier'))) return { refusal: REFUSALS.badVerifier }
  return { bearer: code, scopes: code.scopes, nonce: code.nonce, spent: undefined }
}

function refreshed(
  parts: TokenParts,
  form: URLSearchParams,
  call: Call,
): Grant | { readonly refusal: Refusal } {
  const token = form.get('refresh_token') ?? ''
  const bearer = bearerOfRefreshToken(parts.store, token)
  if (bearer?.client !== CLIENT.id) return { refusal: REFUSALS.revoked }
  const ordered = parts.faults.refusal(AAD_REFUSALS, bearer.account, call)
  if (ordered !== undefined) return { refusal: ordered }
  const bornAt = refreshTokenBornAt(parts.store, token) ?? 0
  const idleMs = parts.faults.behaves('refreshTokenIdleDays', bearer.account, call) * DAY_MS
  if (parts.clock.now() - bornAt > idleMs) return { refusal: REFUSALS.idle }
  const wanted = normalScopes(form.get('scope') ?? '')
  if (wanted.some((scope) => !isSignInScope(scope) && !bearer.scopes.includes(scope)))
    return { refusal: REFUSALS.noConsent }
  const scopes = wanted.length === 0 ? bearer.scopes : bearer.scopes.filter((scope) => wanted.includes(scope))
  return { bearer, scopes, nonce: undefined, spent: token }
}

async function answerGrant(
  parts: TokenParts,
  account: Account,
  grant: Grant & { readonly call: Call },
): Promise<TokenAnswer> {
  const { store, clock, faults } = parts
  const { bearer, nonce, spent, call } = grant
  const scopes = scopesOf(parts, account, grant)
  const seconds = faults.behaves('accessTokenSeconds', account.key, call)
  const access = secret('EwB.practice-')
  const offline = bearer.scopes.includes('offline_access')
  const refreshToken = secret('M.C1_practice.')
  store.transaction(() => {
    keepAccessToken(store, access, { ...bearer, scopes }, clock.now() + seconds * 1000)
    if (offline)
      keepRefreshToken(store, { token: refreshToken, most: MOST_REFRESH_TOKENS }, bearer, clock.now())
    if (offline && spent !== undefined && !faults.behaves('oldRefreshTokenLives', account.key, call))
      dropRefreshToken(store, spent)
  })
  const idToken = scopes.includes('openid') ? await signIdToken(parts, account, scopes, nonce) : undefined
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      scope: scopes.filter((scope) => scope !== 'offline_access').join(' '),
      expires_in: seconds - 1,
      ext_expires_in: seconds - 1,
      access_token: access,
      ...(offline ? { refresh_token: refreshToken } : {}),
      ...(idToken === undefined ? {} : { id_token: idToken }),
    },
    account: account.key,
    scopes,
  }
}

function scopesOf(
  { store, faults }: TokenParts,
  account: Account,
  grant: Grant & { readonly call: Call },
): readonly string[] {
  const withheld = faults.behaves('withheldScope', account.key, grant.call)
  const all = faults.behaves('consentsAddUp', account.key, grant.call)
    ? [...grant.scopes, ...grantedBefore(store, account.key, CLIENT.id), ...adminConsent(store)]
    : grant.scopes
  return [...new Set(all)].filter((scope) => scope !== withheld)
}

function provesPossession(code: AuthCode, verifier: string | null): boolean {
  if (code.challenge === undefined) return verifier === null
  const [method = '', challenge = ''] = code.challenge.split('.')
  const given = verifier ?? ''
  return same(method === 'S256' ? createHash('sha256').update(given).digest('base64url') : given, challenge)
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** The times of an id token are real time, because clients check them against the machine. */
async function signIdToken(
  parts: TokenParts,
  account: Account,
  scopes: readonly string[],
  nonce: string | undefined,
): Promise<string> {
  const nowS = Math.floor(parts.clock.real() / 1000)
  return parts.signing.sign({
    ver: '2.0',
    iss: `${parts.authority}/${TENANT}/v2.0`,
    aud: CLIENT.id,
    iat: nowS,
    nbf: nowS,
    exp: nowS + ID_TOKEN_LIFE_S,
    tid: TENANT,
    oid: guidOf('user', account.key),
    sub: guidOf(CLIENT.id, account.key),
    ...(nonce === undefined ? {} : { nonce }),
    ...(scopes.includes('profile') ? { name: account.name, preferred_username: account.address } : {}),
    ...(scopes.includes('email') ? { email: account.address } : {}),
  })
}
