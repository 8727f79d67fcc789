/** English words of the help. */
export const words = {
  title: 'Help',
  contents: 'On this page',
  levels: {
    title: 'Integration levels',
    intro: 'The level decides what Kontor may do in a mailbox. It can be changed at any time.',
    can: 'What',
    rows: {
      send: 'Send from the own address',
      several: 'Several mailboxes, default address',
      queue: '300 a day, queue, order, expected times',
      stored: 'Sent emails stored and shown to the team',
      replies: 'Replies captured, read and answered in Kontor',
      bounces: 'Bounces and automatic replies recognised',
      proof: 'Proof of an uncertain send',
    },
    yes: 'yes',
    no: 'no',
    repliesNo: 'no: they stay private in the owner’s own inbox',
    proofYes: 'yes, looked up in the Sent folder',
    proofNo: 'no: a person decides',
  },
  limits: {
    title: 'What are the daily sending limits?',
    one: '300 emails per day and per connected address, counted over everything that Kontor sends from it. Providers slow down or block addresses that send too much at once; the limit keeps yours below that.',
    two: 'What goes beyond it leaves on the next available day and keeps its place. Nothing is refused for being too much. Two addresses have 600 a day together; Kontor never chooses the address by itself.',
    three:
      '20 of the day are kept for personal emails and released 2 hours before sending times end, so that all 300 can leave.',
  },
  order: {
    title: 'The order of the queue',
    intro:
      'Inside one mailbox the order is fixed. What stands higher overtakes everything that has not left yet; within a line it is first in, first out.',
    first: 'Personal emails and replies (always first)',
  },
  captured: {
    title: 'What information does the email integration access, and what does it store?',
    one: 'Stored: the address and public profile name, emails that Kontor sent, and with Full Access the replies to them and your own emails in those conversations. Nothing else.',
    two: 'Captured are replies to emails that Kontor sent, wherever they lie in the mailbox. A new email from a known influencer is not a reply and is not captured. The subject never decides.',
    three: 'To find replies, these traces of other email pass through and are dropped at once:',
    where: 'Provider',
    candidates: 'To find candidates',
    match: 'To match',
    content: 'Content',
    never: 'never',
    gmail: 'Gmail',
    gmailFind: 'identifier of message and thread',
    gmailMatch: 'nothing: the thread decides',
    microsoft: 'Microsoft',
    microsoftFind: 'identifier and conversation identifier',
    microsoftMatch: 'thread headers, only in conversations of ours',
    imap: 'IMAP',
    imapFind: 'number of the message',
    imapMatch: 'Message-ID, In-Reply-To, References; no subject, no sender',
    sent: 'Settling an uncertain send',
    sentFind: 'identifiers in Sent since the attempt',
    sentMatch: 'Message-ID and our own mark',
    ledger:
      'Every access stands in the access log of the mailbox, sealed entry to entry, and its owner can check it.',
    limited:
      'Kontor’s use of information received from Google APIs adheres to the Google API Services User Data Policy, including the Limited Use requirements.',
  },
  disconnect: {
    title: 'Disconnecting',
    one: 'Account Settings, Integrations, the menu of the address, Disconnect. You decide what happens to waiting emails and to what is stored. The permission is given back to the provider; Google then ends all permissions of that account for Kontor.',
  },
  more: { title: 'Need more help', one: 'Ask the admin of your workspace.' },
} as const
