/**
 * Where accounts of the practice mail server are signed in: authorisation and token endpoint (RFC 6749, PKCE of RFC 7636) with an
 * id_token; and where another mail server asks what a token is worth (RFC 7662). A refresh token is good for one renewal, which gives the next one; an old one that is shown again ends the
 * grant.
 */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { secret } from '../chance.ts'
import { type Call, INTROSPECTION_CALL, TOKEN_CALL, requested } from '../calls.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { isPostAddress } from '../mime/addresses.ts'
import { languageOf, page } from '../pages/layout.ts'
import { accountAt, listAccounts } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import {
  type Bearer,
  bearerOfAccessToken,
  bearerOfRefreshToken,
  endGrants,
  keepAccessToken,
  keepCode,
  keepRefreshToken,
  spendCode,
} from '../store/tokens.ts'
import type { Signing } from '../google/signing.ts'

export const POST_CLIENT = { id: 'practice-post-client', secret: 'practice-post-secret' } as const

/** Of an id token, in real time. */
const ID_TOKEN_LIFE_S = 3600
const MOST_REFRESH_TOKENS = 100
const CODE_LIFE_MS = 10 * 60_000
const SCOPES = new Set(['openid', 'email', 'profile', 'smtp', 'imap'])
const WORDS = {
  en: { title: 'Sign in to the practice mail server', allow: 'Allow', cancel: 'Cancel' },
  de: { title: 'Beim Übungs-Mailserver anmelden', allow: 'Zulassen', cancel: 'Abbrechen' },
} as const

export interface PostOAuthParts {
  readonly store: Store
  readonly clock: Clock
  readonly signing: Signing
  readonly faults: Faults
  readonly issuer: string
}

interface Answer {
  readonly status: 200 | 400 | 401
  readonly body: Readonly<Record<string, string | number>>
}

export function postOAuthRoutes(parts: PostOAuthParts): Hono {
  const { store, clock } = parts
  const app = new Hono()

  app.get('/authorize', async (c) => {
    const language = languageOf(c.req.query('hl'), c.req.header('accept-language'))
    const words = WORDS[language]
    const accounts = listAccounts(store).filter(({ address }) => isPostAddress(address))
    const hint = c.req.query('login_hint')
    const content = html`<h1>${words.title}</h1><form method="post" action="/post/oauth/consent">
<input type="hidden" name="request" value="${new URL(c.req.url).search.slice(1)}">
${accounts.map(
  ({
    address,
    name,
  }) => html`<label><input type="radio" name="account" value="${address}" ${address === hint ? 'checked' : ''}>
<span>${name}<br><span class="grey">${address}</span></span></label>`,
)}
<div class="acts"><button type="submit" name="decision" value="cancel">${words.cancel}</button>
<button class="main" type="submit" name="decision" value="allow">${words.allow}</button></div></form>`
    return c.html(await page({ language, title: words.title, width: 'narrow', content }))
  })

  app.post('/consent', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const request = new URLSearchParams(form.get('request') ?? '')
    const back = new URL(request.get('redirect_uri') ?? 'http://127.0.0.1/')
    const scopes = (request.get('scope') ?? '').split(' ')
    const account = accountAt(store, form.get('account') ?? '')
    const state = request.get('state')
    if (state !== null) back.searchParams.set('state', state)
    if (form.get('decision') !== 'allow' || account === undefined || !isPostAddress(account.address)) {
      back.searchParams.set('error', 'access_denied')
    } else if (request.get('client_id') !== POST_CLIENT.id || !scopes.every((scope) => SCOPES.has(scope))) {
      back.searchParams.set('error', 'invalid_scope')
    } else {
      const code = secret('post-code-')
      keepCode(store, code, {
        account: account.key,
        client: POST_CLIENT.id,
        redirectUri: request.get('redirect_uri') ?? '',
        scopes,
        nonce: request.get('nonce') ?? undefined,
        challenge: request.get('code_challenge') ?? undefined,
        offline: true,
        expiresAt: clock.now() + CODE_LIFE_MS,
      })
      back.searchParams.set('code', code)
    }
    return c.redirect(back.href)
  })

  app.post('/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const { status, body } = await answerToken(parts, form, requested(TOKEN_CALL, c.req))
    c.header('cache-control', 'no-store')
    return c.json(body, status)
  })

  app.post('/introspect', async (c) => {
    if (!isClient(c.req.header('authorization'))) return c.json({ error: 'invalid_client' }, 401)
    const token = new URLSearchParams(await c.req.text()).get('token') ?? ''
    const bearer = bearerOfAccessToken(store, token, clock.now())
    const call = requested(INTROSPECTION_CALL, c.req)
    const failing = parts.faults.strike('fail', bearer?.account ?? '', { call })
    return failing === undefined ? c.json(worth(bearer)) : new Response(null, { status: failing.status })
  })

  app.post('/revoke', async (c) => {
    const bearer = bearerOfRefreshToken(store, new URLSearchParams(await c.req.text()).get('token') ?? '')
    if (bearer?.client === POST_CLIENT.id) endGrants(store, bearer.account, bearer.client)
    return c.json({})
  })
  return app
}

/** HTTP Basic (RFC 7617), as RFC 7662 §2.1 leaves to be chosen. */
function isClient(authorization: string | undefined): boolean {
  const [scheme = '', shown = ''] = (authorization ?? '').split(' ')
  const said = Buffer.from(shown, 'base64').toString('utf8')
  return scheme.toLowerCase() === 'basic' && said === `${POST_CLIENT.id}:${POST_CLIENT.secret}`
}

/** RFC 7662 §2.2: of a token that is good for nothing, only that. */
function worth(bearer: Bearer | undefined): Readonly<Record<string, string | boolean>> {
  if (bearer?.client !== POST_CLIENT.id) return { active: false }
  const { account, client, scopes } = bearer
  return { active: true, username: account, scope: scopes.join(' '), client_id: client, token_type: 'Bearer' }
}

async function answerToken(parts: PostOAuthParts, form: URLSearchParams, call: Call): Promise<Answer> {
  if (form.get('client_id') !== POST_CLIENT.id || form.get('client_secret') !== POST_CLIENT.secret)
    return { status: 401, body: { error: 'invalid_client' } }
  const { store, clock } = parts
  if (form.get('grant_type') === 'refresh_token') {
    const shown = form.get('refresh_token') ?? ''
    const bearer = bearerOfRefreshToken(store, shown)
    if (bearer?.client !== POST_CLIENT.id) return refused
    if (store.setting(spent(shown)) !== undefined) {
      endGrants(store, bearer.account, bearer.client)
      return refused
    }
    store.keep(spent(shown), 'yes')
    return { status: 200, body: granted(parts, bearer, call) }
  }
  const code = spendCode(store, form.get('code') ?? '', clock.now())
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (
    code?.client !== POST_CLIENT.id ||
    code.challenge !== proof ||
    code.redirectUri !== form.get('redirect_uri')
  )
    return refused
  return { status: 200, body: { ...granted(parts, code, call), id_token: await idToken(parts, code) } }
}

const refused: Answer = { status: 400, body: { error: 'invalid_grant' } }

function spent(token: string): string {
  return `post.spent.${createHash('sha256').update(token).digest('base64url')}`
}

function granted({ store, clock, faults }: PostOAuthParts, bearer: Bearer, call: Call): Answer['body'] {
  const seconds = faults.behaves('accessTokenSeconds', bearer.account, call)
  const [access, refresh] = [secret('post-access-'), secret('post-refresh-')]
  keepAccessToken(store, access, bearer, clock.now() + seconds * 1000)
  keepRefreshToken(store, { token: refresh, most: MOST_REFRESH_TOKENS }, bearer, clock.now())
  return {
    access_token: access,
    refresh_token: refresh,
    expires_in: seconds,
    scope: bearer.scopes.join(' '),
    token_type: 'Bearer',
  }
}

async function idToken(
  { store, clock, signing, issuer }: PostOAuthParts,
  bearer: Bearer & { readonly nonce: string | undefined },
): Promise<string> {
  const account = accountAt(store, bearer.account)
  const now = Math.floor(clock.real() / 1000)
  return await signing.sign({
    iss: issuer,
    aud: bearer.client,
    iat: now,
    exp: now + ID_TOKEN_LIFE_S,
    sub: account?.subject ?? '',
    email: account?.address ?? '',
    email_verified: true,
    name: account?.name ?? '',
    ...(bearer.nonce === undefined ? {} : { nonce: bearer.nonce }),
  })
}
