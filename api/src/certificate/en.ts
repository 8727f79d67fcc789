import type { Words } from './words.ts'

export const english: Words = {
  locale: 'en-GB',
  title: {
    disconnected: 'Disconnect certificate',
    narrowed: 'Certificate on giving up Full Access',
    erased: 'Certificate of erasure',
  },
  lead: 'What was decided about this mailbox, by whom, and what became of it.',
  fact: {
    number: 'Number',
    workspace: 'Workspace',
    mailbox: 'Mailbox',
    decided: 'Decided by',
    permission: 'Permission',
    waiting: 'Waiting emails',
    stored: 'Stored emails',
    stays: 'What stays',
    seal: 'Seal',
  },
  provider: { gmail: 'Google', microsoft: 'Microsoft', imap: 'The mail server' },
  level: { full: 'Full Access', send_only: 'Send Only Access' },
  mailbox: ({ address, provider, level, since }) =>
    `${address} (${provider}, ${level}), connected since ${since}.`,
  permission: {
    revoked: (provider) => `Given back; ${provider} has ended it.`,
    forgotten: (provider) =>
      `Deleted here. ${provider} could not be told; you can remove the permission in your account there.`,
    shared: () => 'Stays, because other addresses of yours use the same sign-in.',
    none: () => 'There was none any more.',
  },
  endsOthers: (provider) => `${provider} has also ended every other permission of this account for Kontor.`,
  none: 'None.',
  waiting: {
    hold: (count) => `${count}, put on hold.`,
    cancel: (count) => `${count}, cancelled.`,
    reassign: (count, to, isOne) => `${count}, ${isOne ? 'leaves' : 'leave'} from ${to}.`,
  },
  kept: (count, size) => `${count} kept (${size}).`,
  nothingErased: 'None were left to erase.',
  erased: ({ count, files, isOneFile, size, when }) =>
    `${count} erased with ${files} ${isOneFile ? 'attachment' : 'attachments'} (${size}), ${when}.`,
  log: (count, isOne) => `The access log with ${count} ${isOne ? 'entry' : 'entries'}.`,
  barred: (count, isOne) =>
    isOne
      ? `${count} address that must not be written to, as a keyed hash that names nobody.`
      : `${count} addresses that must not be written to, as keyed hashes that name nobody.`,
  sealed:
    'The seal is the SHA-256 of the certificate as JSON, without the seal itself. Whoever has the JSON file can compute it again and so show that neither side has changed anything.',
  issued: (when) => `Issued on ${when}`,
  page: (page, pages) => `Page ${page} of ${pages}`,
}
