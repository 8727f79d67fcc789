/**
 * Signing in with OAuth 2.0 (RFC 6749), PKCE (RFC 7636) and OpenID Connect, in terms of the port: one client per
 * endpoint. What differs between providers (scopes, extra parameters, how an error reads) is given by the adapter.
 *
 * The id token is checked for issuer, audience, times and nonce (OpenID Connect Core §3.1.3.7), and for its signature
 * where the endpoint names its keys. An issuer with `{tenantid}` in it stands for one issuer per tenant: the one of the
 * token's own `tid`. Plain HTTP is allowed to loopback only. Refuses: storing anything.
 */
import * as oauth from 'openid-client'
import type { AuthorizeRequest, SignInEndpoint, Tokens } from '../../mailboxes/consent.ts'
import type { Outcome } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import type { OAuthDialect } from './oauth-errors.ts'
import { oauthFailure } from './oauth-errors.ts'
import { failed, succeeded } from './outcome.ts'

export interface OAuthClient {
  authorizeUrl(
    request: AuthorizeRequest,
    wish: { readonly scopes: readonly string[]; readonly extra: Readonly<Record<string, string>> },
  ): Promise<string>
  exchange(callback: Callback, signal: AbortSignal): Promise<Outcome<Exchanged>>
  /** `scopes`: what to ask for again, where the provider wants to be told. */
  refresh(
    refreshToken: string,
    scopes: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<Tokens>>
  /** A token that the provider no longer knows counts as revoked. */
  revoke(token: string, signal: AbortSignal): Promise<Outcome<undefined>>
}

/** What a code became: tokens, and what the checked id token says about the person. */
export interface Exchanged {
  readonly tokens: Tokens
  readonly claims: Readonly<Record<string, unknown>> & { readonly sub: string }
}

export interface Callback {
  /** The whole address that the browser came back to. */
  readonly callbackUrl: string
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

export interface OAuthOptions {
  readonly endpoint: SignInEndpoint & { readonly userinfoUrl?: string }
  readonly http: HttpClient
  /** Real time: it counts the life of access tokens. */
  readonly now: () => Temporal.Instant
  readonly dialect?: OAuthDialect
}

/** A client for one endpoint. Without a client id every call says `our_config`. */
export function openOAuth(options: OAuthOptions): OAuthClient {
  const { endpoint } = options

  async function ask<T>(
    signal: AbortSignal,
    fn: (client: oauth.Configuration) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    try {
      return await fn(configured(options, throughHttp(options.http, signal)))
    } catch (error) {
      return failed(oauthFailure(error, options.now(), options.dialect))
    }
  }

  return {
    async authorizeUrl(request, wish) {
      const parameters = {
        ...wish.extra,
        scope: wish.scopes.join(' '),
        redirect_uri: request.redirectUri,
        state: request.state,
        nonce: request.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(request.codeVerifier),
        code_challenge_method: 'S256',
        ...(request.loginHint === undefined ? {} : { login_hint: request.loginHint }),
      }
      return oauth.buildAuthorizationUrl(configured(options, throughHttp(options.http)), parameters).href
    },
    exchange: (callback, signal) =>
      ask(signal, async () => {
        const answer = await ofTenant(options, signal, (client) =>
          oauth.authorizationCodeGrant(client, cameBack(callback), {
            pkceCodeVerifier: callback.codeVerifier,
            expectedState: callback.state,
            expectedNonce: callback.nonce,
            idTokenExpected: true,
          }),
        )
        const claims = answer.claims()
        if (claims === undefined) {
          return failed({ kind: 'our_config', diagnostic: 'the sign-in named nobody' })
        }
        return succeeded({ tokens: tokensOf(answer, options.now()), claims })
      }),
    refresh: (refreshToken, scopes, signal) =>
      ask(signal, async () => {
        const parameters: Record<string, string> = scopes === undefined ? {} : { scope: scopes.join(' ') }
        const answer = await ofTenant(options, signal, (client) =>
          oauth.refreshTokenGrant(client, refreshToken, parameters),
        )
        return succeeded(tokensOf(answer, options.now()))
      }),
    async revoke(token, signal) {
      if (endpoint.revokeUrl === undefined) {
        return failed({ kind: 'our_config', diagnostic: `${endpoint.key} has no way to revoke` })
      }
      const outcome = await ask(signal, async (client) => {
        await oauth.tokenRevocation(client, token)
        return succeeded(undefined)
      })
      return !outcome.ok && outcome.failure.kind === 'unauthorised' ? succeeded(undefined) : outcome
    },
  }
}

const tenantPlace = '{tenantid}'
const tenantId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Which issuer a token of many tenants must have is known only from the token. The first pass asks the provider and
 * fails on the issuer alone; the second reads the same answer again with the issuer of its tenant, and checks it all.
 */
async function ofTenant<T>(
  options: OAuthOptions,
  signal: AbortSignal,
  grant: (client: oauth.Configuration) => Promise<T>,
): Promise<T> {
  const { issuer, tokenUrl } = options.endpoint
  const fetched = throughHttp(options.http, signal)
  if (!issuer.includes(tenantPlace)) return grant(configured(options, fetched))
  let told: Response | undefined
  const first = configured(options, async (url, request) => {
    const answer = await fetched(url, request)
    if (url === tokenUrl) told = answer.clone()
    return answer
  })
  try {
    return await grant(first)
  } catch (error) {
    const replayed = told
    const tenant = await tenantIn(replayed?.clone())
    if (replayed === undefined || tenant === undefined) throw error
    const endpoint = { ...options.endpoint, issuer: issuer.replace(tenantPlace, tenant) }
    return await grant(
      configured({ ...options, endpoint }, async (url, request) =>
        url === tokenUrl ? replayed.clone() : fetched(url, request),
      ),
    )
  }
}

async function tenantIn(answer: Response | undefined): Promise<string | undefined> {
  try {
    const body = (await answer?.json()) as { id_token?: unknown }
    const [, payload = ''] = String(body.id_token).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { tid?: unknown }
    return typeof claims.tid === 'string' && tenantId.test(claims.tid) ? claims.tid : undefined
  } catch {
    return undefined
  }
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

type Fetch = (url: string, request: Fetched) => Promise<Response>

function throughHttp(http: HttpClient, signal?: AbortSignal): Fetch {
  return (url, request) => fetchThrough(http, url, request, signal)
}

/** How wrong the clock of this machine may be where the times of an id token are checked. */
const clockToleranceSeconds = 300

function configured({ endpoint }: OAuthOptions, fetched: Fetch): oauth.Configuration {
  const client = new oauth.Configuration(
    {
      issuer: endpoint.issuer,
      authorization_endpoint: endpoint.authorizeUrl,
      token_endpoint: endpoint.tokenUrl,
      ...(endpoint.userinfoUrl === undefined ? {} : { userinfo_endpoint: endpoint.userinfoUrl }),
      ...(endpoint.revokeUrl === undefined ? {} : { revocation_endpoint: endpoint.revokeUrl }),
      ...(endpoint.jwksUrl === undefined ? {} : { jwks_uri: endpoint.jwksUrl }),
    },
    endpoint.clientId ?? 'not-configured',
    { [oauth.clockTolerance]: clockToleranceSeconds },
    endpoint.clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(endpoint.clientSecret),
  )
  client[oauth.customFetch] = fetched
  if (endpoint.jwksUrl !== undefined) oauth.enableNonRepudiationChecks(client)
  // oxlint-disable-next-line typescript/no-deprecated -- marked so that it is noticed; the practice world has no TLS
  if (loopback.has(new URL(endpoint.tokenUrl).hostname)) oauth.allowInsecureRequests(client)
  return client
}

type Fetched = Parameters<oauth.CustomFetch>[1]

async function fetchThrough(
  http: HttpClient,
  url: string,
  request: Fetched,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const body = request.body
  if (body !== undefined && body !== null && !(body instanceof URLSearchParams) && typeof body !== 'string') {
    throw new TypeError('a sign-in sends forms only')
  }
  const answer = await http.request({
    url,
    method: request.method === 'POST' ? 'POST' : 'GET',
    headers: request.headers,
    ...(body === undefined || body === null ? {} : { body: body.toString() }),
    ...(signal === undefined ? {} : { signal }),
    maxBytes: 1024 * 1024,
  })
  const empty = answer.status === 204 || answer.status === 304
  return new Response(empty ? null : Buffer.from(answer.bytes), {
    status: answer.status,
    headers: answer.headers,
  })
}

/** The address the browser came back to, on the redirect URI that the provider knows (a proxy may show us another). */
function cameBack(callback: Callback): URL {
  const url = new URL(callback.redirectUri)
  url.search = new URL(callback.callbackUrl, callback.redirectUri).search
  return url
}

function tokensOf(
  answer: {
    readonly access_token: string
    readonly refresh_token?: string
    readonly scope?: string
    readonly expires_in?: number
  },
  now: Temporal.Instant,
): Tokens {
  return {
    accessToken: answer.access_token,
    expiresAt: now.add({ seconds: answer.expires_in ?? 300 }),
    scopes: answer.scope?.split(' ').filter((scope) => scope !== '') ?? [],
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
  }
}
