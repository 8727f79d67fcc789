/** English words of the account settings: profile, integrations, connected emails and their dialogs. */
export const words = {
  title: 'Account Settings',
  tab: { profile: 'Profile', integrations: 'Integrations' },
  profile: {
    name: 'Name',
    address: 'Email address for signing in',
    language: 'Language',
    appearance: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    auto: 'Like the system',
  },
  provider: {
    section: 'Email Provider',
    list: 'Connected Emails',
    connect: 'Connect Your Email',
    another: '+Connect Another Email',
    empty: 'Connect an address and your team writes from it; the replies to those emails come back here.',
    emptyViewer: 'No address is connected yet. Members and admins can connect one.',
    line: '{{used, number}} of {{limit, number}} today · {{waiting, number}} waiting',
    checked: 'last checked {{when}}',
    owner: 'of {{name}}',
    menu: 'Options for {{address}}',
  },
  menu: {
    default: 'Set as default',
    signature: 'Sender name and signature',
    level: 'Change integration level',
    sharing: 'Who sees and sends',
    limits: 'Sending limits',
    test: 'Send a test message',
    pause: 'Pause sending',
    resume: 'Resume sending',
    reconnect: 'Reconnect',
    disconnect: 'Disconnect',
  },
  pause: {
    title: 'Pause sending from {{address}}?',
    sentence:
      'Nothing leaves from this address until you resume. {{count, number}} waiting emails keep their place; replies keep coming in.',
    sentence_one:
      'Nothing leaves from this address until you resume. The waiting email keeps its place; replies keep coming in.',
    sentence_zero: 'Nothing leaves from this address until you resume. Replies keep coming in.',
    act: 'Pause sending',
  },
  test: {
    title: 'Send a test message?',
    sentence:
      'One short email goes from {{address}} to itself. It counts as one of today’s {{limit, number}} and shows sender name and signature.',
    act: 'Send a test message',
    sent: 'The test message is on its way to {{address}}.',
  },
  reconnect: {
    title: 'Reconnect {{address}}',
    sentence:
      '{{provider}} asks you to sign in again. Choose exactly this account there. The waiting emails stay in place and leave afterwards; replies from the time in between are fetched.',
    act: 'Reconnect',
  },
  level: {
    title: 'Change integration level of {{address}}',
    toSendOnly:
      'The present permission is given back and a smaller one asked for. Waiting emails are held until then. Google ends every permission of this account for Kontor at once. From then on replies stay private in your own inbox.',
    toFull:
      '{{provider}} asks for one more permission: reading. Replies to emails that Kontor sent then appear here.',
    now: 'Now: {{level}}',
    act: 'Change and go to {{provider}}',
  },
  disconnect: {
    title: 'Disconnect {{address}}',
    queue: 'Waiting emails ({{count, number}})',
    hold: 'Hold them',
    holdHint: 'They stay in the outbox, on hold, until you decide.',
    cancel: 'Cancel them',
    cancelHint: 'They will never leave.',
    reassign: 'Send them from another mailbox',
    reassignHint: 'They join the end of their rank there.',
    to: 'New sender',
    stored: 'Stored emails of this mailbox',
    keep: 'Keep',
    keepHint: 'The team goes on seeing the conversations.',
    erase: 'Erase',
    eraseHint: 'Bodies and attachments are deleted for good. The access log stays.',
    google:
      'The permission is given back to Google. Google ends all permissions of this account for Kontor at once, also of its other addresses.',
    other: 'The permission is forgotten here. You can also remove it in your account at the provider.',
    act: 'Disconnect {{address}}',
    done: '{{address}} is disconnected. Its access log stays readable.',
    revoked: 'The permission was given back to the provider.',
    notRevoked: 'The provider could not be told. Remove the permission in your account there.',
    queued: 'Waiting emails concerned: {{count, number}}.',
    erased: 'Stored emails erased: {{count, number}}.',
    newDefault: 'Choose a new default sender.',
  },
  outcome: {
    connected: '{{address}} is connected.',
    partial_read:
      'The provider granted sending but not reading for {{address}}. Full Access needs both. Nothing was stored.',
    partial_send:
      'The provider did not grant sending for {{address}}. Without it Kontor cannot write from this address. Nothing was stored.',
    denied: 'You said no at the provider. Nothing was connected and nothing stored.',
    other_account: 'You signed in with another account. Sign in again and choose {{address}}.',
    other_account_unknown:
      'You signed in with another account than the one of this mailbox. Reconnect again with the right one.',
    expired: 'That took too long, the request has expired. Start again.',
    failed: 'The connection came to nothing. Nothing was stored; start again.',
    why: {
      address_connected:
        '{{address}} is connected here already, by a colleague. Ask them to let you send from it under “Who sees and sends”.',
      broken_off: 'Kontor was stopped in the middle of connecting. Nothing was stored; start again.',
      cursor_expired: 'The provider did not accept the sign-in. Nothing was stored; start again.',
      endpoint_unknown: 'This provider is no longer set up here. Ask your IT, then start again.',
      grant_too_wide:
        'The provider granted reading too, which Send Only Access must not have. Nothing was stored. Remove Kontor in your account at the provider, then connect again.',
      mailbox_disconnected: 'This mailbox was disconnected in the meantime. Connect it as a new one.',
      no_refresh_token:
        'The provider gave no lasting permission. Nothing was stored. Remove Kontor in your account at the provider, then connect again.',
      not_found: 'The provider did not find this account. Nothing was stored; start again.',
      our_config:
        'The provider refuses Kontor’s own app: client id, secret or redirect address is wrong. An owner finds out which under Workspace, Server.',
      quota_day: 'The provider asks Kontor to wait until tomorrow. Nothing was stored; connect again then.',
      rejected: 'The provider did not accept the sign-in. Nothing was stored; start again.',
      scope_missing: 'The provider granted less than this level needs. Nothing was stored; ask again.',
      throttled: 'The provider asks Kontor to wait a little. Nothing was stored; try again in a few minutes.',
      transient: 'The provider did not answer. Nothing was stored; try again in a moment.',
      unauthorised: 'The provider did not accept the sign-in. Nothing was stored; start again.',
      unknown_outcome: 'The connection to the provider broke. Nothing was stored; start again.',
    },
    admin_needed:
      'Your organisation allows reading only after an admin has agreed. Ask your IT to agree once, or use Send Only now.',
    askAgain: 'Ask again',
    useSendOnly: 'Use Send Only',
    startAgain: 'Start again',
    close: 'Dismiss',
  },
} as const
