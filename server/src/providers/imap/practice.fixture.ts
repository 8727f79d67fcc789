/** Accounts of the practice mail server, signed in with their password. */
import type { Level } from '../../mailboxes/consent.ts'
import type { MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { practiceTime } from '../../testing/practice-server.ts'
import { imapAdapter, practiceImapEndpoint, practicePlaces } from './index.ts'

export async function practiceImap(
  practice: PracticeServer,
  person: { readonly address: string; readonly name: string },
  level: Level,
): Promise<{ readonly provider: MailProvider; readonly traits: ProviderTraits }> {
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  const adapter = imapAdapter({
    endpoint: practiceImapEndpoint(),
    places: practicePlaces(practice.url, http),
    clock: wallClock,
    productNow: () => practiceTime(practice),
  })
  const { signal } = new AbortController()
  const signedIn = await adapter.password?.signIn({ ...person, password: 'practice' }, level, signal)
  if (signedIn?.ok !== true) throw new Error(JSON.stringify(signedIn))
  const token = signedIn.value.tokens.accessToken
  const same = async () => ({ ok: true, value: token }) as const
  return { provider: adapter.open({ current: same, renewed: same }), traits: adapter.traits }
}
