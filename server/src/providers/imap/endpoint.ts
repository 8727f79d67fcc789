/** Any mail server that speaks SMTP and IMAP, and the one of a practice world. Each mailbox names its own servers. */
import type { Endpoint } from '../../mailboxes/consent.ts'

const shared = { provider: 'imap', label: 'IMAP/SMTP', products: '', byPassword: true } as const

export function imapEndpoint(): Endpoint {
  return { ...shared, key: 'imap', practice: false }
}

export function practiceImapEndpoint(): Endpoint {
  return { ...shared, key: 'practice-imap', practice: true }
}
