/** Why the follow-ups of a person end. Each code is a reason of the outbox, with its sentence in both languages. */
import type { Reason } from '../../sending/index.ts'

export const stopCodes = [
  'contact_deleted',
  'campaign_closed',
  'declined',
  'withdrawn',
  'do_not_contact',
  'already_applied',
  'answered',
  'unsubscribed',
  'bounced',
  'complaint',
  'suppressed',
  'paused_by_person',
  'already_sent',
  'erased',
  'before_unsent',
  'no_address',
  'practice_and_real',
  'follow_ups_stopped',
  'answer_noted',
] as const satisfies readonly Reason['code'][]
export type StopCode = (typeof stopCodes)[number]
