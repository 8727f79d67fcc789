/** Where the in-memory provider is, and its ways to answer. */
import type { OAuthEndpoint } from '../mailboxes/consent.ts'
import type { Outcome, ProviderFailure } from '../mailboxes/provider.ts'

export const memoryEndpoint: OAuthEndpoint = {
  key: 'memory',
  provider: 'gmail',
  label: 'Memory',
  products: 'Memory',
  practice: true,
  issuer: 'https://memory.example',
  authorizeUrl: 'https://memory.example/authorize',
  tokenUrl: 'https://memory.example/token',
  userinfoUrl: 'https://memory.example/userinfo',
  apiUrl: 'https://memory.example',
  adminConsentUrl: 'https://memory.example/adminconsent',
  clientId: 'memory',
}

export const unknownOutcome: ProviderFailure = {
  kind: 'unknown_outcome',
  diagnostic: 'the connection was cut',
}
export const denied: ProviderFailure = { kind: 'unauthorised', why: 'denied', diagnostic: 'access_denied' }
export const adminNeeded: ProviderFailure = { kind: 'admin_needed', diagnostic: 'consent_required' }
export const revoked: ProviderFailure = { kind: 'unauthorised', why: 'revoked', diagnostic: 'invalid_grant' }

export const senderRefused: ProviderFailure = { kind: 'sender_refused', diagnostic: 'ErrorSendAsDenied' }

export function mailboxRefused(why: 'no_right' | 'unknown'): ProviderFailure {
  return { kind: 'mailbox_refused', why, diagnostic: why }
}

export function rejected(why: string): ProviderFailure {
  return { kind: 'rejected', why, permanent: true, diagnostic: why }
}

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(failure: ProviderFailure): { readonly ok: false; readonly failure: ProviderFailure } {
  return { ok: false, failure }
}
