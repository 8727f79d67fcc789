/**
 * The outbox as people see it: pages of what waits, each mail with its time and reason, and the plan of new ones.
 */
import type { Tx } from '../platform/db/index.ts'
import { together } from './forecast.ts'
import type { Expected, Outlook } from './forecast.ts'
import { outlookOf, outlooks, standingsOf } from './outlook.ts'
import type { Place } from './page-after.ts'
import { pageAfter } from './page-after.ts'
import type { PlannedMails, SendingPlan } from './plan.ts'
import { movingPlan, sendingPlan } from './plan.ts'
import type { OutboxEntry, OutboxFilter } from './store-outbox.ts'
import { entriesById, matchingIds, readableMailboxIds } from './store-outbox.ts'
import { waitingIn, waitingTogether } from './store-waiting.ts'
import type { Moving } from './store-waiting.ts'
import { countOf } from './waiting-line.ts'

export interface WaitingRow {
  readonly entry: OutboxEntry
  readonly expected: Expected
}

export interface WaitingPage {
  readonly rows: readonly WaitingRow[]
  readonly next?: Place
  /** How many match, on all pages. */
  readonly total: number
}

/** One page of the timetable, in the order of leaving; mails that are being sent come first, those without a time last. */
export async function waitingPage(
  tx: Tx,
  filter: Omit<OutboxFilter, 'states'>,
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<WaitingPage> {
  const sending = await matchingIds(tx, { ...filter, states: ['leased'] })
  const narrowed = filter.campaignId !== undefined || filter.kind !== undefined || filter.q !== undefined
  const wanted = narrowed ? await matchingIds(tx, { ...filter, states: ['queued'] }) : undefined
  if (sending.size + (wanted?.size ?? 1) === 0) return { rows: [], total: 0 }
  const readable = await readableMailboxIds(tx, filter.reader)
  const looks = await outlooks(
    tx,
    readable.filter((id) => filter.mailboxId === undefined || id === filter.mailboxId),
  )
  const found = pageAfter(inOrder(sending, looks, wanted), after, limit)
  const shown = found.slice(0, limit)
  const entries = await entriesById(
    tx,
    shown.map((row) => row.id),
  )
  const last = shown.at(-1)
  const count = (after?.count ?? 0) + shown.length
  return {
    rows: shown.flatMap((expected) => {
      const entry = entries.get(expected.id)
      // one that left while this was read stands on another page by now
      const waits = entry?.state === 'queued' || entry?.state === 'leased'
      return waits ? [{ entry, expected }] : []
    }),
    ...(found.length > limit && last !== undefined ? { next: { at: last.at, id: last.id, count } } : {}),
    total: sending.size + (wanted?.size ?? looks.reduce((sum, look) => sum + countOf(look.waiting), 0)),
  }
}

function* inOrder(
  sending: ReadonlySet<string>,
  looks: readonly Outlook[],
  wanted: ReadonlySet<string> | undefined,
): Generator<Expected & { readonly at: number }, void> {
  for (const id of sending) yield { id, at: 0, position: 0, reason: { code: 'sending' } }
  let left = wanted?.size ?? Infinity
  if (left === 0) return
  for (const mail of together(looks))
    if (wanted === undefined || wanted.has(mail.id)) {
      yield { ...mail, at: mail.at ?? Infinity }
      left -= 1
      if (left === 0) return
    }
}

/** What happens if these mails are queued now. Undefined for a mailbox that is not connected. */
export async function planFor(
  tx: Tx,
  mailboxId: string,
  wanted: readonly PlannedMails[],
): Promise<SendingPlan | undefined> {
  const standing = (await standingsOf(tx, [mailboxId]))[0]
  if (standing === undefined) return undefined
  return sendingPlan(outlookOf(standing, await waitingIn(tx, [mailboxId])), wanted)
}

export interface MovePlan extends SendingPlan {
  readonly total: number
  /** On hold: they come along and stay so. */
  readonly held: number
}

/** What happens if mails of other mailboxes leave from this one. Undefined for one that is not connected. */
export async function planMove(tx: Tx, moving: Moving, to: string): Promise<MovePlan | undefined> {
  const standing = (await standingsOf(tx, [to]))[0]
  if (standing === undefined) return undefined
  const { then, coming, held } = await waitingTogether(tx, moving, to)
  const plan = movingPlan(outlookOf(standing, await waitingIn(tx, [to])), coming, then)
  return { ...plan, total: countOf(coming), held }
}
