/** What each provider of the suite is not asked, and why. These are the only skips: a fact names what it needs. */
export type Lack =
  | 'aliases'
  | 'shared mailboxes'
  | 'own grant'
  | 'late copies'
  | 'thread ids'
  | 'push'
  | 'attendance'
export type Lacking = Readonly<Partial<Record<Lack, string>>>

const posts = 'it posts notices to us, and keeps no connection open'
const filedAtOnce = 'the copy lies in Sent before the provider answers'
const namesNoOthers = 'Graph does not tell as whom else an account may send'

const mailServer = {
  aliases: 'neither SMTP nor IMAP tells as whom else an account may send',
  'shared mailboxes': 'each account signs in for itself; one shared by several is an account like any other',
  'late copies': 'where the server files no copy we file it, before the answer',
  'thread ids': 'IMAP has none: the headers alone decide',
  push: 'it tells over a connection that is kept open, and posts nothing to us',
} as const satisfies Lacking

export const lackedBy = {
  'in memory': { 'late copies': filedAtOnce, attendance: posts },
  gmail: {
    'shared mailboxes': 'its interface opens no mailbox but that of the account',
    'late copies': filedAtOnce,
    attendance: posts,
  },
  microsoft: { aliases: namesNoOthers, attendance: posts },
  'microsoft, a shared mailbox': {
    aliases: namesNoOthers,
    attendance: posts,
    push: 'the right to read a shared mailbox is not the right to be told of it',
    'own grant': 'who signed in says nothing of the mailbox',
    'shared mailboxes': 'it is one itself',
  },
  imap: mailServer,
  dovecot: mailServer,
} as const satisfies Readonly<Record<string, Lacking>>
