/** HTTP of the practice identity platform: discovery, sign-in, consent, admin consent, token, sign-out, keys. */
import { type Context, Hono } from 'hono'
import { CONSENT_CALL, requested } from '../calls.ts'
import { secret } from '../chance.ts'
import { isAddress, isOfficeAddress } from '../mime/addresses.ts'
import { languageOf } from '../pages/layout.ts'
import { recordCall, returnedFields } from '../records.ts'
import { type Account, accountAt, isShared, keepAccount, listAccounts } from '../store/accounts.ts'
import { grantedBefore, keepCode, keepConsent } from '../store/tokens.ts'
import { REFUSALS } from './aad-errors.ts'
import { type AuthorizationRequest, backTo, isLoopback, readAuthorization, refused } from './authorization.ts'
import { AAD_REFUSALS } from './refusals.ts'
import { isKnownScope, isSignInScope, normalScopes } from './scopes.ts'
import {
  type SignIn,
  adminPage,
  chooserPage,
  consentPage,
  needsAdminPage,
  refusalPage,
} from './signin-pages.ts'
import { CLIENT, TENANT, adminConsent, isTenant, keepAdminConsent, mustAskAdmin } from './tenant.ts'
import { type TokenParts, answerToken } from './token.ts'

const CODE_LIFE_MS = 10 * 60_000
const UNKNOWN_ACCOUNT = {
  error: 'invalid_request',
  code: 50034,
  sentence: 'This organisation has no such account.',
}

export function officeIdentityRoutes(parts: TokenParts): Hono {
  const { store, clock, signing, faults, authority } = parts
  const app = new Hono()

  app.use('/:tenant/*', async (c, next) => {
    if (isTenant(c.req.param('tenant'))) return next()
    return c.html(await refusalPage(REFUSALS.unknownTenant, languageIn(c)), 400)
  })

  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) =>
    c.json(discovery(authority, c.req.param('tenant'))),
  )
  app.get('/:tenant/discovery/v2.0/keys', (c) => c.json(signing.publicKeys))

  app.get('/:tenant/oauth2/v2.0/authorize', async (c) => {
    const query = new URL(c.req.url).search.slice(1)
    const read = readAuthorization(query, clock.now())
    if (read.kind === 'page') return c.html(await refusalPage(read.refusal, languageIn(c)), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const accounts = listAccounts(store).filter(
      (account) => isOfficeAddress(account.address) && !isShared(store, account.key),
    )
    return c.html(await chooserPage(signInOf(c, query), accounts, read.request.loginHint))
  })

  app.post('/:tenant/signin', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const read = readAuthorization(form.get('request') ?? '', clock.now())
    if (read.kind === 'page') return c.html(await refusalPage(read.refusal, languageIn(c)), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const account = signedIn(form)
    if (account === undefined) return c.html(await refusalPage(UNKNOWN_ACCOUNT, languageIn(c)), 400)
    const { request } = read
    const signIn = signInOf(c, request.query)
    if (mustAskAdmin(store, account.key, request.scopes))
      return c.html(await needsAdminPage(signIn, account, adminUrl(signIn, request)))
    if (needsConsent(request, account)) return c.html(await consentPage(signIn, account, request.scopes))
    return c.redirect(grantCode(request, account))
  })

  app.post('/:tenant/consent', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const read = readAuthorization(form.get('request') ?? '', clock.now())
    if (read.kind === 'page') return c.html(await refusalPage(read.refusal, languageIn(c)), 400)
    if (read.kind === 'redirect') return c.redirect(read.location)
    const account = signedIn(form)
    if (account === undefined) return c.html(await refusalPage(UNKNOWN_ACCOUNT, languageIn(c)), 400)
    const { request } = read
    const blocked = mustAskAdmin(store, account.key, request.scopes)
    if (form.get('decision') !== 'allow')
      return c.redirect(refused(request, blocked ? REFUSALS.adminNeeded : REFUSALS.declined, clock.now()))
    const ordered = faults.refusal(AAD_REFUSALS, account.key, requested(CONSENT_CALL, c.req))
    if (ordered !== undefined) return c.redirect(refused(request, ordered, clock.now()))
    if (!blocked) return c.redirect(grantCode(request, account))
    const signIn = signInOf(c, request.query)
    return c.html(await needsAdminPage(signIn, account, adminUrl(signIn, request)))
  })

  app.get('/:tenant/v2.0/adminconsent', async (c) => {
    const query = new URL(c.req.url).search.slice(1)
    const wanted = readAdminRequest(query)
    if (wanted === undefined) return c.html(await refusalPage(REFUSALS.malformed, languageIn(c)), 400)
    return c.html(await adminPage(signInOf(c, query), wanted.scopes))
  })

  app.post('/:tenant/adminconsent', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const wanted = readAdminRequest(form.get('request') ?? '')
    if (wanted === undefined) return c.html(await refusalPage(REFUSALS.malformed, languageIn(c)), 400)
    if (form.get('decision') !== 'allow') return c.redirect(refused(wanted, REFUSALS.declined, clock.now()))
    keepAdminConsent(store, wanted.scopes)
    return c.redirect(
      backTo(wanted, { admin_consent: 'True', tenant: TENANT, scope: wanted.scopes.join(' ') }),
    )
  })

  app.post('/:tenant/oauth2/v2.0/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    addBasicCredentials(form, c.req.header('authorization'))
    const answer = await answerToken(parts, form, c.req.path)
    recordCall(store, {
      at: clock.now(),
      mailbox: answer.account,
      method: 'oauth2.token',
      ids: [],
      threadIds: [],
      format: '',
      fields: returnedFields(answer.body),
      scopes: answer.scopes,
      status: answer.status,
    })
    c.header('cache-control', 'no-store')
    return c.json(answer.body, answer.status)
  })

  app.get('/:tenant/oauth2/v2.0/logout', (c) => {
    const after = c.req.query('post_logout_redirect_uri') ?? ''
    return isLoopback(after) ? c.redirect(after) : c.redirect('/')
  })

  function signedIn(form: URLSearchParams): Account | undefined {
    const chosen = form.get('account') ?? ''
    const address = (chosen === '' ? (form.get('new_address') ?? '') : chosen).trim()
    if (!isAddress(address) || !isOfficeAddress(address)) return undefined
    const known = accountAt(store, address)
    if (known !== undefined && isShared(store, known.key)) return undefined
    if (known !== undefined || chosen !== '') return known
    const name = (form.get('new_name') ?? '').trim()
    return keepAccount(store, { address, name: name === '' ? address : name, language: 'en' }, clock.now())
  }

  function needsConsent(request: AuthorizationRequest, account: Account): boolean {
    const allowed = new Set([...grantedBefore(store, account.key, CLIENT.id), ...adminConsent(store)])
    const missing = request.scopes.filter((scope) => !isSignInScope(scope) && !allowed.has(scope))
    return request.forceConsent || missing.length > 0
  }

  function grantCode(request: AuthorizationRequest, account: Account): string {
    const code = secret('M.C5_')
    const { redirectUri, scopes, nonce, challenge } = request
    store.transaction(() => {
      keepConsent(store, { account: account.key, client: CLIENT.id, scopes })
      keepCode(store, code, {
        account: account.key,
        client: CLIENT.id,
        redirectUri,
        scopes,
        nonce,
        challenge,
        offline: scopes.includes('offline_access'),
        expiresAt: clock.now() + CODE_LIFE_MS,
      })
    })
    return backTo(request, { code })
  }

  function adminUrl(signIn: SignIn, request: AuthorizationRequest): string {
    const query = new URLSearchParams({
      client_id: CLIENT.id,
      scope: request.scopes.join(' '),
      redirect_uri: request.redirectUri,
    })
    return `${authority}/${signIn.tenant}/v2.0/adminconsent?${query.toString()}`
  }

  return app
}

type AdminRequest = Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'inFragment' | 'scopes'>

/** Undefined when client, redirect URI or scopes are not to be had here. */
function readAdminRequest(query: string): AdminRequest | undefined {
  const given = new URLSearchParams(query)
  const redirectUri = given.get('redirect_uri') ?? ''
  const scopes = normalScopes(given.get('scope') ?? '')
  if (given.get('client_id') !== CLIENT.id || !isLoopback(redirectUri)) return undefined
  if (scopes.length === 0 || !scopes.every(isKnownScope)) return undefined
  return { redirectUri, scopes, state: given.get('state') ?? undefined, inFragment: false }
}

function languageIn(c: Context): SignIn['language'] {
  return languageOf(c.req.query('hl') ?? c.req.query('ui_locales'), c.req.header('accept-language'))
}

function signInOf(c: Context, query: string): SignIn {
  return { tenant: c.req.param('tenant') ?? 'common', query, language: languageIn(c) }
}

/** RFC 6749 §2.3.1: client credentials may come in a Basic header, form-encoded first. */
function addBasicCredentials(form: URLSearchParams, authorization: string | undefined): void {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return
  const [id = '', clientSecret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  form.set('client_id', decodeURIComponent(id))
  form.set('client_secret', decodeURIComponent(clientSecret))
}

/** The names that stand for many tenants have no issuer of their own: `{tenantid}` is to be replaced by `tid`. */
function discovery(authority: string, tenant: string): Readonly<Record<string, unknown>> {
  const own = `${authority}/${tenant}`
  const many = tenant === 'common' || tenant === 'organizations'
  return {
    issuer: `${authority}/${many ? '{tenantid}' : TENANT}/v2.0`,
    authorization_endpoint: `${own}/oauth2/v2.0/authorize`,
    token_endpoint: `${own}/oauth2/v2.0/token`,
    end_session_endpoint: `${own}/oauth2/v2.0/logout`,
    jwks_uri: `${own}/discovery/v2.0/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['S256', 'plain'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  }
}
