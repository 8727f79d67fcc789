/**
 * What Graph's refusals mean, by HTTP status and error code (learn.microsoft.com/graph/errors). Codes come in any case
 * and may be nested in `innerError`; the most telling one decides, never the sentence.
 */
import type { ProviderFailure } from '../../mailboxes/provider.ts'
import type { HttpAnswer } from '../../platform/http-client/index.ts'
import { retryAfter } from '../shared/retry-after.ts'

/**
 * What was asked, as far as a refusal means something else for it. `changes`: by a link that Graph once gave us. `watch`:
 * a subscription, whose refusal says nothing about the mailbox.
 */
export type Asked = 'submission' | 'changes' | 'question' | 'watch'

type Answer = Pick<HttpAnswer, 'status' | 'headers' | 'text'>

interface Refusal {
  readonly answer: Answer
  readonly asked: Asked
  readonly codes: ReadonlySet<string>
  readonly diagnostic: string
  /** In the time of the product. */
  readonly now: Temporal.Instant
}

/** The failure that an answer outside 2xx stands for. */
export function graphFailure(answer: Answer, asked: Asked, now: Temporal.Instant): ProviderFailure {
  const { codes, message } = codesIn(answer.text())
  const said = [...codes].join(' ')
  const diagnostic = `${answer.status} ${said}`.trim() + (message === '' ? '' : `: ${message}`)
  const refusal: Refusal = {
    answer,
    asked,
    codes: new Set([...codes].map((code) => code.toLowerCase())),
    diagnostic,
    now,
  }
  return byCode(refusal) ?? byStatus(refusal)
}

/**
 * The same for a mailbox that is shared with the account: it is the mailbox that is refused, and not the account's grant.
 * Who has no right to it may be told that its folders are not there.
 */
export function sharedFailure(
  answer: Pick<Answer, 'status' | 'text'>,
  { asked, path }: { readonly asked: Asked; readonly path: string },
  failure: ProviderFailure,
): ProviderFailure {
  const { kind, diagnostic } = failure
  if (asked === 'watch') return failure
  const codes = [...codesIn(answer.text()).codes].map((code) => code.toLowerCase())
  const gone = kind === 'unauthorised' && failure.why === 'mailbox_unavailable'
  if (gone || codes.some((code) => noUser.includes(code)))
    return { kind: 'mailbox_refused', why: 'unknown', diagnostic }
  const opens = asked === 'submission' || /^\/me\/mailFolders\/\w+\?/.test(path)
  if (kind === 'scope_missing' || (answer.status === 404 && opens))
    return { kind: 'mailbox_refused', why: 'no_right', diagnostic }
  return failure
}

const lostCursor = ['syncstatenotfound', 'syncstateinvalid', 'resyncrequired', 'invalidsyncstatedata']
const noMailbox = ['mailboxnotenabledforrestapi', 'errornonexistentmailbox', 'mailboxnotsupportedforrestapi']
const noUser = ['resourcenotfound', 'request_resourcenotfound', 'errorinvaliduser']
const dayIsFull = ['errorexceededmessagelimit', 'errorexceededmaxrecipientlimitblock']
const malformed = [
  'errormimecontentinvalidbase64string',
  'errormimecontentinvalid',
  'invalidinternetmessageheader',
  'invalidinternetmessageheadercollection',
]

function byCode({ codes, asked, answer, diagnostic, now }: Refusal): ProviderFailure | undefined {
  const says = (...wanted: readonly string[]) => wanted.some((code) => codes.has(code))
  if (says(...lostCursor)) return { kind: 'cursor_expired', diagnostic }
  // there is nothing to be found by but the mailbox; of a question it may be the message that is not there
  const nobody = asked === 'submission' && says('resourcenotfound')
  if (nobody || says(...noMailbox)) return { kind: 'unauthorised', why: 'mailbox_unavailable', diagnostic }
  if (says('errormessagesubmissionblocked'))
    return { kind: 'unauthorised', why: 'account_suspended', diagnostic }
  if (says(...dayIsFull)) {
    const until = told(answer, now) ?? now.add({ hours: 4 })
    return { kind: 'quota_day', until, diagnostic }
  }
  if (says('errorsendasdenied')) return { kind: 'sender_refused', diagnostic }
  if (says('errorinvalidrecipients'))
    return { kind: 'rejected', why: 'recipient_invalid', permanent: true, diagnostic }
  if (says('errormessagesizeexceeded', 'requestentitytoolarge'))
    return { kind: 'rejected', why: 'too_large', permanent: true, diagnostic }
  if (says('errorquotaexceeded'))
    return { kind: 'rejected', why: 'mailbox_full', permanent: false, diagnostic }
  if (says(...malformed)) return { kind: 'rejected', why: 'malformed', permanent: true, diagnostic }
  if (says('erroritemnotfound', 'errorinvalididmalformed') && asked === 'question')
    return { kind: 'not_found', diagnostic }
  return undefined
}

function byStatus(refusal: Refusal): ProviderFailure {
  const { answer, asked, codes, diagnostic, now } = refusal
  switch (answer.status) {
    case 400:
      if (asked === 'changes') return { kind: 'cursor_expired', diagnostic }
      if (asked === 'submission') return { kind: 'rejected', why: 'malformed', permanent: true, diagnostic }
      return { kind: 'our_config', diagnostic }
    case 401:
      return { kind: 'unauthorised', why: 'token_refused', diagnostic }
    case 403:
      if (asked === 'watch') return { kind: 'our_config', diagnostic }
      if (codes.has('insufficient_claims') || isChallenged(answer))
        return { kind: 'unauthorised', why: 'organisation_policy', diagnostic }
      return { kind: 'scope_missing', missing: [asked === 'submission' ? 'send' : 'read'], diagnostic }
    case 404:
      if (asked === 'changes') return { kind: 'cursor_expired', diagnostic }
      return { kind: asked === 'submission' ? 'our_config' : 'not_found', diagnostic }
    case 409:
      if (asked === 'watch') return { kind: 'rejected', why: 'exists', permanent: false, diagnostic }
      return unclear(refusal)
    case 410:
      return { kind: asked === 'changes' ? 'cursor_expired' : 'not_found', diagnostic }
    case 413:
      return { kind: 'rejected', why: 'too_large', permanent: true, diagnostic }
    case 429:
    case 509:
      return { kind: 'throttled', until: told(answer, now) ?? now.add({ seconds: 30 }), diagnostic }
    default:
      return unclear(refusal)
  }
}

/** A policy of the organisation wants more of the sign-in (Conditional Access); it may stand in the header alone. */
function isChallenged({ headers }: Refusal['answer']): boolean {
  return /\berror="insufficient_claims"/.test(headers.get('www-authenticate') ?? '')
}

// 503 says that nobody took it; after 500, 502 and 504 a submission may lie in Sent all the same
function unclear({ answer, asked, diagnostic, now }: Refusal): ProviderFailure {
  if (answer.status < 500) return { kind: 'our_config', diagnostic }
  if (asked === 'submission' && answer.status !== 503) return { kind: 'unknown_outcome', diagnostic }
  const until = told(answer, now)
  return until === undefined ? { kind: 'transient', diagnostic } : { kind: 'throttled', until, diagnostic }
}

function told(answer: Answer, now: Temporal.Instant): Temporal.Instant | undefined {
  return retryAfter({ header: answer.headers.get('retry-after') }, now)
}

const deepest = 5

/** Every code of a refusal, outermost first, and its sentence. */
function codesIn(text: string): { readonly codes: ReadonlySet<string>; readonly message: string } {
  const codes = new Set<string>()
  let message = ''
  let at: unknown = errorIn(text)
  for (let depth = 0; depth < deepest && typeof at === 'object' && at !== null; depth++) {
    const level = at as Readonly<Record<string, unknown>>
    if (typeof level['code'] === 'string') codes.add(level['code'])
    if (message === '' && typeof level['message'] === 'string') message = level['message'].slice(0, 300)
    at = level['innerError'] ?? level['innererror']
  }
  return { codes, message }
}

function errorIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: unknown } | null)?.error
  } catch {
    return undefined
  }
}
