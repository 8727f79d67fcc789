/**
 * Large providers whose servers need not be asked for, each with where it makes passwords for apps, and whether it files what it
 * sends in Sent by itself (then its Sent folder can prove that something was not sent; see docs/provider-quirks.md).
 */
import type { MailServer } from '../../mailboxes/consent.ts'

export interface MailServers {
  readonly smtp: MailServer
  readonly imap: MailServer
  readonly appPasswords?: string
}

interface Known {
  readonly domains: readonly string[]
  readonly smtp: MailServer
  readonly imap: MailServer
  readonly appPasswords?: string
  readonly filesSent: boolean
}

const tls = (host: string, port: number): MailServer => ({ host, port, security: 'tls' })
const starttls = (host: string): MailServer => ({ host, port: 587, security: 'starttls' })

const table: readonly Known[] = [
  {
    domains: ['gmail.com', 'googlemail.com'],
    smtp: tls('smtp.gmail.com', 465),
    imap: tls('imap.gmail.com', 993),
    appPasswords: 'https://myaccount.google.com/apppasswords',
    filesSent: true,
  },
  {
    domains: ['icloud.com', 'me.com', 'mac.com'],
    smtp: starttls('smtp.mail.me.com'),
    imap: tls('imap.mail.me.com', 993),
    appPasswords: 'https://account.apple.com/account/manage',
    filesSent: false,
  },
  {
    domains: ['yahoo.com', 'yahoo.de', 'yahoo.co.uk', 'ymail.com'],
    smtp: tls('smtp.mail.yahoo.com', 465),
    imap: tls('imap.mail.yahoo.com', 993),
    appPasswords: 'https://login.yahoo.com/account/security',
    filesSent: false,
  },
  {
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'],
    smtp: starttls('mail.gmx.net'),
    imap: tls('imap.gmx.net', 993),
    filesSent: false,
  },
  { domains: ['web.de'], smtp: starttls('smtp.web.de'), imap: tls('imap.web.de', 993), filesSent: false },
  {
    domains: ['t-online.de'],
    smtp: tls('securesmtp.t-online.de', 465),
    imap: tls('secureimap.t-online.de', 993),
    filesSent: false,
  },
  {
    domains: ['fastmail.com', 'fastmail.fm'],
    smtp: tls('smtp.fastmail.com', 465),
    imap: tls('imap.fastmail.com', 993),
    appPasswords: 'https://app.fastmail.com/settings/security/apps',
    filesSent: false,
  },
  {
    domains: ['posteo.de', 'posteo.net'],
    smtp: tls('posteo.de', 465),
    imap: tls('posteo.de', 993),
    filesSent: false,
  },
  {
    domains: ['mailbox.org'],
    smtp: tls('smtp.mailbox.org', 465),
    imap: tls('imap.mailbox.org', 993),
    filesSent: false,
  },
]

/** By the domain of an address, or by the name of a server. */
export function knownServers(
  name: string,
): { readonly servers: MailServers; readonly filesSent: boolean } | undefined {
  const found = table.find(
    ({ domains, smtp, imap }) => domains.includes(name) || smtp.host === name || imap.host === name,
  )
  if (found === undefined) return undefined
  const { smtp, imap, appPasswords, filesSent } = found
  return { servers: { smtp, imap, ...(appPasswords === undefined ? {} : { appPasswords }) }, filesSent }
}
