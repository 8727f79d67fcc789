/**
 * What kind of message this is, with the evidence. The order is from the most to the least consequential:
 *
 * 1. complaint: an abuse report (RFC 5965); 2. bounce: a delivery report of failure or delay (RFC 3464 or prose);
 * 3. auto-reply: RFC 3834 and its dialects, receipts, reports of successful delivery;
 * 4. reply: In-Reply-To, References or a subject that says "Re:"; 5. other: nothing says that it is an answer.
 *
 * A newsletter is `other` even when its software sets Precedence. Only a `reply` counts as an answer, and only
 * after it was matched to a message of ours: this file does not know which those are.
 */
import { addressKey } from './address.ts'
import { autoReplyEvidence } from './auto-reply.ts'
import { type Bounce, readDeliveryReport } from './dsn.ts'
import { type FeedbackReport, readFeedbackReport } from './feedback-report.ts'
import { header } from './headers.ts'
import type { ParsedMessage } from './parse.ts'
import { marksAnswer } from './subject.ts'

export type Classification =
  | { readonly kind: 'reply' | 'auto-reply' | 'other'; readonly evidence: readonly string[] }
  | { readonly kind: 'bounce'; readonly evidence: readonly string[]; readonly bounce: Bounce }
  | { readonly kind: 'complaint'; readonly evidence: readonly string[]; readonly complaint: FeedbackReport }

/** Classifies a message; the evidence names headers and parts, strongest first. */
export function classify(message: ParsedMessage): Classification {
  const complaint = readFeedbackReport(message)
  if (complaint !== undefined) return { kind: 'complaint', evidence: complaint.evidence, complaint }
  const report = readDeliveryReport(message)
  if (report?.kind === 'bounce')
    return { kind: 'bounce', evidence: report.bounce.evidence, bounce: report.bounce }
  if (report?.kind === 'success')
    return { kind: 'auto-reply', evidence: ['delivery-status without a failure'] }
  const automatic = autoReplyEvidence(message)
  const answer = answerEvidence(message)
  const hearsay = automatic.every((reason) => reason.startsWith('precedence:'))
  // mass mail also sets Precedence; an automatic answer answers something
  if (automatic.length > 0 && (!hearsay || answer.length > 0))
    return { kind: 'auto-reply', evidence: automatic }
  if (answer.length > 0 && !isMailing(message)) return { kind: 'reply', evidence: answer }
  return { kind: 'other', evidence: automatic }
}

function answerEvidence(message: ParsedMessage): string[] {
  // an address in In-Reply-To names a person, not a message; mass mail does that
  const people = new Set([...message.to, ...message.cc].map((person) => person.key))
  return [
    ...(message.inReplyTo.some((id) => !people.has(addressKey(id))) ? ['in-reply-to'] : []),
    ...(message.references.length > 0 ? ['references'] : []),
    ...(marksAnswer(message.subject) ? [`subject: ${message.subject.slice(0, 80)}`] : []),
  ]
}

// mass mail has a way out of the mailing (RFC 2369 §3.2) and names no message that it answers
function isMailing(message: ParsedMessage): boolean {
  const wayOut = header(message.headers, 'list-unsubscribe') !== undefined
  return wayOut && message.inReplyTo.length === 0 && message.references.length === 0
}
