/**
 * Every reason for which a mail leaves when it does, or does not: stable codes, one sentence each in both languages
 * (web/src/locales/<language>/reasons.ts; scripts/check-reasons.ts keeps the two together). Nothing else may be written
 * as a reason, so that nobody ever reads a code.
 */

/** Why a waiting mail leaves at its time and not earlier. */
const waiting = [
  'next',
  'behind',
  'pace',
  'window',
  'day_full',
  'reserve',
  'rolling',
  'scheduled',
  'undo',
  'exempt',
  'throttled',
  'trouble',
  'our_config',
  'sending',
] as const

/** Why a mailbox gives no times at all. */
const stopped = ['paused', 'reconnect_needed', 'waiting_for_admin', 'connecting', 'disconnected'] as const
export type StopCode = (typeof stopped)[number]

/** Why a mail waits for a person or a condition. */
const held = [
  'by_person',
  'campaign_paused',
  'missing_variable',
  'address_changed',
  'text_unknown',
  'no_author',
  'cannot_be_written',
  'file_gone',
  'public_url_needed',
  'provider_trouble',
  'mailbox_disconnected',
] as const

/** Why a mail was left out or cancelled: it is no longer true, or no longer wanted. */
const withdrawn = [
  'by_person',
  'practice_and_real',
  'suppressed',
  'do_not_contact',
  'declined',
  'withdrawn',
  'already_applied',
  'decided_otherwise',
  'already_sent',
  'campaign_closed',
  'contact_deleted',
  'member_unknown',
  'mailbox_disconnected',
] as const

/** What the provider, or its silence, came to. */
const settled = [
  'accepted',
  'rejected',
  'too_large',
  'recipient_invalid',
  'in_doubt',
  'in_doubt_looking',
  'in_doubt_send_only',
  'cancelled',
  'suppressed',
  'failed',
] as const

/** Why a mail could not be put into the outbox at all. */
const refused = ['mailbox_unknown', 'mailbox_disconnected', 'practice_and_real'] as const

export const reasonCodes = [
  ...new Set([...waiting, ...stopped, ...held, ...withdrawn, ...settled, ...refused]),
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** A stable code and its values; the page turns it into one sentence in the reader's language. */
export interface Reason {
  readonly code: ReasonCode
  readonly values?: Readonly<Record<string, string | number>>
}
