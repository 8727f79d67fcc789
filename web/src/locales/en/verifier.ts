/** English words of the page that verifies a downloaded access log without Kontor. */
export const words = {
  title: 'Verify an access log',
  lead: 'Kontor writes down every time it opens a mailbox, and seals each entry to the one before. This page checks such a log on this machine: it knows no server, and the file never leaves it.',
  other: 'Deutsch',
  choose: 'Choose the downloaded log',
  drop: 'or drop it here. Several downloads of one mailbox are also compared with one another.',
  dropNow: 'Let go to verify',
  working: 'Verifying …',
  results: 'Result',
  ok: 'This log is unbroken.',
  okAbout: 'Nothing in it was changed, taken out or slipped in, from its first entry to its last.',
  broken: 'This log is broken.',
  brokenAbout: 'Do not rely on it. Tell whoever runs your Kontor, and keep this file.',
  foreign: 'This is not an access log.',
  foreignAbout:
    'No line of it is an entry of Kontor. Choose the file that “Download” gives on the page “Access log”.',
  unreadable: 'This file could not be read.',
  more: 'and {{count}} more',
  facts: {
    mailbox: 'Mailbox',
    entries: 'Entries',
    time: 'From – to',
    made: 'Downloaded',
    opened: 'Opened',
    threadHeaders: 'Thread headers seen',
    identifiers: 'Identifier seen',
    sent: 'Sent',
    looks: 'Looks not entered yet',
    seal: 'Last seal',
  },
  continues:
    'The later download continues the earlier one, which stands in it unchanged up to entry {{count}}.',
  parts: 'The later download does not continue the earlier one: the log was rewritten in between.',
  proves: 'What this proves',
  provesList: {
    changed:
      'No entry was changed, removed, added or moved by itself: each carries the SHA-256 of the one before, so whoever touches one must seal all later ones anew.',
    whole: 'The file is whole, to the end that it names itself.',
    depth: 'How deep each call looked, and how many emails it touched, is what was sealed at the time.',
  },
  not: 'What it does not prove',
  notList: {
    owner:
      'That nobody rewrote the whole log. Who holds the database could seal all of it anew. Against that, keep a download, or the last seal: a later download must continue it. Choose both here.',
    truth:
      'That every call stands in the log. That is how Kontor is built, and its source is open to whoever wants to see it.',
    stored:
      'That the log fits the stored email. The command npm run verify-ledger checks that, where Kontor runs.',
    ids: 'Which email was meant. The log holds hashes of its id alone, under a key that erasing destroys.',
  },
  foot: 'One file, no network: the browser itself forbids this page every connection. Save it, and read its source.',
}
