/**
 * What SMTP and IMAP answer, in our words. SMTP: the reply code decides (RFC 5321 §4.2.1), then the enhanced code (RFC 3463),
 * then the words of the large servers. IMAP: the response code decides (RFC 9051 §7.1). Pure.
 */
import type { SignInVerdict } from '../../mailboxes/consent.ts'
import type { ProviderFailure } from '../../mailboxes/provider.ts'

/** What the libraries throw, as far as it is told apart. */
export interface Told {
  readonly message: string
  /** Of the socket or the library. */
  readonly code: string
  /** SMTP: what the server was answering. */
  readonly command: string
  readonly status: number
  /** The server's own words. */
  readonly response: string
  /** IMAP: the server refused who we are. */
  readonly refused: boolean
  /** IMAP: `AUTHENTICATIONFAILED`, `LIMIT`, … */
  readonly imapCode: string
}

export function toldBy(error: unknown): Told {
  const one = (error ?? {}) as Record<string, unknown>
  const below = (one['cause'] ?? {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    message: text(one['message']),
    code: [one['code'], below['code']].map(text).join(' ').trim(),
    command: text(one['command']),
    status: typeof one['responseCode'] === 'number' ? one['responseCode'] : 0,
    response: text(one['response']) || text(one['responseText']),
    refused: one['authenticationFailed'] === true,
    imapCode: text(one['serverResponseCode']).toUpperCase(),
  }
}

const hastyImapCodes = ['LIMIT', 'THROTTLED']
const busyImapCodes = ['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'OVERQUOTA']

/** It lets nobody in for now, whoever it is: RFC 5530 §3, and RFC 4954 §6 with 421 and 454. */
function isBusy({ imapCode, status }: Told): boolean {
  return [...hastyImapCodes, ...busyImapCodes].includes(imapCode) || [421, 451, 454].includes(status)
}

/** The server refused who we are; nothing else was asked of it. */
export function refusesLogin(told: Told): boolean {
  const { refused, status, command } = told
  if (isBusy(told)) return false
  return refused || (command.startsWith('AUTH') && [334, 534, 535].includes(status))
}

const longestDiagnostic = 300
const shortPause = { minutes: 15 }
const dayPause = { hours: 6 }

const daily =
  /5\.4\.5|5\.7\.23[236]|daily.{0,30}(limit|quota)|(limit|quota).{0,30}(day|24 hours)|exceeded.{0,30}sending/i
const hurried =
  /4\.7\.(0|1|28)\b|4\.2\.1\b|4\.3\.2\b|4\.5\.3\b|rate|too many|throttl|limit|try again later|slow down/i
/** Exchange, where an account sent what it may not (learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online). */
const suspended = /bad outbound sender|5\.7\.50[1-3]\b|5\.7\.705\b/i
/** The account may not send as this address. */
const senderRefused =
  /5\.7\.60\b|send as|5\.1\.7\b|sender address rejected|not (?:owned by|allowed to send)|sender.{0,30}(?:mismatch|not allowed|denied)/i
/** The account may send, and not to this one: as a refusal of the sender, one mail would stop its mailbox again and again. */
const recipientRefused =
  /recipient address rejected|\bto (?:this|that|the) (?:recipient|address|group|list)\b/i
const appPassword = /app(lication)?[- ]specific|app password|5\.7\.9\b/i

/** What a refusal of a mail means. Nothing was accepted: the server said so. */
export function smtpFailure(told: Told, now: Temporal.Instant): ProviderFailure {
  const { status, response } = told
  const diagnostic = (response || told.message).slice(0, longestDiagnostic)
  if (status === 0) return { kind: 'transient', diagnostic: `${told.code} ${diagnostic}`.trim() }
  if (status === 535 || status === 534 || status === 530) {
    return {
      kind: 'unauthorised',
      why: appPassword.test(response) ? 'app_password' : 'password_refused',
      diagnostic,
    }
  }
  if (daily.test(response)) return { kind: 'quota_day', until: now.add(dayPause), diagnostic }
  if (status < 500) {
    return status === 421 || hurried.test(response)
      ? { kind: 'throttled', until: now.add(shortPause), diagnostic }
      : { kind: 'transient', diagnostic }
  }
  if (suspended.test(response)) return { kind: 'unauthorised', why: 'account_suspended', diagnostic }
  if (isTooLarge(told)) return { kind: 'rejected', why: 'too_large', permanent: true, diagnostic }
  if (refusesSender(told)) return { kind: 'sender_refused', diagnostic }
  const why = told.command === 'RCPT TO' ? 'recipient_invalid' : 'refused'
  return { kind: 'rejected', why, permanent: true, diagnostic }
}

function isTooLarge({ status, response }: Told): boolean {
  return status === 552 || /5\.3\.4|5\.2\.3|too (big|large)|size/i.test(response)
}

/** Some say so only at the recipient, or after the last byte. */
function refusesSender({ status, command, response }: Told): boolean {
  if (command === 'MAIL FROM') return status === 553 || senderRefused.test(response)
  return senderRefused.test(response) && !recipientRefused.test(response)
}

const refusedImapCodes = [
  'AUTHENTICATIONFAILED',
  'AUTHORIZATIONFAILED',
  'EXPIRED',
  'PRIVACYREQUIRED',
  'CONTACTADMIN',
]

/** What a question over IMAP came to. */
export function imapFailure(told: Told, now: Temporal.Instant): ProviderFailure {
  const { imapCode, response, message, refused, code } = told
  const diagnostic = [imapCode, response || message]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, longestDiagnostic)
  if (code.includes('ETHROTTLE') || hastyImapCodes.includes(imapCode))
    return { kind: 'throttled', until: now.add(shortPause), diagnostic }
  if (busyImapCodes.includes(imapCode)) return { kind: 'transient', diagnostic }
  if (refused || refusedImapCodes.includes(imapCode)) {
    return {
      kind: 'unauthorised',
      why: appPassword.test(response) ? 'app_password' : 'password_refused',
      diagnostic,
    }
  }
  if (imapCode === 'NONEXISTENT') return { kind: 'not_found', diagnostic }
  return { kind: 'transient', diagnostic: `${code} ${diagnostic}`.trim() }
}

const certificateCodes =
  /DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH/

/** What an attempt to sign in came to, for the person who typed the settings. */
export function complaintIn(told: Told, speaks: 'smtp' | 'imap'): SignInVerdict {
  const { code, message, command, status, response, refused } = told
  const says = (pattern: RegExp) => pattern.test(code) || pattern.test(message)
  if (
    speaks === 'imap' &&
    /imap.{0,40}(disabled|not enabled|is off|access)|not enabled for imap/i.test(response)
  )
    return 'imap_off'
  if (isBusy(told)) return 'busy'
  if (refused || [530, 534, 535].includes(status) || says(/EAUTH/)) return 'login_refused'
  if (says(/ENOTFOUND|EAI_AGAIN|EDNS/)) return 'host_unknown'
  if (certificateCodes.test(code) || /certificate/i.test(message)) return 'certificate'
  if (says(/wrong version number|packet length too long|SSL routines/i)) return 'speaks_plainly'
  if (says(/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/)) return 'nobody_listens'
  if (says(/Greeting never received|GREETING_TIMEOUT/i)) return 'speaks_tls'
  if (command === 'STARTTLS' || says(/ETLS|STARTTLS/)) return 'no_starttls'
  if (says(/ETIMEDOUT|TIMEOUT|Timeout/)) return 'too_slow'
  return 'broke_off'
}
