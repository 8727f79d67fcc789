/**
 * Every reason for which a mail leaves when it does, or does not: stable codes, one sentence each in both languages
 * (web/src/locales/<language>/reasons.ts; scripts/check-reasons.ts keeps the two together). Nothing else may be written
 * as a reason, so that nobody ever reads a code.
 */
import type { SubmissionState } from './submission.ts'

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
  'returned',
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
  'files_too_large',
  'public_url_needed',
  'provider_trouble',
  'sender_full',
  'mailbox_disconnected',
  'decline_undecided',
  'answers_unchecked',
] as const

export type HeldCode = (typeof held)[number]

/** What helps: an act in the outbox, or the place where the condition is mended (the mail then goes on by itself). */
export type WayOut =
  | 'release'
  | 'new_address'
  | 'move'
  | 'cancel'
  | 'open_contact'
  | 'open_campaign'
  | 'open_server'

/** Every reason to hold a mail has its ways out, the best first; cancelling is always the last. */
export const waysOut: Readonly<Record<HeldCode, readonly WayOut[]>> = {
  by_person: ['release', 'cancel'],
  campaign_paused: ['open_campaign', 'cancel'],
  missing_variable: ['open_contact', 'release', 'cancel'],
  address_changed: ['new_address', 'cancel'],
  text_unknown: ['cancel'],
  no_author: ['cancel'],
  cannot_be_written: ['open_contact', 'release', 'cancel'],
  public_url_needed: ['open_server', 'release', 'cancel'],
  provider_trouble: ['release', 'move', 'cancel'],
  sender_full: ['release', 'move', 'cancel'],
  mailbox_disconnected: ['move', 'cancel'],
  file_gone: ['cancel'],
  files_too_large: ['move', 'cancel'],
  decline_undecided: ['cancel'],
  answers_unchecked: ['cancel'],
}

/** Conditions that end without anybody touching the mail: it is looked at again when what it concerns changes. */
export const mendable: readonly HeldCode[] = [
  'missing_variable',
  'address_changed',
  'text_unknown',
  'cannot_be_written',
  'public_url_needed',
  'decline_undecided',
  'answers_unchecked',
]

/** Why a mail was left out or cancelled: it is no longer true, or no longer wanted. */
const withdrawn = [
  'by_person',
  'practice_and_real',
  'suppressed',
  'do_not_contact',
  'paused_by_person',
  'declined',
  'withdrawn',
  'already_applied',
  'decided_otherwise',
  'already_sent',
  'campaign_closed',
  'contact_deleted',
  'member_unknown',
  'mailbox_disconnected',
  'answered',
  'answer_noted',
  'answers_unseen',
  'bounced',
  'complaint',
  'unsubscribed',
  'before_unsent',
  'erased',
  'no_address',
  'follow_ups_stopped',
] as const

/** What the provider, or its silence, came to. */
const settled = [
  'accepted',
  'accepted_found',
  'accepted_by_person',
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

/**
 * The reason that people read of a mail: `expected` is the forecast's, of one that waits; of an uncertain one it says who
 * can find out. Undefined when nothing is known of one that waits.
 */
export function shownReason(
  mail: {
    readonly state: SubmissionState
    readonly level: 'full' | 'send_only'
    readonly reason?: Reason | undefined
  },
  expected?: Reason,
): Reason | undefined {
  const { state, level, reason } = mail
  switch (state) {
    case 'leased':
      return { code: 'sending' }
    case 'queued':
      return expected ?? reason
    case 'held':
      return reason
    case 'in_doubt': {
      const code = level === 'send_only' ? 'in_doubt_send_only' : 'in_doubt_looking'
      return { code, ...(reason?.values === undefined ? {} : { values: reason.values }) }
    }
    case 'accepted':
    case 'failed':
    case 'cancelled':
    case 'suppressed':
      return reason ?? { code: state }
  }
}
