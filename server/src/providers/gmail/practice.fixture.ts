/** Gmail accounts of a practice world, signed in, and what that world wrote down of every call. */
import { z } from 'zod'
import type { MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { practiceTime } from '../../testing/practice-server.ts'
import { signInAt } from '../../testing/signed-in.ts'
import { gmailAdapter, practiceGoogleEndpoint } from './index.ts'

const scope = {
  send: 'https://www.googleapis.com/auth/gmail.send',
  read: 'https://www.googleapis.com/auth/gmail.readonly',
}

/** What mailboxes of these tests publish to; a test makes it in its world. */
export const practiceTopic = {
  topic: 'projects/practice/topics/kontor',
  account: 'push@practice.example',
}

/** Signs an account of the practice world in at a level. */
export async function practiceGmail(
  practice: PracticeServer,
  address: string,
  level: 'full' | 'send_only',
): Promise<{ readonly provider: MailProvider; readonly traits: ProviderTraits }> {
  const adapter = gmailAdapter({
    endpoint: practiceGoogleEndpoint(practice.url, practiceTopic),
    http: createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 }),
    now: () => wallClock.now(),
    productNow: () => practiceTime(practice),
  })
  const scopes = level === 'full' ? [scope.send, scope.read] : [scope.send]
  const { provider } = await signInAt(adapter, level, (url) =>
    practice.consent(url, { account: address, scopes }),
  )
  return { provider, traits: adapter.traits }
}

const Calls = z.object({
  calls: z.array(
    z.object({
      method: z.string(),
      ids: z.array(z.string()),
      fields: z.array(z.string()),
      format: z.string().nullish(),
    }),
  ),
})

/** Calls to Gmail for a mailbox, in order, with the fields that really went out. */
export async function callsOf(
  practice: PracticeServer,
  address: string,
): Promise<z.infer<typeof Calls>['calls']> {
  const answer = await practice.control(`/records/calls?since=0&mailbox=${encodeURIComponent(address)}`)
  return Calls.parse(answer).calls.filter((call) => call.method.startsWith('gmail.'))
}
