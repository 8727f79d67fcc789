/**
 * Whether being told works, for whoever set it up: one mailbox that is read at the endpoint asks its provider to publish,
 * which says what is missing there; what comes of it is then heard at the door. All others ask again soon.
 */
import { heardAt, pushPlan, readMailboxesAt, watchAgain } from '../mailboxes/index.ts'
import type { Heardness } from '../mailboxes/index.ts'
import type { ProviderFailure, PushFault } from '../mailboxes/provider.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { WatchingParts } from './watching.ts'

/** What asking the provider came to. `asked`: it publishes, from `since` on; the first notice comes at once. */
export type PushTrial =
  | { readonly verdict: 'asked'; readonly since: Temporal.Instant }
  | { readonly verdict: 'not_set_up' | 'no_public_address' | 'no_mailbox' | PushFault }
  | { readonly verdict: 'provider_refused'; readonly detail: string }

/** What was heard since then. */
export type PushNotice =
  | { readonly verdict: 'works' | 'waiting' }
  | { readonly verdict: 'unsigned' | 'audience' | 'account' | 'keys_away'; readonly detail: string }

/** One may be paused or throttled at this moment; another one then answers. */
const mostTried = 3
const mostAskedAgain = 200
/** How often a knock at one door is noted where they come in numbers. */
export const notedSeconds = 5

export async function tryPush(
  parts: WatchingParts,
  endpointKey: string,
  signal: AbortSignal,
): Promise<PushTrial> {
  const plan = await pushPlan(parts, endpointKey)
  if (!plan.on) return { verdict: plan.why === 'no_public_address' ? plan.why : 'not_set_up' }
  const read = await readMailboxesAt(parts.database, endpointKey, mostAskedAgain)
  const since = await parts.database.inSystem(databaseNow)
  let told = ''
  for (const { workspaceId, mailboxId } of read.slice(0, mostTried)) {
    const opened = await parts.openMailbox(workspaceId, mailboxId, 'watch')
    const { notifyUrl, lifecycleUrl } = plan
    const wish = { notifyUrl, lifecycleUrl, secret: parts.ids.token(32) }
    const watched = opened.ok ? await opened.value.watch(wish, signal) : opened
    if (watched.ok) {
      for (const ref of read)
        await parts.database.inWorkspace(ref.workspaceId, (tx) =>
          watchAgain(tx, ref.mailboxId, { ended: false }),
        )
      return { verdict: 'asked', since }
    }
    const fault = await faultOf(parts, endpointKey, watched.failure)
    if (fault !== undefined) return { verdict: fault }
    told = watched.failure.diagnostic
  }
  return read.length === 0 ? { verdict: 'no_mailbox' } : { verdict: 'provider_refused', detail: told }
}

async function faultOf(
  { endpoints }: Pick<WatchingParts, 'endpoints'>,
  key: string,
  failure: ProviderFailure,
): Promise<PushFault | undefined> {
  const endpoint = (await endpoints.all()).find((each) => each.key === key)
  return endpoint && endpoints.adapter(endpoint)?.push?.faultOf?.(failure)
}

/** What has been heard at the door of an endpoint since a trial began. */
export async function noticeSince(
  { database }: Pick<WatchingParts, 'database'>,
  endpointKey: string,
  since: Temporal.Instant,
): Promise<PushNotice> {
  return noticeIn(await heardAt(database, endpointKey), since)
}

export function noticeIn({ takenAt, refused }: Heardness, since: Temporal.Instant): PushNotice {
  // one that came just before the trial may stand for one that came after it; as much again for two clocks
  const from = since.subtract({ seconds: 2 * notedSeconds })
  const fresh = (at: Temporal.Instant | undefined) =>
    at !== undefined && Temporal.Instant.compare(at, from) >= 0
  if (fresh(takenAt)) return { verdict: 'works' }
  if (refused !== undefined && fresh(refused.at)) return { verdict: refused.fault, detail: refused.said }
  return { verdict: 'waiting' }
}
