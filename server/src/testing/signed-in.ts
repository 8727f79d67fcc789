/** A person who signs in at a provider, without the mailboxes domain: what an adapter alone makes of it. */
import type { Adapter, AuthorizeRequest, Level, SharedMailbox, SignedIn } from '../mailboxes/consent.ts'
import type { AccessTokens, MailProvider } from '../mailboxes/provider.ts'

export interface AdapterSignedIn {
  readonly provider: MailProvider
  readonly signedIn: SignedIn
}

export const testSignIn = {
  redirectUri: 'http://127.0.0.1:3210/api/v1/oauth/callback',
  state: 'state-of-this-sign-in',
  nonce: 'nonce-of-this-sign-in',
  codeVerifier: 'a-verifier-of-the-length-that-the-standard-asks-for',
  language: 'en',
} as const satisfies Omit<AuthorizeRequest, 'level'>

/** `answer` is the person at the consent page. The access token is renewed when the provider refuses it. */
export async function signInAt(
  adapter: Adapter,
  level: Level,
  answer: (authorizeUrl: string) => string | Promise<string>,
  shared?: SharedMailbox,
): Promise<AdapterSignedIn> {
  const { signal } = new AbortController()
  const reach = { level, shared: shared === undefined ? undefined : level }
  const request = { ...testSignIn, ...reach }
  const callbackUrl = await answer(await adapter.consent.authorizeUrl(request))
  const exchanged = await adapter.consent.exchange({ ...request, callbackUrl }, signal)
  if (!exchanged.ok) throw new Error(`${exchanged.failure.kind}: ${exchanged.failure.diagnostic}`)
  let { accessToken, refreshToken = '' } = exchanged.value.tokens
  const tokens: AccessTokens = {
    current: async () => ({ ok: true, value: accessToken }),
    async renewed() {
      const fresh = await adapter.consent.refresh(refreshToken, reach, signal)
      if (!fresh.ok) return fresh
      accessToken = fresh.value.accessToken
      refreshToken = fresh.value.refreshToken ?? refreshToken
      return { ok: true, value: accessToken }
    },
  }
  const provider = adapter.open(tokens, shared)
  return { provider, signedIn: exchanged.value }
}
