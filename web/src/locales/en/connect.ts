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
    password: 'Address and password',
    byPassword: {
      full: 'On the next page you give the address and a password, best an app password made for Kontor. Both are tried at your servers; nothing is sent and nothing is opened.',
      send_only:
        'On the next page you give the address and a password, best an app password made for Kontor. It is tried at your SMTP server; nothing is sent.',
    },
    title: 'Consent at {{provider}}',
    full: '{{provider}} will speak of reading all your email. Beside this you see what Kontor really opens, and you can check it in the access log at any time.',
    send_only: '{{provider}} will ask for one permission only: sending on your behalf.',
    both: 'Leave every box ticked there; with one missing, Kontor tells you and stores nothing.',
    admin:
      'Work accounts: an admin of your organisation usually has to agree to reading once. If Microsoft shows “Need admin approval”, come back here and send your IT the link.',
    adminAct: 'Link for your IT',
    connect: 'Connect',
    connecting: 'Going to {{provider}} …',
  },
  otherProvider: 'Other',
  signIn: {
    title: 'Sign in to your mail server',
    practice:
      'In the practice world: studio@post.practice.example, or any other mailbox there, with the password “practice”.',
    address: 'Email address',
    there: 'Addresses of this domain sign in at {{provider}}; Kontor then needs no password.',
    thereAct: 'Sign in at {{provider}}',
    name: 'Sender name',
    nameHint: 'What recipients see beside the address.',
    password: 'Password',
    passwordHint:
      'Gmail, iCloud, Yahoo, GMX and others ask for an app password here. It is stored encrypted and sent to your mail servers only.',
    byHand: 'Enter the servers by hand',
    smtp: 'SMTP server (sending)',
    imap: 'IMAP server (reading)',
    port: 'Port',
    security: 'Encryption',
    user: 'User name',
    userHint: 'Only if it is not the address.',
    trying: 'Trying the servers …',
    says: 'The server said: {{detail}}',
    appPassword: 'This provider wants an app password.',
    appPasswordLink: 'Make one there',
    wrong: {
      servers_unknown:
        'Nobody says which servers this address uses. Enter them below; your provider’s help names them.',
      host_unknown: '{{service}}: there is no server named {{server}}. Check the spelling.',
      host_inside:
        '{{service}}: {{server}} lies in a private network, and this Kontor connects to mail servers on the internet only. Whoever runs it can allow those of an organisation, though never its own machine, with KONTOR_PRIVATE_MAIL_SERVERS=on.',
      port_refused: '{{service}}: this port is not one of mail. SMTP uses 465 or 587, IMAP 993 or 143.',
      nobody_listens: '{{service}}: {{server}} answers, but not on this port. Check the port.',
      too_slow: '{{service}}: {{server}} did not answer in time. Check name and port, or try again later.',
      speaks_plainly:
        '{{service}}: {{server}} does not speak TLS on this port. Choose STARTTLS, or the other port.',
      speaks_tls: '{{service}}: {{server}} waits for TLS on this port. Choose TLS.',
      no_starttls:
        '{{service}}: {{server}} offers no encryption on this port. Choose TLS and the port for it.',
      certificate:
        '{{service}}: the certificate of {{server}} is not valid for this name. Ask whoever runs the server.',
      no_login:
        '{{service}}: {{server}} offers no sign-in by password on this port. Your provider may have switched it off, or wants another port.',
      login_refused:
        '{{service}}: {{server}} refuses user name or password. Check both; with two-step sign-in you need an app password.',
      imap_off:
        'IMAP is switched off for this mailbox. Switch it on in your provider’s settings, or choose Send Only Access.',
      no_sent_folder:
        'IMAP works, but no folder is marked as the Sent folder. Create one named “Sent” at your provider, then try again.',
      busy: '{{service}}: {{server}} lets nobody sign in at the moment. Try again in a quarter of an hour.',
      broke_off: '{{service}}: {{server}} broke the connection off. Try again in a while.',
    },
  },
  notConfigured: 'Not set up by your IT yet',
  instructions: 'Send instructions',
  mail: {
    subject: 'Please set up {{provider}} for Kontor',
    gmail:
      'Hello,\n\nto connect our mailboxes, Kontor needs an OAuth client at Google:\n\n1. console.cloud.google.com: a project, with the Gmail API switched on.\n2. OAuth consent screen: user type Internal (no review needed). Scopes: {{scopes}}.\n3. Credentials, Create OAuth client ID, Web application. Authorised redirect URI: {{redirect}}\n4. Enter client id and secret in Kontor under Workspace, Server; there is a check too.\n\nThis page shows when it is ready:\n{{link}}\n',
    microsoft:
      'Hello,\n\nto connect our mailboxes, Kontor needs an app registration at Microsoft:\n\n1. entra.microsoft.com, App registrations, New registration. Accounts: this organisation only, or any organisation and personal accounts.\n2. Redirect URI, platform Web: {{redirect}}\n3. API permissions, Microsoft Graph, delegated: {{scopes}}. “Grant admin consent” spares everybody the question.\n4. Certificates & secrets: a new client secret.\n5. Enter application id and secret in Kontor under Workspace, Server; there is a check too. For one organisation only, enter its tenant as well.\n\nThis page shows when it is ready:\n{{link}}\n',
    imap: 'Hello,\n\nplease set up {{provider}} for Kontor.\n\nThis page shows when it is ready:\n{{link}}\n',
  },
  products: { gmail: 'Gmail, Google Workspace', microsoft: 'Outlook, Microsoft 365', imap: 'IMAP/SMTP' },
  none: 'No provider is available in this workspace.',
  aside: {
    password: 'What the password is used for',
    passwordNote: {
      full: 'A password knows no levels: it would open the whole mailbox. What Kontor does with it stands below. An app password can be taken back at your provider at any time.',
      send_only:
        'A password knows no levels. With Send Only Access Kontor does not learn your IMAP server and never asks to read. An app password can be taken back at your provider at any time.',
    },
    screen: 'What {{provider}} will show',
    opens: 'What Kontor opens',
    show: {
      gmail: {
        read: 'View your email messages and settings',
        send: 'Send email on your behalf',
        sign: 'See your name and email address',
      },
      microsoft: {
        read: 'Read your mail',
        send: 'Send mail as you',
        sign: 'Sign you in and read your profile',
        offline: 'Maintain access to data you have given it access to',
      },
      imap: {
        read: 'Read through your mail server',
        send: 'Send through your mail server',
      },
      profile:
        'Of the profile Kontor keeps name and address; photo, phone and job title are never asked for.',
    },
    rows: {
      replies: 'Replies to emails that Kontor sent',
      repliesFull: 'opened and stored',
      repliesNone: 'never seen',
      other: 'All other email',
      gmailOther: 'identifier of message and thread, forgotten after seven days; never opened',
      microsoftOther: 'identifier of message and conversation, forgotten after seven days; never opened',
      imapOther: 'number, forgotten after seven days, and thread headers, dropped at once; never opened',
      otherNone: 'never seen',
      sent: 'Your Sent folder',
      sentFull: 'only to settle an uncertain send, by our own identifiers',
      sentFullMicrosoft: 'identifiers, and by our own Message-ID where a sent email lies',
      sentFullImap:
        'a copy of what Kontor sends is filed there, and looked for by our own identifiers; its absence proves nothing where your server files no copies itself',
      sentNone: 'never seen',
    },
    ledger: 'Every access stands in the access log of the mailbox, where you can check it.',
  },
} as const
