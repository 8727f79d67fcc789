/**
 * Signing in at a provider whose mail is read and sent over IMAP and SMTP with tokens (OAuth 2.0 with OpenID Connect).
 *
 * Who signed in, the id token says; whether the token opens that person's mail, the servers themselves: they are tried before
 * anything is kept. What is kept is one text for each token, with the servers beside it, so that whoever opens a mailbox needs
 * nothing else. A provider that gives a new refresh token with each renewal is followed.
 */
import type { ConsentProvider, SignedIn, Tokens } from '../../mailboxes/consent.ts'
import type { Outcome, ProviderFailure } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { openOAuth } from '../shared/oauth.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { verifyApp } from '../shared/verify-app.ts'
import type { ImapOAuthEndpoint } from './endpoint.ts'
import type { Places } from './places.ts'
import type { RefreshSecret } from './secret.ts'
import { readRefreshSecret, writeSecret } from './secret.ts'
import { tryServers } from './sign-in.ts'

export interface BearerConsentOptions {
  readonly endpoint: ImapOAuthEndpoint
  readonly http: HttpClient
  readonly places: Places
  /** Real time. */
  readonly now: () => Temporal.Instant
}

export function bearerConsent({ endpoint, http, places, now }: BearerConsentOptions): ConsentProvider {
  const oauth = openOAuth({ endpoint, http, now })
  const { scopes, smtp, imap } = endpoint
  const reading = scopes.full.filter((scope) => !scopes.send_only.includes(scope))
  return {
    authorizeUrl: (request) => oauth.authorizeUrl(request, { scopes: scopes[request.level], extra: {} }),
    async exchange(callback, signal): Promise<Outcome<SignedIn>> {
      const outcome = await oauth.exchange(callback, signal)
      if (!outcome.ok) return outcome
      const { tokens, claims } = outcome.value
      const { sub: accountId, email: address, name: told } = claims
      if (typeof address !== 'string' || claims['email_verified'] === false)
        return failed({ kind: 'our_config', diagnostic: 'the sign-in named no verified address' })
      const { level } = callback
      const login = { user: address, bearer: tokens.accessToken }
      const wrong = await tryServers(places, { smtp, imap }, login, level, signal)
      if (wrong !== undefined) return failed(failureOf(`${wrong.at} ${wrong.verdict}`, wrong.detail))
      const name = typeof told === 'string' ? told : ''
      const whose = { address, name, user: address, smtp, ...(level === 'full' ? { imap } : {}) }
      return succeeded({
        tokens: kept(tokens, whose),
        account: { accountId, address, name },
        granted: { send: true, read: level === 'full' || tokens.scopes.some((one) => reading.includes(one)) },
      })
    },
    async refresh(text, _reach, signal) {
      const { refresh, ...whose } = readRefreshSecret(text)
      const outcome = await oauth.refresh(refresh, undefined, signal)
      return outcome.ok ? succeeded(kept(outcome.value, whose)) : outcome
    },
    ...(endpoint.revokeUrl === undefined
      ? {}
      : {
          async revoke(text: string, signal: AbortSignal) {
            const outcome = await oauth.revoke(readRefreshSecret(text).refresh, signal)
            return outcome.ok ? succeeded({ endsOthers: false }) : outcome
          },
        }),
    consentPage: () => undefined,
    verifySettings: (redirectUri, signal) =>
      verifyApp({ endpoint, http }, { redirectUri, scopes: scopes.send_only }, signal),
  }
}

function kept(tokens: Tokens, whose: Omit<RefreshSecret, 'refresh'>): Tokens {
  const { accessToken, refreshToken, ...rest } = tokens
  return {
    ...rest,
    accessToken: writeSecret({ ...whose, bearer: accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken: writeSecret({ ...whose, refresh: refreshToken }) }),
  }
}

/** The token is good, and yet the servers do not let its owner in: no mailbox, or a token for something else. */
function failureOf(what: string, detail: string): ProviderFailure {
  const diagnostic = `${what} ${detail}`.trim()
  return what.endsWith('login_refused')
    ? { kind: 'unauthorised', why: 'mailbox_unavailable', diagnostic }
    : { kind: 'transient', diagnostic }
}
