/**
 * One conversation as the page shows it: everything that was written and received, and what still waits, on one line
 * of time; what the team did and drafts; who gets an answer and from which mailboxes this person may give it.
 */
import type { Conversation, HistoryEntry } from '@kontor/api/inbox'
import type { HistoryMessage } from '../correspondence/index.ts'
import { filesLimit, history, openSuggestions, unreadIn } from '../correspondence/index.ts'
import { contactById } from '../contacts/index.ts'
import { addressKey } from '../mail/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { defaultOf, mailboxesOf, maySend } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { expectedOf, unsentOf } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import { carriedBy } from './carried.ts'
import type { LetterParts } from './letter.ts'
import { recipientsOf } from './recipients.ts'
import { messageEntry, unsentEntry } from './routes-entry.ts'
import { presentDrafts } from './routes-present.ts'
import type { ConversationRow } from './store-conversation.ts'
import { otherConversations } from './store-conversation.ts'
import { draftsIn } from './store-draft.ts'
import { campaignsOf, namesOf, notesOf } from './store-note.ts'
import { answeringNow } from './store-presence.ts'
import type { Sight } from './store-sight.ts'
import type { Turn } from './store-turn.ts'
import { ownersOfConversation, turnsOf } from './store-turn.ts'

/** The whole conversation for one reader. */
export async function viewConversation(
  parts: Pick<LetterParts, 'traits'>,
  tx: Tx,
  { actor, sight, row }: { readonly actor: Actor; readonly sight: Sight; readonly row: ConversationRow },
): Promise<Conversation> {
  const { contactId, campaignId } = row
  const about = { contactId, campaignId }
  const contact = await contactById(tx, contactId)
  const known = new Set(
    [contact?.address ?? '', ...(contact?.otherAddresses ?? [])].map((address) => addressKey(address)),
  )
  const hidden = new Set(sight.hidden)
  const messages = (await history(tx, about)).filter((message) => !hidden.has(message.mailboxId))
  const mailboxes = await mailboxesOf(tx)
  const owners = await ownersOfConversation(tx, row.id)
  const others = await otherConversations(tx, sight, { contactId, exceptId: row.id })
  const ours = new Set(mailboxes.map((mailbox) => mailbox.addressKey))
  const to = recipientsOf(messages, { address: contact?.address ?? '', name: row.contactName }, ours)
  const last = messages.at(-1)?.mailboxId
  const closed = mailboxes.find((mailbox) => mailbox.id === last && !maySend(actor, mailbox))
  const people = await namesOf(tx, [
    ...messages.flatMap((message) => message.authorId ?? []),
    ...(closed === undefined ? [] : [closed.ownerId]),
  ])
  return {
    id: row.id,
    contactId,
    contactName: row.contactName,
    contactAddress: contact?.address ?? '',
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(row.campaignName === undefined ? {} : { campaignName: row.campaignName }),
    subject: row.subject,
    teamState: row.teamState,
    ...(row.assigneeId === undefined ? {} : { assigneeId: row.assigneeId }),
    ...(row.assigneeName === undefined ? {} : { assigneeName: row.assigneeName }),
    history: await entriesOf(tx, {
      about,
      messages,
      hidden,
      known,
      people,
      sendable: sendable(actor, mailboxes),
    }),
    notes: (await notesOf(tx, row.id)).map((note) => ({
      ...note,
      mentions: [...note.mentions],
      at: note.at.toString(),
    })),
    turns: (await turnsOf(tx, row.id)).map(turnOf),
    drafts: await presentDrafts(tx, await draftsIn(tx, about)),
    ...(row.snoozedUntil === undefined ? {} : { snoozedUntil: row.snoozedUntil.toString() }),
    withdrawn: row.withdrawn,
    mayWithdraw: owners.length > 0 && owners.every((owner) => owner === actor.personId),
    others: others.map((other) => ({ ...other, lastAt: other.lastAt.toString() })),
    replyTo: { ...to.to },
    replyAll: [...to.others],
    senders: await sendersOf(parts, tx, { actor, mailboxes, last }),
    ...(closed === undefined
      ? {}
      : {
          closedSender: {
            mailboxId: closed.id,
            address: closed.address,
            ownerId: closed.ownerId,
            ownerName: people.get(closed.ownerId) ?? '',
          },
        }),
    answering: await answeringNow(tx, row.id, actor.personId),
    version: row.version,
    suggestions: (await openSuggestions(tx, about)).map(({ id, messageId, kind, evidence }) => {
      return { id, messageId, kind, evidence }
    }),
    unreadable: (await unreadIn(tx, about)).map(({ firstAt, nextAt }) => ({
      firstAt: firstAt.toString(),
      ...(nextAt === undefined ? {} : { nextAt: nextAt.toString() }),
    })),
    campaigns: await campaignsOf(tx, contactId),
  }
}

function sendable(actor: Actor, mailboxes: readonly Mailbox[]): ReadonlySet<string> {
  return new Set(mailboxes.filter((mailbox) => maySend(actor, mailbox)).map(({ id }) => id))
}

async function entriesOf(
  tx: Tx,
  {
    about,
    messages,
    hidden,
    known,
    people,
    sendable: open,
  }: {
    readonly about: { readonly contactId: string; readonly campaignId: string | undefined }
    readonly messages: readonly HistoryMessage[]
    readonly hidden: ReadonlySet<string>
    readonly known: ReadonlySet<string>
    readonly people: ReadonlyMap<string, string>
    readonly sendable: ReadonlySet<string>
  },
): Promise<HistoryEntry[]> {
  const unsent = (await unsentOf(tx, about)).filter((entry) => !hidden.has(entry.mailboxId))
  const expected = await expectedOf(
    tx,
    unsent.map((entry) => entry.id),
  )
  const carried = await carriedBy(tx, [
    ...messages.flatMap((message) => message.submissionId ?? []),
    ...unsent.map((entry) => entry.id),
  ])
  const entries = [
    ...messages.map((message) => {
      const mail = message.submissionId === undefined ? undefined : carried.get(message.submissionId)
      return messageEntry(message, { all: messages, known, people, carried: mail })
    }),
    ...unsent.map((entry) =>
      unsentEntry(entry, {
        expected: expected.get(entry.id),
        carried: carried.get(entry.id),
        mayTakeBack: open.has(entry.mailboxId),
      }),
    ),
  ]
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

// The mailbox of the conversation first, then the person's default, then the others that this person may send from.
export async function sendersOf(
  parts: Pick<LetterParts, 'traits'>,
  tx: Tx,
  {
    actor,
    mailboxes,
    last,
  }: {
    readonly actor: Actor
    readonly mailboxes: readonly Mailbox[]
    readonly last: string | undefined
  },
): Promise<Conversation['senders']> {
  const preferred = [last, await defaultOf(tx, actor.personId)]
  const place = (id: string): number => (preferred.includes(id) ? preferred.indexOf(id) : preferred.length)
  return mailboxes
    .filter((mailbox) => maySend(actor, mailbox))
    .toSorted((a, b) => place(a.id) - place(b.id))
    .map(({ id: mailboxId, address, displayName, signature, level, provider }) => {
      const limit = filesLimit(parts.traits(provider)?.maxRawBytes ?? 0)
      return { mailboxId, address, displayName, signature, level, filesLimit: limit }
    })
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
