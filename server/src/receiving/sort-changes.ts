/**
 * Separates ours from foreign: identifiers first, then, only where the thread id does not decide, the thread headers.
 *
 * Where a thread id decides or narrows, nothing is asked about mail outside our threads, unless the owner of the mailbox
 * wished that replies with another subject are found: then three headers of new mail are, and of what others sent alone.
 * Where it only narrows, strangers may share the thread id, so headers inside it that name nothing of ours count only
 * together with a writer who takes part. What is known already is neither, and so is foreign mail whose headers were seen
 * before: a look by date does not ask for them a second time. A message whose headers are not there (yet) is missing and
 * asked for again. A page is looked up at once, when all its headers are there.
 */
import { contactsById } from '../contacts/index.ts'
import {
  findByClues,
  heldMessages,
  knownProviderThreads,
  ourMessageIds,
  participantsOf,
} from '../correspondence/index.ts'
import { canonical, parseMessageIds } from '../mail/index.ts'
import type { Change, Outcome, ThreadHeaders } from '../mailboxes/provider.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { cluesOf } from './match.ts'
import type { OpenedMailbox } from './parts.ts'
import { askEach } from './side-by-side.ts'
import type { MailboxRef } from './store-position.ts'
import { headersSeen } from './store-unmatched.ts'

/** A change in a thread of ours, as far as the thread is known before it is read. */
export interface OwnChange extends Change {
  readonly threadId?: string
}

/** A change that is nobody's answer so far; judged: its thread was ours already, and its headers told it from us. */
export interface UnmatchedChange extends Change {
  readonly judged: boolean
  readonly headersSeen: boolean
}

export interface Sorted {
  readonly ours: readonly OwnChange[]
  readonly unmatched: readonly UnmatchedChange[]
  readonly missing: readonly Change[]
}

/** How far one mailbox may be looked into. */
export interface Looking {
  readonly provider: OpenedMailbox
  /** Headers of new mail outside our threads are asked for, too. */
  readonly findsChangedSubjects: boolean
  /** The deadline of one call. */
  readonly until: () => AbortSignal
}

/** Sorts one page of identifiers. */
export async function sortChanges(
  parts: { readonly database: Database },
  mailbox: MailboxRef,
  looking: Looking,
  changes: readonly Change[],
): Promise<Outcome<Sorted>> {
  const ids = changes.map((change) => change.providerMessageId)
  const threads = changes.flatMap(({ providerThreadId }) =>
    providerThreadId === undefined ? [] : [providerThreadId],
  )
  const [held, known, seen] = await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => [
    await heldMessages(tx, mailbox.mailboxId, ids),
    await knownProviderThreads(tx, mailbox.mailboxId, threads),
    await headersSeen(tx, mailbox.mailboxId, ids),
  ])
  const fresh = changes
    .filter((change) => !held.has(change.providerMessageId))
    .map((change) => ({ change, threadId: known.get(change.providerThreadId ?? '') }))
  const places = new Map<Change, PlaceOfChange>()
  for (const { change, threadId } of fresh) {
    const place = placeByThread(looking, change, threadId)
    if (place !== undefined) places.set(change, place)
  }
  const open = fresh.filter(({ change, threadId }) => {
    const before = seen.get(change.providerMessageId)
    const settled = before !== undefined && (before.judged || threadId === undefined)
    return !places.has(change) && !settled
  })
  const byHeaders = await placesByHeaders(parts, mailbox, looking, open)
  if (!byHeaders.ok) return byHeaders
  for (const [n, place] of byHeaders.value.entries()) {
    const change = open[n]?.change
    if (change !== undefined) places.set(change, place)
  }
  const sorted = fresh.flatMap(({ change }) => places.get(change) ?? [])
  return {
    ok: true,
    value: {
      ours: sorted.flatMap((place) => ('ours' in place ? [place.ours] : [])),
      unmatched: sorted.flatMap((place) => ('unmatched' in place ? [place.unmatched] : [])),
      missing: sorted.flatMap((place) => ('missing' in place ? [place.missing] : [])),
    },
  }
}

type PlaceOfChange =
  | { readonly ours: OwnChange }
  | { readonly unmatched: UnmatchedChange }
  | { readonly missing: Change }
  /** The copy of what we sent, which stands in the conversation already. */
  | { readonly known: true }

/** A change, and the thread of ours behind its provider's thread. */
interface InThread {
  readonly change: Change
  readonly threadId: string | undefined
}

/** Undefined where only the headers can tell. */
function placeByThread(
  { provider, findsChangedSubjects }: Looking,
  change: Change,
  threadId: string | undefined,
): PlaceOfChange | undefined {
  if (provider.traits.threadId === 'decides' && threadId !== undefined)
    return { ours: { ...change, threadId } }
  const outside = threadId === undefined && provider.traits.threadId !== 'none'
  if (outside && (change.own || !findsChangedSubjects))
    return { unmatched: { ...change, judged: false, headersSeen: false } }
  return undefined
}

async function placesByHeaders(
  { database }: { readonly database: Database },
  { workspaceId, mailboxId }: MailboxRef,
  { provider, until }: Looking,
  open: readonly InThread[],
): Promise<Outcome<readonly PlaceOfChange[]>> {
  if (open.length === 0) return { ok: true, value: [] }
  const answers = await askEach(open, ({ change }) =>
    provider.threadHeaders(change.providerMessageId, until()),
  )
  if (!answers.ok) return answers
  const told = open.flatMap(({ change }, n) => {
    const headers = answers.value[n]
    return headers === undefined || headers === 'missing' ? [] : [{ change, headers }]
  })
  const verdicts = await database.inWorkspace(workspaceId, (tx) => verdictsOn(tx, mailboxId, told))
  const doubtful = [...verdicts].flatMap(([change, verdict]) =>
    typeof verdict === 'object' && 'addresses' in verdict ? [{ change, ...verdict }] : [],
  )
  const written = await askEach(doubtful, ({ message, addresses }) =>
    provider.writtenBy(message, addresses, until()),
  )
  if (!written.ok) return written
  const writers = new Map(doubtful.map(({ change }, n) => [change, written.value[n]]))
  return {
    ok: true,
    value: open.map((one) => placeOf(one, verdicts.get(one.change), writers.get(one.change))),
  }
}

/** `written`: whether somebody who takes part wrote it, where that was asked. */
function placeOf(
  { change, threadId }: InThread,
  verdict: Verdict | undefined,
  written: boolean | 'missing' | undefined,
): PlaceOfChange {
  if (verdict === undefined || written === 'missing') return { missing: change }
  if (verdict === 'our copy') return { known: true }
  if (verdict !== 'foreign' && 'threadId' in verdict) return { ours: { ...change, ...verdict } }
  if (written === true) return { ours: { ...change, ...(threadId === undefined ? {} : { threadId }) } }
  return { unmatched: { ...change, judged: threadId !== undefined, headersSeen: true } }
}

type Verdict =
  | { readonly threadId: string }
  | 'foreign'
  /** The copy of what we sent, which stands in the conversation already. */
  | 'our copy'
  /** Ours, if one of these addresses wrote it. */
  | {
      readonly message: { readonly providerMessageId: string; readonly providerThreadId: string }
      readonly addresses: readonly string[]
    }

interface Told {
  readonly change: Change
  readonly headers: ThreadHeaders
}

async function verdictsOn(
  tx: Tx,
  mailboxId: string,
  told: readonly Told[],
): Promise<ReadonlyMap<Change, Verdict>> {
  const ownIds = new Map(
    told.flatMap(({ change, headers }) => {
      const [messageId] = change.own ? parseMessageIds(headers.messageId ?? '') : []
      return messageId === undefined ? [] : [[change, canonical(messageId)] as const]
    }),
  )
  const ours = await ourMessageIds(tx, mailboxId, [...ownIds.values()])
  const matches = await findByClues(
    tx,
    mailboxId,
    told.map(({ headers }) => cluesOf(headers, undefined)),
  )
  const verdicts = new Map<Change, Verdict>()
  for (const [n, { change }] of told.entries()) {
    const match = matches[n]
    if (ours.has(ownIds.get(change) ?? '')) verdicts.set(change, 'our copy')
    else verdicts.set(change, match === undefined ? 'foreign' : { threadId: match.thread.id })
  }
  const unnamed = [...verdicts].flatMap(([change, verdict]) =>
    verdict === 'foreign' && !change.own ? [change] : [],
  )
  for (const [change, verdict] of await mayBeWritten(tx, mailboxId, unnamed)) verdicts.set(change, verdict)
  return verdicts
}

/** Of mail that names nothing of ours what lies in a provider's thread of ours, with the addresses that take part in it. */
async function mayBeWritten(
  tx: Tx,
  mailboxId: string,
  changes: readonly Change[],
): Promise<readonly (readonly [Change, Verdict])[]> {
  const threads = changes.flatMap(({ providerThreadId }) => providerThreadId ?? [])
  const participants = await participantsOf(tx, mailboxId, threads)
  const contactIds = [...participants.values()].flatMap((each) => each.contactIds)
  const contacts = contactIds.length === 0 ? [] : await contactsById(tx, [...new Set(contactIds)])
  const addressesOf = new Map(
    contacts.map((contact) => [contact.id, [contact.address, ...contact.otherAddresses]]),
  )
  return changes.flatMap((change) => {
    const { providerMessageId, providerThreadId } = change
    const among = participants.get(providerThreadId ?? '')
    if (providerThreadId === undefined || among === undefined) return []
    const known = among.contactIds.flatMap((id) => addressesOf.get(id) ?? [])
    const addresses = [...new Set([...known, ...among.addresses])]
    return addresses.length === 0
      ? []
      : [[change, { message: { providerMessageId, providerThreadId }, addresses }] as const]
  })
}
