/** Refusals of the identity platform: an OAuth code, and the AADSTS number by which clients tell them apart. */
import { isoTime } from '../clock.ts'
import { guidOf } from './tenant.ts'

export interface Refusal {
  /** The value of `error`. */
  readonly error: string
  readonly code: number
  readonly sentence: string
}

export const REFUSALS = {
  unknownClient: { error: 'unauthorized_client', code: 700016, sentence: 'The application was not found.' },
  redirectMismatch: {
    error: 'invalid_request',
    code: 50011,
    sentence: 'The redirect URI is not registered.',
  },
  wrongSecret: { error: 'invalid_client', code: 7000215, sentence: 'The client secret is wrong.' },
  noSecret: { error: 'invalid_client', code: 7000218, sentence: 'A client secret or assertion is needed.' },
  malformed: { error: 'invalid_request', code: 9002313, sentence: 'The request is malformed.' },
  unknownTenant: { error: 'invalid_request', code: 90002, sentence: 'The tenant was not found.' },
  wrongScope: { error: 'invalid_scope', code: 70011, sentence: 'A scope is not valid.' },
  responseType: { error: 'unsupported_response_type', code: 700054, sentence: 'Only "code" is supported.' },
  grantType: { error: 'unsupported_grant_type', code: 70003, sentence: 'The grant type is not supported.' },
  silent: { error: 'login_required', code: 50058, sentence: 'Nobody is signed in.' },
  declined: { error: 'access_denied', code: 65004, sentence: 'The user declined to consent.' },
  adminNeeded: { error: 'access_denied', code: 90094, sentence: 'An administrator has to give consent.' },
  noConsent: { error: 'invalid_grant', code: 65001, sentence: 'Nobody consented to this.' },
  badCode: { error: 'invalid_grant', code: 9002313, sentence: 'The code is not valid.' },
  badVerifier: { error: 'invalid_grant', code: 50148, sentence: 'The code verifier does not match.' },
  idle: { error: 'invalid_grant', code: 700082, sentence: 'The refresh token has expired by inactivity.' },
  revoked: { error: 'invalid_grant', code: 50173, sentence: 'The grant has ended; sign in again.' },
} as const satisfies Readonly<Record<string, Refusal>>

/** `AADSTSnnnnn: sentence`, with the traces that Microsoft adds. */
export function describeRefusal(refusal: Refusal, nowMs: number): string {
  const trace = guidOf('trace', String(nowMs))
  return `AADSTS${refusal.code}: ${refusal.sentence} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp(nowMs)}`
}

/** The body of the token endpoint's refusals. */
export function refusalBody(refusal: Refusal, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    error: refusal.error,
    error_description: describeRefusal(refusal, nowMs),
    error_codes: [refusal.code],
    timestamp: timestamp(nowMs),
    trace_id: guidOf('trace', String(nowMs)),
    correlation_id: guidOf('trace', String(nowMs)),
  }
}

function timestamp(nowMs: number): string {
  return `${isoTime(nowMs).slice(0, 19).replace('T', ' ')}Z`
}
