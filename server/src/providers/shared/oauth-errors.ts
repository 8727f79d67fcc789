/**
 * What a failed sign-in or refresh means (RFC 6749 §4.1.2.1 and §5.2, plus the words of Google), as a failure of the
 * port. A provider that says more than the standard brings its own dialect, which is asked first. Codes decide, never
 * the sentence beside them.
 */
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import type { ProviderFailure } from '../../mailboxes/provider.ts'
import { HttpError } from '../../platform/http-client/index.ts'
import { withoutAnswer } from './outcome.ts'
import { retryAfter } from './retry-after.ts'

/** A refusal as it was said: over the browser (no body) or by the token endpoint. */
export interface OAuthRefusal {
  readonly code: string
  readonly description: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What a refusal means at this provider; undefined where the standard's codes say enough. */
export type OAuthDialect = (refusal: OAuthRefusal) => ProviderFailure | undefined

/** @throws whatever is neither an answer nor a failed request: a programming error */
export function oauthFailure(
  error: unknown,
  now: Temporal.Instant,
  dialect: OAuthDialect = () => undefined,
): ProviderFailure {
  if (error instanceof AuthorizationResponseError) {
    const refusal = { code: error.error, description: error.error_description ?? '', body: {} }
    return dialect(refusal) ?? codeFailure(refusal)
  }
  if (error instanceof ResponseBodyError) {
    if (error.status === 429) return throttled(error.response, now)
    if (error.status >= 500) return { kind: 'transient', diagnostic: `${error.status} ${error.error}` }
    const refusal = {
      code: error.error,
      description: error.error_description ?? '',
      body: { ...error.cause },
    }
    return dialect(refusal) ?? codeFailure(refusal)
  }
  const unanswered = causeOf(error, HttpError)
  if (unanswered !== undefined) return withoutAnswer(unanswered, 'question')
  const response = causeOf(error, Response)
  if (response?.status === 429) return throttled(response, now)
  if (response !== undefined && response.status >= 500) {
    return { kind: 'transient', diagnostic: `${response.status} from the sign-in` }
  }
  if (error instanceof ClientError) {
    return { kind: 'our_config', diagnostic: `${error.code ?? 'oauth'}: ${error.message}` }
  }
  throw error
}

function codeFailure({ code, description, body }: OAuthRefusal): ProviderFailure {
  const diagnostic = description === '' ? code : `${code}: ${description}`
  switch (code) {
    case 'access_denied':
      return { kind: 'unauthorised', why: 'denied', diagnostic }
    case 'invalid_grant':
      return {
        kind: 'unauthorised',
        why: body['error_subtype'] === 'invalid_rapt' ? 'session_ended' : 'revoked',
        diagnostic,
      }
    case 'invalid_token':
      return { kind: 'unauthorised', why: 'revoked', diagnostic }
    case 'login_required':
    case 'interaction_required':
      return { kind: 'unauthorised', why: 'sign_in_again', diagnostic }
    case 'admin_policy_enforced':
    case 'consent_required':
      return { kind: 'admin_needed', diagnostic }
    case 'temporarily_unavailable':
    case 'server_error':
      return { kind: 'transient', diagnostic }
    default:
      return { kind: 'our_config', diagnostic }
  }
}

function throttled(response: Response, now: Temporal.Instant): ProviderFailure {
  const until = retryAfter({ header: response.headers.get('retry-after') }, now) ?? now.add({ seconds: 30 })
  return { kind: 'throttled', until, diagnostic: '429 from the sign-in' }
}

function causeOf<T>(error: unknown, kind: abstract new (...rest: never[]) => T): T | undefined {
  for (let at: unknown = error, depth = 0; depth < 5 && at !== undefined; depth++) {
    if (at instanceof kind) return at
    at = at instanceof Error ? at.cause : undefined
  }
  return undefined
}
