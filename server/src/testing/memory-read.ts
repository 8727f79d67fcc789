/** Of the provider in memory: how a mailbox is looked through. */
import type { Changes, MailProvider, Outcome, SentHints } from '../mailboxes/provider.ts'
import { failed, succeeded } from './memory-answers.ts'
import type { MemoryBox } from './memory-mail.ts'
import { bears, changeOf } from './memory-mail.ts'

export function changesAfter(box: MemoryBox, cursor: string | undefined, pageSize: number): Outcome<Changes> {
  const end = box.messages.length
  const place = (at: number) => `${box.epoch}.${at}`
  if (cursor === undefined) return succeeded({ changes: [], cursor: place(end), more: false })
  const [epoch, at] = (/^(\d+)\.(\d+)$/.exec(cursor) ?? []).slice(1).map(Number)
  if (epoch !== box.epoch || at === undefined || at > end) {
    return failed({ kind: 'cursor_expired', diagnostic: cursor })
  }
  const to = Math.min(end, at + pageSize)
  const changes = box.messages.slice(at, to).map(changeOf)
  return succeeded({ changes, cursor: place(to), more: to < end })
}

export function changesWithin(
  box: MemoryBox,
  range: Parameters<MailProvider['changesBetween']>[0],
  { page, pageSize }: { readonly page: string | undefined; readonly pageSize: number },
): Awaited<ReturnType<MailProvider['changesBetween']>> {
  const inside = box.messages.filter(
    ({ receivedAt }) =>
      Temporal.Instant.compare(receivedAt, range.from) >= 0 &&
      Temporal.Instant.compare(receivedAt, range.to) <= 0,
  )
  const from = Number(page ?? 0)
  const to = from + pageSize
  const changes = inside.toReversed().slice(from, to).map(changeOf)
  return succeeded(to < inside.length ? { changes, page: String(to) } : { changes })
}

export function sentIn(
  box: MemoryBox,
  hints: SentHints,
  { now, looked }: { readonly now: Temporal.Instant; readonly looked?: ((id: string) => void) | undefined },
): Awaited<ReturnType<MailProvider['findSent']>> {
  const since = box.messages.filter(
    (each) =>
      each.own &&
      Temporal.Instant.compare(each.receivedAt, hints.since) >= 0 &&
      Temporal.Instant.compare(each.receivedAt, hints.until ?? now) <= 0,
  )
  for (const each of since) {
    looked?.(each.id)
    if (!bears(each, hints)) continue
    const { id: providerMessageId, threadId: providerThreadId, messageId } = each
    return succeeded({ providerMessageId, providerThreadId, messageId })
  }
  return succeeded(undefined)
}
