/**
 * Learns the ids of what we sent where the provider told none on accepting it (Microsoft): from the copy in Sent, by the
 * Message-ID that we gave it. The thread is ours from then on, and what came into it meanwhile is read.
 *
 * A copy may be filed late, so it is looked for often at first and ever more seldom. After a day nobody waits for it:
 * answers are still found by their References, once they lie in a thread that is known.
 */
import type { AwaitedCopy } from '../correspondence/index.ts'
import { awaitSentCopy, dueSentCopies, readEarly, settleSentCopy } from '../correspondence/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { renewPull, toldMeanwhile } from './store-position.ts'
import { takeUnmatched } from './store-unmatched.ts'
import type { Pulling, Stop } from './take-page.ts'
import { callSignal, lostPlace } from './take-page.ts'

const atOnce = 20
/** Clocks differ, and a call may take a while before it is recorded. */
const around = { minutes: 10 }

/** Looks for every copy that is due; but for the first, it leaves them to the next pull when something came meanwhile. */
export async function learnSent(pulling: Pulling): Promise<Stop | undefined> {
  const { parts, mailbox } = pulling
  const inside = <T>(work: (tx: Tx) => Promise<T>) => parts.database.inWorkspace(mailbox.workspaceId, work)
  const [first, ...others] = await inside((tx) => dueSentCopies(tx, mailbox.mailboxId, atOnce))
  let stop = first && (await learn(pulling, first))
  for (const copy of others) {
    if (stop !== undefined || (await inside((tx) => toldMeanwhile(tx, mailbox.mailboxId)))) break
    stop = await learn(pulling, copy)
  }
  return stop
}

async function learn(pulling: Pulling, copy: AwaitedCopy): Promise<Stop | undefined> {
  const { parts, mailbox, provider, place } = pulling
  const hints = {
    messageId: copy.messageId,
    token: copy.token,
    to: copy.to,
    since: copy.sentAt.subtract(around),
    until: copy.sentAt.add(around),
    attemptedAt: copy.sentAt,
  }
  const found = await provider.findSent(hints, callSignal(pulling))
  if (!found.ok && found.failure.kind !== 'transient') return lostPlace(place) ?? found.failure
  const ids = found.ok ? found.value : undefined
  const kept = await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => {
    if (!(await renewPull(tx, mailbox.mailboxId, place.pullId))) return false
    if (ids?.providerMessageId === undefined) {
      const age = copy.sentAt.until(await databaseNow(tx)).total('seconds')
      await awaitSentCopy(tx, copy.id, nextLook(age))
      return true
    }
    const { providerMessageId, providerThreadId } = ids
    await settleSentCopy(tx, mailbox.workspaceId, copy, {
      providerMessageId,
      ...(providerThreadId === undefined ? {} : { providerThreadId }),
    })
    if (providerThreadId !== undefined) {
      const early = await takeUnmatched(tx, mailbox.mailboxId, providerThreadId)
      await readEarly(tx, mailbox.workspaceId, mailbox.mailboxId, early)
    }
    return true
  })
  if (kept) return undefined
  place.lose()
  return { kind: 'place_lost' }
}

const minute = 60
const hour = 60 * minute

/** Seconds until the next look at something sent so many seconds ago; undefined: no more looks. */
export function nextLook(ageSeconds: number): number | undefined {
  if (ageSeconds < 5) return 2
  if (ageSeconds < minute) return 5
  if (ageSeconds < 10 * minute) return minute
  if (ageSeconds < hour) return 10 * minute
  return ageSeconds < 24 * hour ? 6 * hour : undefined
}
