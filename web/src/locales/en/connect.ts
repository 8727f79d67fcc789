/** English words of connecting a mailbox: provider, integration level, consent, and what stands beside them. */
export const words = {
  title: 'Connect Your Email',
  back: 'Integrations',
  steps: 'Steps',
  one: { title: 'Select your email provider', next: 'Next', change: 'Change' },
  two: {
    title: 'Select the integration level for your account',
    learn: 'Learn more about Permissions',
    sharing: 'Who sees and sends',
    can: 'Can',
    cannot: 'Cannot',
    full: {
      can: 'Send from your address · capture replies to those emails · recognise bounces and automatic replies · look up an uncertain send in the Sent folder',
      cannot: 'Open any other email · change or delete anything in your mailbox',
    },
    send_only: {
      can: 'Send from your address · queue, limits and expected times as with Full Access',
      cannot: 'Read anything: no replies, no bounces. An uncertain send is decided by a person',
    },
  },
  three: {
    title: 'Consent at {{provider}}',
    full: '{{provider}} will speak of reading all your email. Beside this you see what Kontor really opens, and you can check it in the access log at any time.',
    send_only: '{{provider}} will ask for one permission only: sending on your behalf.',
    both: 'Leave every box ticked there; with one missing, Kontor tells you and stores nothing.',
    connect: 'Connect',
    connecting: 'Going to {{provider}} …',
  },
  notConfigured: 'Not set up by your IT yet',
  instructions: 'Send instructions',
  mail: {
    subject: 'Please set up {{provider}} for Kontor',
    body: 'Hello,\n\nto connect our mailboxes, Kontor needs an OAuth app at {{provider}}: client id and client secret, set in the environment of the server. The README of Kontor (section “OAuth apps”) shows each step and the redirect address.\n\nThis page shows when it is ready:\n{{link}}\n',
  },
  products: { gmail: 'Gmail, Google Workspace', microsoft: 'Outlook, Microsoft 365', imap: 'IMAP/SMTP' },
  none: 'No provider is available in this workspace.',
  aside: {
    screen: 'What {{provider}} will show',
    opens: 'What Kontor opens',
    show: {
      gmail: { send: 'Send email on your behalf', read: 'View your email messages and settings' },
      microsoft: { send: 'Send mail as you', read: 'Read your mail' },
      imap: { send: 'Send through your mail server', read: 'Read through your mail server' },
      sign: 'See your name and email address',
    },
    rows: {
      replies: 'Replies to emails that Kontor sent',
      repliesFull: 'opened and stored',
      repliesNone: 'never seen',
      other: 'All other email',
      gmailOther: 'identifier of message and thread, dropped at once; never opened',
      microsoftOther: 'identifiers only, dropped at once; never opened',
      imapOther: 'number and thread headers, dropped at once; never opened',
      otherNone: 'never seen',
      sent: 'Your Sent folder',
      sentFull: 'only to settle an uncertain send, by our own identifiers',
      sentNone: 'never seen',
    },
    ledger: 'Every access stands in the access log of the mailbox, where you can check it.',
    limited:
      'Kontor’s use of information received from Google APIs adheres to the Google API Services User Data Policy, including the Limited Use requirements.',
  },
} as const
