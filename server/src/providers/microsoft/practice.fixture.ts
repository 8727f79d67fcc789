/** Microsoft accounts of a practice world, signed in. */
import type { Level } from '../../mailboxes/consent.ts'
import type { MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { practiceTime } from '../../testing/practice-server.ts'
import { signInAt } from '../../testing/signed-in.ts'
import { microsoftAdapter, practiceMicrosoftEndpoint } from './index.ts'

/** Signs an account of the practice world in at a level. */
export async function practiceMicrosoft(
  practice: PracticeServer,
  account: string,
  level: Level,
): Promise<{ readonly provider: MailProvider; readonly traits: ProviderTraits }> {
  const adapter = microsoftAdapter({
    endpoint: practiceMicrosoftEndpoint(practice.url),
    http: createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 }),
    now: () => wallClock.now(),
    productNow: () => practiceTime(practice),
  })
  const { provider } = await signInAt(adapter, level, (url) =>
    practice.consent(url, { account, decision: 'allow' }),
  )
  return { provider, traits: adapter.traits }
}
