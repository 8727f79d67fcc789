/** The activity log: who did what in a workspace. */
import { z } from 'zod'
import { Id, Instant } from './common.ts'

export const ActivityAction = z.enum([
  'workspace.created',
  'workspace.started',
  'workspace.changed',
  'workspace.emptied',
  'team.role_changed',
  'team.member_removed',
  'invitation.made',
  'invitation.accepted',
  'invitation.revoked',
  'mailbox.connected',
  'mailbox.reconnected',
  'mailbox.changed',
  'mailbox.paused',
  'mailbox.resumed',
  'mailbox.tested',
  'mailbox.disconnected',
  'mailbox.erasing',
  'server.setting_changed',
  'server.setting_cleared',
  'contacts.imported',
  'contact.merged',
  'contact.deleted',
  'template.created',
  'template.changed',
  'template.removed',
  'letter.tested',
  'campaign.created',
  'campaign.started',
  'campaign.paused',
  'campaign.closed',
  'campaign.invitations_queued',
  'campaign.bulk_queued',
  'campaign.decisions_queued',
  'launch.stopped',
  'launch.running',
  'conversation.assigned',
  'conversation.withdrawn',
  'conversation.returned',
  'outbox.cancel',
  'outbox.hold',
  'outbox.release',
  'outbox.front',
  'outbox.now',
  'outbox.new_address',
  'outbox.confirm_sent',
  'outbox.send_again',
  'outbox.move',
  'outbox.promise',
  'outbox.schedule',
])
export type ActivityAction = z.infer<typeof ActivityAction>

export const ActivityEntry = z.object({
  id: Id,
  at: Instant,
  /** Who did it; Kontor itself for what nobody did. */
  actor: z.string(),
  action: ActivityAction,
  /** What it was done to, as a person would name it. */
  subject: z.string().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>
