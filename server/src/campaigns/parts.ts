/** What the use cases of campaigns are given by compose. */
import type { Mailbox } from '../mailboxes/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Enqueue, MailKind } from '../sending/index.ts'

export interface CampaignParts {
  readonly ids: Ids
  readonly emit: Emit
  readonly enqueue: Enqueue
  /** Origin under which creators reach us, without a trailing slash. */
  readonly publicUrl: () => string
  /** Largest message of a provider. */
  readonly traits: (provider: Mailbox['provider']) => { readonly maxRawBytes: number } | undefined
}

/** The kinds of mail that belong to a campaign. */
export type CampaignMailKind = Exclude<MailKind, 'direct'>

/** Expected refusals of campaigns. Whoever gets one must roll the transaction back. */
export interface Refusal {
  readonly ok: false
  readonly code:
    | 'campaign_unknown'
    | 'campaign_not_running'
    | 'campaign_closed'
    | 'campaign_status'
    | 'application_unknown'
    | 'application_withdrawn'
    | 'decision_sent'
    | 'no_mailbox'
    | 'mailbox_unknown'
    | 'mailbox_disconnected'
    | 'may_not_send'
    | 'public_url_needed'
    | 'key_reused'
    | 'launch_unknown'
    | 'launch_state'
    | 'message_empty'
    | 'brief_unknown'
    | 'unknown_variable'
    | 'unknown_filter'
    | 'template_unknown'
    | 'nobody_to_show'
    | 'not_a_variable'
    | 'practice_and_real'
    | 'application_over'
    | 'applications_paused'
    | 'open_link_off'
    | 'publishing_reversed'
    | 'image_too_large'
    | 'image_type'
    | 'image_svg'
    | 'image_broken'
    | 'image_dimensions'
    | 'image_unknown'
    | 'image_needs_words'
    | 'too_many_images'
    | 'file_unknown'
    | 'file_forgotten'
    | 'too_many_follow_ups'
  readonly values?: Readonly<Record<string, string | number>>
}

export function refuse(code: Refusal['code'], values?: Refusal['values']): Refusal {
  return values === undefined ? { ok: false, code } : { ok: false, code, values }
}

/** Answers an application. */
export function isDecision(kind: MailKind): boolean {
  return kind === 'approval' || kind === 'rejection'
}
