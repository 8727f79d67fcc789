/**
 * The authorisation request at Microsoft (RFC 6749 §4.1.1, PKCE of RFC 7636). Problems with client or redirect URI are shown
 * on a page; all others go back to the client.
 */
import { type Refusal, REFUSALS, describeRefusal } from './aad-errors.ts'
import { isKnownScope, normalScopes } from './scopes.ts'
import { CLIENT } from './tenant.ts'

export interface AuthorizationRequest {
  /** The query string as it came, to be carried through the forms. */
  readonly query: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | undefined
  readonly nonce: string | undefined
  /** With its method in front (`S256.` or `plain.`). */
  readonly challenge: string | undefined
  readonly inFragment: boolean
  readonly forceConsent: boolean
  readonly silent: boolean
  readonly loginHint: string | undefined
}

export type ReadRequest =
  | { readonly kind: 'request'; readonly request: AuthorizationRequest }
  | { readonly kind: 'page'; readonly refusal: Refusal }
  | { readonly kind: 'redirect'; readonly location: string }

export function readAuthorization(query: string, nowMs: number): ReadRequest {
  const given = new URLSearchParams(query)
  if (given.get('client_id') !== CLIENT.id) return { kind: 'page', refusal: REFUSALS.unknownClient }
  const redirectUri = given.get('redirect_uri') ?? ''
  if (!isLoopback(redirectUri)) return { kind: 'page', refusal: REFUSALS.redirectMismatch }
  const mode = given.get('response_mode') ?? 'query'
  const challenge = given.get('code_challenge') ?? undefined
  const method = given.get('code_challenge_method') ?? 'plain'
  const prompt = (given.get('prompt') ?? '').split(' ')
  const request: AuthorizationRequest = {
    query,
    redirectUri,
    scopes: normalScopes(given.get('scope') ?? ''),
    state: given.get('state') ?? undefined,
    nonce: given.get('nonce') ?? undefined,
    challenge: challenge === undefined ? undefined : `${method}.${challenge}`,
    inFragment: mode === 'fragment',
    forceConsent: prompt.includes('consent'),
    silent: prompt.includes('none'),
    loginHint: given.get('login_hint') ?? undefined,
  }
  const problem = problemOf(request, { responseType: given.get('response_type') ?? '', mode, method })
  if (problem === undefined) return { kind: 'request', request }
  return { kind: 'redirect', location: refused(request, problem, nowMs) }
}

function problemOf(
  request: AuthorizationRequest,
  given: { readonly responseType: string; readonly mode: string; readonly method: string },
): Refusal | undefined {
  if (given.responseType !== 'code') return REFUSALS.responseType
  if (given.mode !== 'query' && given.mode !== 'fragment') return REFUSALS.malformed
  if (given.method !== 'S256' && given.method !== 'plain') return REFUSALS.malformed
  if (request.scopes.length === 0 || !request.scopes.every(isKnownScope)) return REFUSALS.wrongScope
  return request.silent ? REFUSALS.silent : undefined
}

/** RFC 8252 §7.3: a loopback address on any port. */
export function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, hash } = new URL(uri)
  return protocol === 'http:' && hash === '' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** Where a refusal goes back to the client. */
export function refused(
  request: Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'inFragment'>,
  refusal: Refusal,
  nowMs: number,
): string {
  return backTo(request, { error: refusal.error, error_description: describeRefusal(refusal, nowMs) })
}

/** The redirect URI with these parameters and the state, in the query or in the fragment. */
export function backTo(
  request: Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'inFragment'>,
  parameters: Readonly<Record<string, string>>,
): string {
  const url = new URL(request.redirectUri)
  const added = request.inFragment ? new URLSearchParams() : url.searchParams
  for (const [name, value] of Object.entries(parameters)) added.append(name, value)
  if (request.state !== undefined) added.append('state', request.state)
  if (request.inFragment) url.hash = added.toString()
  return url.href
}
