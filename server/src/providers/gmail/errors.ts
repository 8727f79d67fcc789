/**
 * What Gmail's refusals mean, by HTTP status and reason (developers.google.com/workspace/gmail/api/guides/handle-errors).
 * Reasons decide, never `domain` and never the text, but where only the text tells: until when to wait, and whether
 * an address or the thread was at fault.
 */
import { z } from 'zod'
import type { ProviderFailure } from '../../mailboxes/provider.ts'
import type { HttpAnswer } from '../../platform/http-client/index.ts'
import { retryAfter } from '../shared/retry-after.ts'

/** What was asked, as far as a refusal means something else for it. */
export type Asked = 'submission' | 'history' | 'question'

const Refusal = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
    details: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
})
type Refusal = z.infer<typeof Refusal>['error']

const noReason: Refusal = { message: '', status: '', errors: [], details: [] }

/** The failure that an answer outside 2xx stands for. `now` in the time of the product. */
export function gmailFailure(
  answer: Pick<HttpAnswer, 'status' | 'headers' | 'text'>,
  asked: Asked,
  now: Temporal.Instant,
): ProviderFailure {
  const refusal = readRefusal(answer.text())
  const reasons = new Set([...refusal.errors, ...refusal.details].map((entry) => entry.reason))
  const diagnostic =
    [answer.status, [...reasons].filter((reason) => reason !== '').join(' ')].join(' ').trim() +
    (refusal.message === '' ? '' : `: ${refusal.message}`)
  switch (answer.status) {
    case 400:
      return badRequest(refusal, reasons, asked, diagnostic)
    case 401:
      return { kind: 'unauthorised', why: 'token_refused', diagnostic }
    case 403:
      return forbidden(answer, refusal, reasons, asked, now, diagnostic)
    case 404:
      if (asked === 'history') return { kind: 'cursor_expired', diagnostic }
      return { kind: 'not_found', diagnostic }
    case 413:
      return { kind: 'rejected', why: 'too_large', permanent: true, diagnostic }
    case 429:
      return waiting(answer, refusal, now, diagnostic)
    default:
      return unclear(answer.status, asked, diagnostic)
  }
}

function badRequest(
  refusal: Refusal,
  reasons: ReadonlySet<string>,
  asked: Asked,
  diagnostic: string,
): ProviderFailure {
  if (reasons.has('failedPrecondition') || refusal.status === 'FAILED_PRECONDITION') {
    return { kind: 'unauthorised', why: 'mailbox_unavailable', diagnostic }
  }
  if (asked !== 'submission') return { kind: 'our_config', diagnostic }
  // said instead of 404 when the message does not belong into the thread by References and Subject
  if (/thread.?id/i.test(refusal.message)) return { kind: 'not_found', diagnostic }
  const address = /\b(?:to|cc|bcc) header|recipient address/i.test(refusal.message)
  return { kind: 'rejected', why: address ? 'recipient_invalid' : 'malformed', permanent: true, diagnostic }
}

function forbidden(
  answer: Pick<HttpAnswer, 'headers'>,
  refusal: Refusal,
  reasons: ReadonlySet<string>,
  asked: Asked,
  now: Temporal.Instant,
  diagnostic: string,
): ProviderFailure {
  if (reasons.has('rateLimitExceeded') || reasons.has('userRateLimitExceeded')) {
    return waiting(answer, refusal, now, diagnostic)
  }
  if (reasons.has('dailyLimitExceeded')) return { kind: 'quota_day', until: quotaDayEnds(now), diagnostic }
  if (reasons.has('domainPolicy')) return { kind: 'admin_needed', diagnostic }
  if (reasons.has('insufficientPermissions') || reasons.has('ACCESS_TOKEN_SCOPE_INSUFFICIENT')) {
    return { kind: 'scope_missing', missing: [asked === 'submission' ? 'send' : 'read'], diagnostic }
  }
  return { kind: 'our_config', diagnostic }
}

// a wait of more than five minutes is the limit of the day, anything shorter the limit of the minute
function waiting(
  answer: Pick<HttpAnswer, 'headers'>,
  refusal: Refusal,
  now: Temporal.Instant,
  diagnostic: string,
): ProviderFailure {
  const told = retryAfter({ header: answer.headers.get('retry-after'), sentence: refusal.message }, now)
  const until = told ?? now.add({ seconds: 30 })
  const long = Temporal.Duration.compare(now.until(until), { minutes: 5 }) > 0
  return { kind: long ? 'quota_day' : 'throttled', until, diagnostic }
}

// 503 says that nobody took it; after 500, 502 and 504 a submission may lie in Sent all the same
function unclear(status: number, asked: Asked, diagnostic: string): ProviderFailure {
  if (status < 500) return { kind: 'our_config', diagnostic }
  if (asked === 'submission' && status !== 503) return { kind: 'unknown_outcome', diagnostic }
  return { kind: 'transient', diagnostic }
}

// the quota of a registration begins anew at midnight in California
function quotaDayEnds(now: Temporal.Instant): Temporal.Instant {
  return now.toZonedDateTimeISO('America/Los_Angeles').add({ days: 1 }).startOfDay().toInstant()
}

function readRefusal(text: string): Refusal {
  try {
    return Refusal.parse(JSON.parse(text)).error
  } catch {
    return noReason
  }
}
