/**
 * Signing in at Google: the scopes of each level and what the granted ones allow.
 *
 * `include_granted_scopes` is never asked for: it would merge an earlier Full grant of the same person into a Send
 * Only one. A person can untick a box, so the granted scopes are what counts, not the wanted ones.
 */
import type { ConsentProvider, Level } from '../../mailboxes/consent.ts'
import type { OAuthOptions } from '../shared/oauth.ts'
import { openOAuth } from '../shared/oauth.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { verifyApp } from '../shared/verify-app.ts'

const prefix = 'https://www.googleapis.com/auth/'
const signIn = ['openid', 'email', 'profile']

/** Exactly what is asked for. */
export const scopesOf: Readonly<Record<Level, readonly string[]>> = {
  full: [...signIn, `${prefix}gmail.send`, `${prefix}gmail.readonly`],
  send_only: [...signIn, `${prefix}gmail.send`],
}

const sends = new Set([`${prefix}gmail.send`, `${prefix}gmail.modify`, 'https://mail.google.com/'])
// gmail.metadata cannot read bodies, but it reads: a Send Only mailbox must not hold it
const reads = new Set([
  `${prefix}gmail.readonly`,
  `${prefix}gmail.modify`,
  `${prefix}gmail.metadata`,
  'https://mail.google.com/',
])

/** What granted scopes allow. */
export function allowedBy(scopes: readonly string[]): { readonly send: boolean; readonly read: boolean } {
  return { send: scopes.some((scope) => sends.has(scope)), read: scopes.some((scope) => reads.has(scope)) }
}

/** Google's side of the port to sign in. */
export function gmailConsent(options: OAuthOptions): ConsentProvider {
  const oauth = openOAuth(options)
  return {
    authorizeUrl: (request) =>
      oauth.authorizeUrl(request, {
        scopes: scopesOf[request.level],
        // a refresh token comes only offline and after a consent page that was answered
        extra: { access_type: 'offline', prompt: 'consent select_account', hl: request.language },
      }),
    async exchange(callback, signal) {
      const outcome = await oauth.exchange(callback, signal)
      if (!outcome.ok) return outcome
      const { tokens, claims } = outcome.value
      const { sub: accountId, email: address, name } = claims
      if (typeof address !== 'string' || claims['email_verified'] === false) {
        return failed({ kind: 'our_config', diagnostic: 'the sign-in named no verified address' })
      }
      const account = { accountId, address, name: typeof name === 'string' ? name : '' }
      return succeeded({ tokens, account, granted: allowedBy(tokens.scopes) })
    },
    refresh: (refreshToken, _reach, signal) => oauth.refresh(refreshToken, undefined, signal),
    async revoke(token, signal) {
      const outcome = await oauth.revoke(token, signal)
      // revoking one token ends every grant of this person for our registration
      return outcome.ok ? succeeded({ endsOthers: true }) : outcome
    },
    consentPage: () => undefined,
    verifySettings: (redirectUri, signal) =>
      verifyApp(options, { redirectUri, scopes: scopesOf.send_only }, signal),
  }
}
