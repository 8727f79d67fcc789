/** HTTP of the practice identity service: discovery, sign-in, consent, token, revoke, userinfo, keys. */
import { Hono } from 'hono'
import { CONSENT_CALL, requested } from '../calls.ts'
import { secret } from '../chance.ts'
import { isAddress, isGoogleAddress, isPracticeAddress } from '../mime/addresses.ts'
import { languageOf } from '../pages/layout.ts'
import { recordCall, returnedFields } from '../records.ts'
import { type Account, accountAt, keepAccount, listAccounts } from '../store/accounts.ts'
import {
  type Bearer,
  bearerOfAccessToken,
  bearerOfRefreshToken,
  endGrants,
  endToken,
  grantedBefore,
  keepCode,
  keepConsent,
} from '../store/tokens.ts'
import { type AuthorizationRequest, readAuthorization, redirectWith } from './authorization.ts'
import { TOKEN_REFUSALS } from './refusals.ts'
import { isSignInScope } from './scopes.ts'
import { chooserPage, consentPage, refusalPage } from './signin-pages.ts'
import { type TokenParts, answerToken, identityClaims } from './token.ts'

const CODE_LIFE_MS = 10 * 60_000

export function identityRoutes(parts: TokenParts): Hono {
  const { store, clock, signing, faults, issuer } = parts
  const app = new Hono()

  const record = (
    method: string,
    bearer: Pick<Bearer, 'account' | 'scopes'>,
    status: number,
    body: unknown,
  ): void => {
    recordCall(store, {
      at: clock.now(),
      mailbox: bearer.account,
      method,
      ids: [],
      threadIds: [],
      format: '',
      fields: returnedFields(body),
      scopes: bearer.scopes,
      status,
    })
  }

  app.get('/.well-known/openid-configuration', (c) => c.json(discovery(issuer)))
  app.on('GET', ['/certs', '/oauth2/v3/certs'], (c) => c.json(signing.publicKeys))

  app.get('/o/oauth2/v2/auth', async (c) => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const read = readAuthorization(new URL(c.req.url).search.slice(1))
    if (read.kind === 'page') return c.html(await refusalPage(read.error, read.sentence, language), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const { request } = read
    if (request.silent)
      return c.redirect(
        redirectWith(request.redirectUri, { error: 'interaction_required', state: request.state }),
      )
    const accounts = listAccounts(store).filter(
      (account) =>
        isGoogleAddress(account.address) &&
        (account.kind !== 'person' || account.address === request.loginHint),
    )
    return c.html(await chooserPage(request, accounts, language))
  })

  app.post('/signin', async (c) => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const form = new URLSearchParams(await c.req.text())
    const read = readAuthorization(form.get('request') ?? '')
    if (read.kind === 'page') return c.html(await refusalPage(read.error, read.sentence, language), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const account = signedIn(form)
    if (account === undefined)
      return c.html(await refusalPage('invalid_request', unknownAccount(language), language), 400)
    if (needsConsent(read.request, account)) return c.html(await consentPage(read.request, account, language))
    return c.redirect(grantCode(read.request, account, read.request.scopes, 'remembered'))
  })

  app.post('/consent', async (c) => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const form = new URLSearchParams(await c.req.text())
    const read = readAuthorization(form.get('request') ?? '')
    if (read.kind === 'page') return c.html(await refusalPage(read.error, read.sentence, language), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const { request } = read
    const account = signedIn(form)
    if (account === undefined)
      return c.html(await refusalPage('invalid_request', unknownAccount(language), language), 400)
    if (form.get('decision') !== 'allow') {
      return c.redirect(redirectWith(request.redirectUri, { error: 'access_denied', state: request.state }))
    }
    const ordered = faults.refusal(TOKEN_REFUSALS, account.key, requested(CONSENT_CALL, c.req))
    if (ordered !== undefined)
      return c.redirect(
        redirectWith(request.redirectUri, { error: ordered.body['error'], state: request.state }),
      )
    const ticked = new Set(form.getAll('scope'))
    const granted = request.scopes.filter((scope) => isSignInScope(scope) || ticked.has(scope))
    return c.redirect(
      grantCode(request, account, granted, needsConsent(request, account) ? 'fresh' : 'remembered'),
    )
  })

  app.post('/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    addBasicCredentials(form, c.req.header('authorization'))
    const answer = await answerToken(parts, form, c.req.path)
    record('oauth2.token', answer, answer.status, answer.body)
    c.header('cache-control', 'no-store')
    return c.json(answer.body, answer.status)
  })

  app.post('/revoke', async (c) => {
    const token = new URLSearchParams(await c.req.text()).get('token') ?? c.req.query('token') ?? ''
    const bearer = bearerOfRefreshToken(store, token) ?? bearerOfAccessToken(store, token, clock.now())
    const body =
      bearer === undefined ? { error: 'invalid_token', error_description: 'Token expired or revoked' } : {}
    record('oauth2.revoke', bearer ?? { account: '', scopes: [] }, bearer === undefined ? 400 : 200, body)
    if (bearer === undefined) return c.json(body, 400)
    const call = requested('oauth2.revoke', c.req)
    store.transaction(() => {
      if (faults.behaves('revokeEndsAll', bearer.account, call))
        endGrants(store, bearer.account, bearer.client)
      else endToken(store, token)
    })
    return c.json(body)
  })

  app.on(['GET', 'POST'], '/userinfo', (c) => {
    const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    const bearer = bearerOfAccessToken(store, token, clock.now())
    const account = bearer === undefined ? undefined : accountAt(store, bearer.account)
    const body =
      bearer === undefined || account === undefined
        ? { error: 'invalid_request', error_description: 'Invalid Credentials' }
        : identityClaims(account, bearer.scopes)
    const status = account === undefined ? 401 : 200
    record('oauth2.userinfo', bearer ?? { account: '', scopes: [] }, status, body)
    return c.json(body, status)
  })

  function signedIn(form: URLSearchParams): Account | undefined {
    const chosen = form.get('account') ?? ''
    if (chosen !== '') return isGoogleAddress(chosen) ? accountAt(store, chosen) : undefined
    const address = (form.get('new_address') ?? '').trim()
    if (!isAddress(address) || !isPracticeAddress(address) || !isGoogleAddress(address)) return undefined
    const name = (form.get('new_name') ?? '').trim()
    return (
      accountAt(store, address) ??
      keepAccount(store, { address, name: name === '' ? address : name, language: 'en' }, clock.now())
    )
  }

  function needsConsent(request: AuthorizationRequest, account: Account): boolean {
    const before = new Set(grantedBefore(store, account.key, request.client))
    return request.forceConsent || !request.scopes.every((scope) => before.has(scope))
  }

  function grantCode(
    request: AuthorizationRequest,
    account: Account,
    granted: readonly string[],
    consent: 'fresh' | 'remembered',
  ): string {
    const earlier = request.includeGranted ? grantedBefore(store, account.key, request.client) : []
    const scopes = [...new Set([...granted, ...earlier])]
    const code = secret('4/0')
    store.transaction(() => {
      keepConsent(store, { account: account.key, client: request.client, scopes })
      keepCode(store, code, {
        account: account.key,
        client: request.client,
        redirectUri: request.redirectUri,
        scopes,
        nonce: request.nonce,
        challenge: request.challenge,
        offline: request.offline && consent === 'fresh',
        expiresAt: clock.now() + CODE_LIFE_MS,
      })
    })
    return redirectWith(request.redirectUri, {
      state: request.state,
      code,
      scope: scopes.join(' '),
      authuser: '0',
      prompt: consent === 'fresh' ? 'consent' : 'none',
    })
  }

  return app
}

function unknownAccount(language: 'en' | 'de'): string {
  return language === 'de'
    ? 'Dieses Konto gibt es in der Übungswelt nicht. Neue Adressen enden auf practice.example.'
    : 'There is no such account in the practice world. New addresses end in practice.example.'
}

/** RFC 6749 §2.3.1: client credentials may come in a Basic header, form-encoded first. */
function addBasicCredentials(form: URLSearchParams, authorization: string | undefined): void {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return
  const [id = '', clientSecret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  form.set('client_id', decodeURIComponent(id))
  form.set('client_secret', decodeURIComponent(clientSecret))
}

function discovery(issuer: string): Readonly<Record<string, unknown>> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'name', 'sub'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  }
}
