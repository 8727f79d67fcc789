/** Any mail server that speaks SMTP and IMAP, one where people sign in at the provider, and that of a practice world. */
import type { Endpoint, Level, MailServer, SignInEndpoint } from '../../mailboxes/consent.ts'

const shared = { provider: 'imap', label: 'IMAP/SMTP', products: '', byPassword: true } as const

/** Each mailbox names its own servers. */
export function imapEndpoint(): Endpoint {
  return { ...shared, key: 'imap', practice: false }
}

export function practiceImapEndpoint(): Endpoint {
  return { ...shared, key: 'practice-imap', practice: true }
}

/** A provider that an operator named: where one signs in, and the servers that take its tokens. */
export interface ImapSignIn {
  readonly label: string
  /** Domains of its addresses, where they are known. */
  readonly domains: readonly string[]
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  readonly jwksUrl?: string
  readonly client: { readonly id: string; readonly secret?: string }
  readonly scopes: Readonly<Record<Level, readonly string[]>>
  readonly smtp: MailServer
  readonly imap: MailServer
}

export interface ImapOAuthEndpoint extends SignInEndpoint {
  readonly scopes: ImapSignIn['scopes']
  readonly smtp: MailServer
  readonly imap: MailServer
}

export function imapOAuthEndpoint(signIn: ImapSignIn, practice: boolean): ImapOAuthEndpoint {
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
