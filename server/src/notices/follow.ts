/**
 * What is told when something happened. Handlers run in the workspace of their event, once.
 *
 *   mailbox.broken → its owner, owners and admins · mailbox.reconnected, mailbox.disconnected → settled
 *   submission.in_doubt in a Send Only mailbox → its owner (with Full Access Kontor looks itself)
 *   mailbox.returned → its owner, owners and admins
 *   note.added → whom it names · message.captured, a reply → whom the conversation is assigned to
 */
import { assignedOf, conversationById, sightOf } from '../inbox/index.ts'
import { mailboxById } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { EventHandler } from '../platform/events/index.ts'
import { openCounts } from '../sending/index.ts'
import { listTeam, personName } from '../team/index.ts'
import type { NoticeParts } from './raise.ts'
import { raise, settle } from './raise.ts'

/** Handler of `mailbox.broken`. */
export function tellBroken(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, subject, payload }) => {
    const mailbox = subject === undefined ? undefined : await mailboxById(tx, subject)
    const broken = mailbox?.health === 'reconnect_needed' || mailbox?.health === 'waiting_for_admin'
    if (mailbox === undefined || !broken) return
    const { reason } = payload
    const facts = { address: mailbox.address, reason: typeof reason === 'string' ? reason : '' }
    const personIds = [mailbox.ownerId, ...(await steerers(tx))]
    await raise(parts, tx, { workspaceId, personIds, kind: 'mailbox_broken', subject: mailbox.id, facts })
  }
}

/** Handler of `mailbox.reconnected` and `mailbox.disconnected`. */
export function settleBroken(parts: Pick<NoticeParts, 'emit'>): EventHandler {
  return async (tx, { workspaceId, subject, type }) => {
    if (subject === undefined) return
    const gone = type === 'mailbox.disconnected'
    const kinds = gone
      ? (['mailbox_broken', 'queue_long', 'in_doubt', 'follow_up_by_hand', 'returned'] as const)
      : (['mailbox_broken'] as const)
    await settle(parts, tx, { workspaceId, kinds, subject })
  }
}

/** Handler of `mailbox.returned`. Told anew when it begins and when the mailbox has begun to wait, and not with every report. */
export function tellReturned(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, subject, payload }) => {
    const mailbox = subject === undefined ? undefined : await mailboxById(tx, subject)
    if (mailbox === undefined || mailbox.health === 'disconnected') return
    const count = Number(payload['people'])
    const facts = { address: mailbox.address, count }
    const personIds = [mailbox.ownerId, ...(await steerers(tx))]
    const about = { workspaceId, personIds, kind: 'returned', subject: mailbox.id, facts } as const
    await raise(parts, tx, about, count <= 2 ? 'when_changed' : 'quietly')
  }
}

/** Handler of `submission.in_doubt`. */
export function tellInDoubt(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, payload }) => {
    const mailbox = await mailboxById(tx, String(payload['mailboxId']))
    if (mailbox?.level !== 'send_only') return
    const count = await inDoubt(tx, mailbox.id)
    if (count === 0) return
    const facts = { address: mailbox.address, count }
    const personIds = [mailbox.ownerId]
    await raise(parts, tx, { workspaceId, personIds, kind: 'in_doubt', subject: mailbox.id, facts })
  }
}

/** Handler of `note.added`. Whoever may not see the conversation is not told whom it is with. */
export function tellMentioned(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, subject, payload }) => {
    const { mentions } = payload
    if (subject === undefined || !Array.isArray(mentions)) return
    const by = (await personName(tx, String(payload['authorId']))) ?? ''
    for (const personId of mentions.map(String)) {
      const conversation = await conversationById(tx, await sightOf(tx, personId), subject)
      if (conversation === undefined) continue
      const facts = { by, contact: conversation.contactName }
      await raise(parts, tx, { workspaceId, personIds: [personId], kind: 'mention', subject, facts })
    }
  }
}

/** Handler of `message.captured`. */
export function tellReplied(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, payload }) => {
    const { kind, contactId, campaignId } = payload
    if (kind !== 'reply' || typeof contactId !== 'string') return
    const of = { contactId, campaignId: typeof campaignId === 'string' ? campaignId : undefined }
    const assigned = await assignedOf(tx, of)
    if (assigned === undefined) return
    const { id: subject, assigneeId, contactName: contact } = assigned
    await raise(parts, tx, {
      workspaceId,
      personIds: [assigneeId],
      kind: 'reply',
      subject,
      facts: { contact },
    })
  }
}

async function steerers(tx: Tx): Promise<readonly string[]> {
  const team = await listTeam(tx)
  return team.filter(({ role }) => role === 'owner' || role === 'admin').map(({ personId }) => personId)
}

/** Mails of a mailbox of which nobody knows whether they left. */
export async function inDoubt(tx: Tx, mailboxId: string): Promise<number> {
  const counts = await openCounts(tx, [mailboxId])
  return counts.find((row) => row.mailboxId === mailboxId && row.state === 'in_doubt')?.count ?? 0
}
