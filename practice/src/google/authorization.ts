/**
 * The authorisation request (RFC 6749 §4.1.1 with PKCE of RFC 7636, and Google's extra parameters). Problems with client or
 * redirect URI are shown on a page; all others go back to the client.
 */
import { isKnownScope, normalScopes } from './scopes.ts'

export const CLIENT = { id: 'practice-client', secret: 'practice-secret', name: 'Kontor' } as const

export interface AuthorizationRequest {
  /** The query string as it came, to be carried through the forms. */
  readonly query: string
  readonly client: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | undefined
  readonly nonce: string | undefined
  readonly challenge: string | undefined
  readonly offline: boolean
  readonly forceConsent: boolean
  readonly silent: boolean
  readonly includeGranted: boolean
  readonly loginHint: string | undefined
}

export type ReadRequest =
  | { readonly kind: 'request'; readonly request: AuthorizationRequest }
  | { readonly kind: 'page'; readonly error: string; readonly sentence: string }
  | { readonly kind: 'redirect'; readonly location: string }

export function readAuthorization(query: string): ReadRequest {
  const given = new URLSearchParams(query)
  if (given.get('client_id') !== CLIENT.id)
    return { kind: 'page', error: 'invalid_client', sentence: 'The OAuth client was not found.' }
  const redirectUri = given.get('redirect_uri') ?? ''
  if (!isLoopback(redirectUri)) {
    return {
      kind: 'page',
      error: 'redirect_uri_mismatch',
      sentence: `This redirect URI is not registered: ${redirectUri}`,
    }
  }
  const state = given.get('state') ?? undefined
  const refuse = (error: string): ReadRequest => ({
    kind: 'redirect',
    location: redirectWith(redirectUri, { error, state }),
  })
  const scopes = normalScopes(given.get('scope') ?? '')
  const challenge = given.get('code_challenge') ?? undefined
  if (given.get('response_type') !== 'code') return refuse('unsupported_response_type')
  if (scopes.length === 0 || !scopes.every(isKnownScope)) return refuse('invalid_scope')
  if (challenge !== undefined && given.get('code_challenge_method') !== 'S256')
    return refuse('invalid_request')
  const prompt = (given.get('prompt') ?? '').split(' ')
  return {
    kind: 'request',
    request: {
      query,
      client: CLIENT.id,
      redirectUri,
      scopes,
      state,
      nonce: given.get('nonce') ?? undefined,
      challenge,
      offline: given.get('access_type') === 'offline',
      forceConsent: prompt.includes('consent'),
      silent: prompt.includes('none'),
      includeGranted: given.get('include_granted_scopes') === 'true',
      loginHint: given.get('login_hint') ?? undefined,
    },
  }
}

/** RFC 8252 §7.3: a loopback address on any port. */
function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, hash } = new URL(uri)
  return protocol === 'http:' && hash === '' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** The redirect URI with these parameters added; undefined ones are left out. */
export function redirectWith(
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.append(name, value)
  }
  return url.href
}
