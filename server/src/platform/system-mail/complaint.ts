/** What an SMTP attempt that came to nothing means for the person who typed the settings. Pure. */

export type MailVerdict =
  | 'host_unknown'
  | 'nobody_listens'
  | 'too_slow'
  | 'speaks_plainly'
  | 'speaks_tls'
  | 'no_starttls'
  | 'certificate'
  | 'login_needed'
  | 'login_refused'
  | 'sender_refused'
  | 'recipient_refused'
  | 'mail_refused'
  | 'broke_off'

export interface MailComplaint {
  readonly verdict: MailVerdict
  /** The server's own words, for who knows them; empty when it said nothing. */
  readonly detail: string
}

const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/
const longest = 300

/** Reads what nodemailer throws: its code, the code of the socket below it, and the server's answer (RFC 5321 §4.2). */
export function complaintOf(error: unknown): MailComplaint {
  const told = factsOf(error)
  const verdict = verdictOf(told)
  const reason = verdict === 'certificate' ? told.message.split(';')[0] : ''
  return { verdict, detail: (told.response ?? reason ?? '').slice(0, longest) }
}

interface Facts {
  readonly message: string
  readonly code: string
  readonly command: string
  readonly response: string | undefined
  readonly status: number
}

function factsOf(error: unknown): Facts {
  const {
    message = '',
    code,
    command,
    response,
    responseCode,
    cause,
  } = (error ?? {}) as Record<string, unknown>
  const below = cause === undefined ? undefined : (cause as Record<string, unknown>)['code']
  return {
    message: String(message),
    code: [code, below].filter((one) => typeof one === 'string').join(' '),
    command: typeof command === 'string' ? command : '',
    response: typeof response === 'string' && response !== '' ? response : undefined,
    status: typeof responseCode === 'number' ? responseCode : 0,
  }
}

function verdictOf({ message, code, command, status }: Facts): MailVerdict {
  const says = (pattern: RegExp) => pattern.test(code) || pattern.test(message)
  if (says(/ENOTFOUND|EAI_AGAIN|EDNS/)) return 'host_unknown'
  if (code.split(' ').some((one) => certificateCodes.test(one)) || /certificate/i.test(message))
    return 'certificate'
  if (says(/wrong version number|packet length too long|SSL routines/i)) return 'speaks_plainly'
  if (says(/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/)) return 'nobody_listens'
  if (/Greeting never received/i.test(message)) return 'speaks_tls'
  if (says(/ETIMEDOUT|Timeout/)) return 'too_slow'
  if (command === 'STARTTLS' || says(/ETLS/)) return 'no_starttls'
  if (status === 530) return 'login_needed'
  if (says(/EAUTH/)) return 'login_refused'
  if (command === 'MAIL FROM') return status === 550 || status === 553 ? 'sender_refused' : 'mail_refused'
  if (command === 'RCPT TO') return 'recipient_refused'
  if (status > 0) return 'mail_refused'
  return 'broke_off'
}
