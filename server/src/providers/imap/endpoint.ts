/** Any mail server that speaks SMTP and IMAP, one where people sign in at the provider, and that of a practice world. */
import type { Endpoint, MailServer, MailSignIn, SignInEndpoint } from '../../mailboxes/consent.ts'

const shared = { provider: 'imap', label: 'IMAP/SMTP', products: '', byPassword: true } as const

/** Each mailbox names its own servers. */
export function imapEndpoint(): Endpoint {
  return { ...shared, key: 'imap', practice: false }
}

export function practiceImapEndpoint(): Endpoint {
  return { ...shared, key: 'practice-imap', practice: true }
}

export interface ImapOAuthEndpoint extends SignInEndpoint {
  readonly scopes: MailSignIn['scopes']
  readonly smtp: MailServer
  readonly imap: MailServer
}

export function imapOAuthEndpoint(signIn: MailSignIn, practice: boolean): ImapOAuthEndpoint {
  const { client, domains, ...rest } = signIn
  return {
    ...rest,
    key: practice ? 'practice-imap-oauth' : 'imap-oauth',
    provider: 'imap',
    products: domains.join(', '),
    domains,
    practice,
    clientId: client.id,
    ...(client.secret === undefined ? {} : { clientSecret: client.secret }),
  }
}
