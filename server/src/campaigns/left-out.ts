/**
 * Who does not get a mail that was asked for, and why. Pure. The first reason that applies is the one shown.
 */
import type { SuppressionReason } from '../contacts/index.ts'
import { isPracticeAddress } from '../sending/index.ts'
import type { MemberState } from './member.ts'
import type { CampaignMailKind } from './parts.ts'
import type { Recipient } from './store-recipient.ts'

export const leftOutReasons = [
  'member_unknown',
  'contact_deleted',
  'no_address',
  'declined',
  'withdrawn',
  'already_applied',
  'do_not_contact',
  'paused_by_person',
  'bounced',
  'complaint',
  'unsubscribed',
  'suppressed',
  'already_sent',
  'already_waiting',
  'practice_and_real',
  'missing_variable',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/**
 * Undefined when the person gets the mail. `missing`: variables of the text that have no value. `again`: a bulk message
 * also goes to those who got the same one before; two of the same never wait at once.
 */
export function whyLeftOut(
  person: Pick<
    Recipient,
    'state' | 'address' | 'addressKey' | 'deleted' | 'doNotContact' | 'pausedUntil' | 'suppressed' | 'written'
  >,
  mail: {
    readonly kind: CampaignMailKind
    readonly practice: boolean
    readonly missing: readonly string[]
    readonly again?: boolean
  },
): LeftOutReason | undefined {
  if (person.deleted) return 'contact_deleted'
  if (person.address === '') return 'no_address'
  const { state } = person
  const said = state === undefined ? undefined : saidNo(state)
  if (said !== undefined) return said
  if (mail.kind === 'invitation' && state !== undefined && hasApplied(state)) return 'already_applied'
  if (person.doNotContact) return 'do_not_contact'
  if (person.pausedUntil !== undefined && isUninvited(mail.kind)) return 'paused_by_person'
  if (person.suppressed !== undefined) return suppressedBy[person.suppressed]
  if (person.written === 'waiting') return 'already_waiting'
  if (person.written === 'accepted' && !(mail.kind === 'bulk' && mail.again === true)) return 'already_sent'
  if (mail.practice !== isPracticeAddress(person.address)) return 'practice_and_real'
  return mail.missing.length > 0 ? 'missing_variable' : undefined
}

const suppressedBy: Readonly<Record<SuppressionReason, LeftOutReason>> = {
  bounce: 'bounced',
  complaint: 'complaint',
  unsubscribed: 'unsubscribed',
  by_person: 'suppressed',
}

/** Mail that nobody waits for. A decision answers an application, and comes also while somebody has asked for quiet. */
export function isUninvited(kind: CampaignMailKind): boolean {
  return kind === 'invitation' || kind === 'bulk'
}

/** The person does not want it any more. */
export function saidNo(state: MemberState): 'declined' | 'withdrawn' | undefined {
  return state === 'declined' || state === 'withdrawn' ? state : undefined
}

export function hasApplied(state: MemberState): boolean {
  return state === 'applied' || state === 'approved' || state === 'rejected'
}
