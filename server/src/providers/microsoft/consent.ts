/**
 * Signing in at Microsoft: the scopes of each level, who the person is, and what the grant allows.
 *
 * - A token is as wide as every consent of the account for our registration, an admin's for everybody included; nothing
 *   narrows it (docs/decisions/0005). Send Only therefore asks for sending alone with every token, and that somebody
 *   allowed reading elsewhere is told, not used.
 * - A person is known by tenant and object id. The address in an id token proves nothing; Graph is asked for it.
 * - `prompt=consent` is never asked for: it would send people to their admin who agreed long ago.
 */
import type { ConsentProvider, OAuthEndpoint, Level, Reach } from '../../mailboxes/consent.ts'
import type { Outcome } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { openOAuth } from '../shared/oauth.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { verifyApp } from '../shared/verify-app.ts'
import { aadDialect } from './aad-errors.ts'
import type { GraphClient } from './client.ts'
import { createGraphClient, json, pathOf } from './client.ts'
import { placesOf } from './clouds.ts'
import { User, addressIn, isPersonal } from './translate.ts'

const prefix = 'https://graph.microsoft.com/'
/** The name of the service before that of a scope, in any cloud. */
const service = /^https:\/\/[^/]+\//
const signIn = ['openid', 'profile', 'email', 'offline_access', `${prefix}User.Read`]

const ofLevel: Readonly<Record<Level, readonly string[]>> = {
  full: ['Mail.Send', 'Mail.Read'],
  send_only: ['Mail.Send'],
}

/**
 * Exactly what is asked for. Nothing of `MailboxSettings` or `Mail.ReadWrite`, which need an admin as well; `.Shared` only
 * once somebody adds a shared mailbox.
 */
export function scopesOf({ level, shared }: Reach): readonly string[] {
  const ofShared = shared === undefined ? [] : ofLevel[shared].map((name) => `${name}.Shared`)
  const mail = [...ofLevel[level], ...ofShared]
  return [...signIn, ...mail.map((name) => `${prefix}${name}`)]
}

const sends = new Set(['mail.send'])
// ReadBasic cannot read bodies, but it reads
const reads = new Set(['mail.read', 'mail.readwrite', 'mail.readbasic'])
const readsShared = new Set(['mail.read.shared', 'mail.readwrite.shared'])

/** What granted scopes allow; they come with or without the name of the service, in any case. */
export function allowedBy(scopes: readonly string[]): {
  readonly send: boolean
  readonly read: boolean
  readonly sendShared: boolean
  readonly readShared: boolean
} {
  const names = scopes.map((scope) => scope.toLowerCase().replace(service, ''))
  const any = (wanted: ReadonlySet<string>) => names.some((name) => wanted.has(name))
  return {
    send: any(sends),
    read: any(reads),
    sendShared: names.includes('mail.send.shared'),
    readShared: any(readsShared),
  }
}

export interface MicrosoftConsentOptions {
  readonly endpoint: OAuthEndpoint
  readonly http: HttpClient
  /** Real time: it counts the life of access tokens. */
  readonly now: () => Temporal.Instant
}

/** Microsoft's side of the port to sign in. There is nothing to revoke a grant with. */
export function microsoftConsent(options: MicrosoftConsentOptions): ConsentProvider {
  const { endpoint } = options
  const here = (scopes: readonly string[]) =>
    scopes.map((scope) => scope.replace(prefix, endpoint.scopePrefix ?? prefix))
  const oauth = openOAuth({ ...options, dialect: aadDialect })
  return {
    authorizeUrl: (request) =>
      oauth.authorizeUrl(request, {
        scopes: here(scopesOf(request)),
        extra: {
          response_mode: 'query',
          ui_locales: request.language,
          // whoever comes back for a known address is not asked again which account is meant
          ...(request.loginHint === undefined ? { prompt: 'select_account' } : {}),
        },
      }),
    async exchange(callback, signal) {
      const outcome = await oauth.exchange(callback, signal)
      if (!outcome.ok) return outcome
      const { tokens, claims } = outcome.value
      const { tid, oid } = claims
      if (typeof tid !== 'string' || typeof oid !== 'string')
        return failed({ kind: 'our_config', diagnostic: 'the sign-in named no account of a tenant' })
      const graph = createGraphClient({
        endpoint,
        http: options.http,
        tokens: {
          current: async () => succeeded(tokens.accessToken),
          renewed: async () =>
            failed({ kind: 'unauthorised', why: 'token_refused', diagnostic: 'refused at once' }),
        },
        now: async () => options.now(),
      })
      const account = await accountOf(graph, `${tid}/${oid}`, signal)
      if (!account.ok) return account
      const allowed = allowedBy(tokens.scopes)
      const full = callback.level === 'full'
      return succeeded({
        tokens,
        account: account.value,
        granted: {
          send: allowed.send,
          read: full && allowed.read,
          shared: !allowed.sendShared ? undefined : full && allowed.readShared ? 'full' : 'send_only',
        },
        ...(allowed.read && !full ? { wider: true } : {}),
      })
    },
    refresh: (refreshToken, reach, signal) => oauth.refresh(refreshToken, here(scopesOf(reach)), signal),
    adminConsentUrl({ redirectUri, state, ...reach }) {
      if (endpoint.adminConsentUrl === undefined || endpoint.clientId === undefined) return undefined
      return pathOf(endpoint.adminConsentUrl, {
        client_id: endpoint.clientId,
        scope: here(scopesOf(reach)).join(' '),
        redirect_uri: redirectUri,
        state,
      })
    },
    verifySettings: (redirectUri, signal) =>
      verifyApp(options, { redirectUri, scopes: here(scopesOf({ level: 'send_only' })) }, signal),
    consentPage: (accountId) =>
      isPersonal(accountId)
        ? 'https://account.live.com/consent/Manage'
        : (endpoint.consentPage ?? placesOf.global.consentPage),
  }
}

/** Who is behind the grant. Photo, phone and job title are not asked for. */
export async function accountOf(
  graph: GraphClient,
  accountId: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<{ accountId: string; address: string; name: string }>> {
  const path = pathOf('/me', { $select: 'id,displayName,mail,userPrincipalName' })
  const user = await graph({ path, asked: 'question', read: json(User) }, signal)
  if (!user.ok) return user
  const address = addressIn(user.value, accountId)
  if (address === undefined) {
    const diagnostic = 'this account has no mailbox of its own'
    return failed({ kind: 'unauthorised', why: 'mailbox_unavailable', diagnostic })
  }
  const { id, displayName } = user.value
  return succeeded({ accountId: accountId ?? id, address, name: displayName ?? '' })
}
