/**
 * One conversation as the page shows it: everything that was written and received, and what still waits, on one line
 * of time; who takes care; from which mailboxes this person may answer.
 */
import type { Conversation, HistoryEntry } from '@kontor/api/inbox'
import type { HistoryMessage } from '../correspondence/index.ts'
import { history, openSuggestions, unreadIn } from '../correspondence/index.ts'
import { contactById } from '../contacts/index.ts'
import { addressKey } from '../mail/index.ts'
import { defaultOf, mailboxesOf, maySend } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { forecastAll, unsentOf } from '../sending/index.ts'
import type { Expected, OutboxEntry } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import type { ConversationRow } from './store-conversation.ts'
import { otherConversations } from './store-conversation.ts'
import { memberState, namesOf, notesOf } from './store-note.ts'
import { answeringNow } from './store-presence.ts'
import type { Sight } from './store-sight.ts'
import type { Turn } from './store-turn.ts'
import { ownersOfConversation, turnsOf } from './store-turn.ts'

/** The whole conversation for one reader. */
export async function viewConversation(
  tx: Tx,
  actor: Actor,
  sight: Sight,
  row: ConversationRow,
): Promise<Conversation> {
  const { contactId, campaignId } = row
  const about = { contactId, campaignId }
  const contact = await contactById(tx, contactId)
  const hidden = new Set(sight.hidden)
  const messages = (await history(tx, about)).filter((message) => !hidden.has(message.mailboxId))
  const unsent = (await unsentOf(tx, about)).filter((entry) => !hidden.has(entry.mailboxId))
  const expected = await expectedOf(tx, unsent)
  const names = await namesOf(
    tx,
    messages.flatMap((message) => message.authorId ?? []),
  )
  const addresses = contact === undefined ? [] : [contact.address, ...contact.otherAddresses]
  const known = new Set(addresses.map(addressKey))
  const entries = [
    ...messages.map((message) => messageEntry(message, messages, { names, known })),
    ...unsent.map((entry) => unsentEntry(entry, expected.get(entry.id))),
  ]
  const notes = await notesOf(tx, row.id)
  const owners = await ownersOfConversation(tx, row.id)
  const others = await otherConversations(tx, sight, { contactId, exceptId: row.id })
  const state = campaignId === undefined ? undefined : await memberState(tx, contactId, campaignId)
  return {
    id: row.id,
    contactId,
    contactName: row.contactName,
    contactAddress: contact?.address ?? '',
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(row.campaignName === undefined ? {} : { campaignName: row.campaignName }),
    teamState: row.teamState,
    ...(row.assigneeId === undefined ? {} : { assigneeId: row.assigneeId }),
    ...(row.assigneeName === undefined ? {} : { assigneeName: row.assigneeName }),
    history: entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    notes: notes.map((note) => ({ ...note, mentions: [...note.mentions], at: note.at.toString() })),
    turns: (await turnsOf(tx, row.id)).map(turnOf),
    ...(row.snoozedUntil === undefined ? {} : { snoozedUntil: row.snoozedUntil.toString() }),
    withdrawn: row.withdrawn,
    mayWithdraw: owners.length > 0 && owners.every((owner) => owner === actor.personId),
    others: others.map((other) => ({ ...other, lastAt: other.lastAt.toString() })),
    senders: await sendersOf(tx, actor, messages.at(-1)?.mailboxId),
    answering: await answeringNow(tx, row.id, actor.personId),
    version: row.version,
    ...(state === undefined ? {} : { memberState: state }),
    suggestions: (await openSuggestions(tx, about)).map(({ id, messageId, kind, evidence }) => {
      return { id, messageId, kind, evidence }
    }),
    unreadable: (await unreadIn(tx, about)).map(({ firstAt, nextAt }) => ({
      firstAt: firstAt.toString(),
      ...(nextAt === undefined ? {} : { nextAt: nextAt.toString() }),
    })),
  }
}

async function expectedOf(tx: Tx, unsent: readonly OutboxEntry[]): Promise<Map<string, Expected>> {
  const found = new Map<string, Expected>()
  const waiting = new Set(unsent.filter((entry) => entry.state === 'queued').map((entry) => entry.mailboxId))
  for (const mailboxId of waiting)
    for (const [id, one] of await forecastAll(tx, mailboxId)) found.set(id, one)
  return found
}

// The mailbox of the conversation first, then the person's default, then the others that this person may send from.
async function sendersOf(tx: Tx, actor: Actor, last: string | undefined): Promise<Conversation['senders']> {
  const preferred = [last, await defaultOf(tx, actor.personId)]
  const place = (id: string): number => (preferred.includes(id) ? preferred.indexOf(id) : preferred.length)
  return (await mailboxesOf(tx))
    .filter((mailbox) => maySend(actor, mailbox))
    .toSorted((a, b) => place(a.id) - place(b.id))
    .map((mailbox) => ({ mailboxId: mailbox.id, address: mailbox.address, level: mailbox.level }))
}

function turnOf({ detail, at, ...turn }: Turn): Conversation['turns'][number] {
  const { name, until } = detail
  return {
    ...turn,
    at: at.toString(),
    ...(name === undefined ? {} : { name }),
    ...(until === undefined ? {} : { until }),
  }
}

function messageEntry(
  message: HistoryMessage,
  all: readonly HistoryMessage[],
  { names, known }: { readonly names: ReadonlyMap<string, string>; readonly known: ReadonlySet<string> },
): HistoryEntry {
  const authorName = message.authorId === undefined ? undefined : names.get(message.authorId)
  const bounced = message.submissionId === undefined ? undefined : bounceOf(message, all)
  return {
    id: message.id,
    direction: message.direction,
    at: message.at.toString(),
    kind: message.kind,
    fromName: message.fromName,
    fromAddress: message.fromAddress,
    to: message.to.join(', '),
    subject: message.subject,
    text: message.text,
    quoted: message.quoted,
    ...(message.html === undefined ? {} : { html: message.html }),
    remoteImages: message.remoteImages,
    attachments: message.attachments.map(({ id, filename, contentType, size, blocked }) => ({
      id,
      filename,
      contentType,
      size,
      blocked,
    })),
    evidence: [...message.evidence],
    ...(message.answeredFrom === undefined
      ? {}
      : { answeredFrom: message.answeredFrom, addressUnknown: !known.has(addressKey(message.answeredFrom)) }),
    ...(message.kindEvidence.length === 0 ? {} : { kindEvidence: [...message.kindEvidence] }),
    ...(message.kind === 'bounce' ? { bounce: bouncedIn(message.bounce) } : {}),
    ...(message.erasedAt === undefined ? {} : { erasedAt: message.erasedAt.toString() }),
    ...(message.submissionId === undefined
      ? {}
      : {
          submission: {
            id: message.submissionId,
            state: 'accepted' as const,
            acceptedAt: message.at.toString(),
            ...(bounced === undefined ? {} : { bounced }),
          },
        }),
    ...(authorName === undefined ? {} : { authorName }),
    mailboxAddress: message.mailboxAddress,
  }
}

type Bounced = NonNullable<HistoryEntry['bounce']>[number]

function bouncedIn(bounce: unknown): Bounced[] {
  const { recipients } = (bounce ?? {}) as { recipients?: readonly Partial<Bounced>[] }
  return (recipients ?? []).map(({ address = '', permanent = false, status = '', why, ours = true }) => {
    return { address, permanent, status, ours, ...(why === undefined ? {} : { why }) }
  })
}

function bounceOf(
  sent: HistoryMessage,
  all: readonly HistoryMessage[],
): 'permanent' | 'temporary' | undefined {
  const report = all.find(
    (one) =>
      one.kind === 'bounce' &&
      one.threadId === sent.threadId &&
      one.at.epochNanoseconds >= sent.at.epochNanoseconds,
  )
  if (report === undefined) return undefined
  return JSON.stringify(report.bounce ?? {}).includes('"permanent":true') ? 'permanent' : 'temporary'
}

function unsentEntry(entry: OutboxEntry & { text: string }, expected: Expected | undefined): HistoryEntry {
  const at =
    expected?.at === undefined
      ? entry.enqueuedAt
      : Temporal.Instant.fromEpochMilliseconds(Math.floor(expected.at))
  const reason = entry.reason ?? expected?.reason
  return {
    id: entry.id,
    direction: 'out',
    at: at.toString(),
    kind: 'mail',
    mailKind: entry.kind,
    fromName: entry.authorName ?? '',
    fromAddress: entry.mailboxAddress,
    to: entry.to,
    subject: entry.subject,
    text: entry.text,
    quoted: '',
    remoteImages: 0,
    attachments: [],
    evidence: [],
    submission: {
      id: entry.id,
      state: entry.state,
      ...(expected?.at === undefined ? {} : { expectedAt: at.toString() }),
      ...(reason === undefined ? {} : { reason }),
    },
    ...(entry.authorName === undefined ? {} : { authorName: entry.authorName }),
    mailboxAddress: entry.mailboxAddress,
  }
}
