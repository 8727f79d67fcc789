/** What is told of follow-ups that a person has to decide on, because Kontor cannot see who has answered. */
import { followUpsIn, remindersOf } from '../campaigns/index.ts'
import { mailboxById } from '../mailboxes/index.ts'
import type { EventHandler } from '../platform/events/index.ts'
import type { NoticeParts } from './raise.ts'
import { raise } from './raise.ts'

/** Handler of `follow_up.due`: the day has come for people of a launch. */
export function tellFollowUpsDue(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    const reminders = subject === undefined ? undefined : await remindersOf(tx, subject)
    if (subject === undefined || reminders === undefined) return
    const { count, name, personId, campaignId = '' } = reminders
    const facts = { count, name, campaignId }
    await raise(parts, tx, { workspaceId, personIds: [personId], kind: 'follow_up_due', subject, facts })
  }
}

/** Handler of `mailbox.narrowed`: what was to follow from this mailbox leaves no longer by itself. */
export function tellByHand(parts: NoticeParts): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    const mailbox = subject === undefined ? undefined : await mailboxById(tx, subject)
    if (mailbox?.level !== 'send_only') return
    const open = await followUpsIn(tx, mailbox.id)
    const all = open.reduce((sum, { count }) => sum + count, 0)
    if (all === 0) return
    const told = new Map(open.map(({ personId, count }) => [personId, count] as const))
    told.set(mailbox.ownerId, all)
    for (const [personId, count] of told)
      await raise(parts, tx, {
        workspaceId,
        personIds: [personId],
        kind: 'follow_up_by_hand',
        subject: mailbox.id,
        facts: { address: mailbox.address, count },
      })
  }
}
