/** Microsoft accounts of a practice world, signed in. */
import type { Level, SharedMailbox } from '../../mailboxes/consent.ts'
import type { MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { practiceTime } from '../../testing/practice-server.ts'
import { signInAt } from '../../testing/signed-in.ts'
import { microsoftAdapter, practiceMicrosoftEndpoint } from './index.ts'

/** Signs an account of the practice world in at a level; gives its own mailbox, or one that is shared with it. */
export async function practiceMicrosoft(
  practice: PracticeServer,
  account: string,
  level: Level,
  shared?: SharedMailbox,
): Promise<{ readonly provider: MailProvider; readonly traits: ProviderTraits }> {
  const adapter = microsoftAdapter({
    endpoint: practiceMicrosoftEndpoint(practice.url),
    http: createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 }),
    now: () => wallClock.now(),
    productNow: () => practiceTime(practice),
  })
  const allow = (url: string) => practice.consent(url, { account, decision: 'allow' })
  const { provider } = await signInAt(adapter, level, allow, shared)
  return { provider, traits: adapter.traits }
}
