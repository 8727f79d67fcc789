/** What is read and stored, what is not, and how to take it back, in English. */
import type { Section } from '../article.ts'
import { limitedUsePolicy } from '../policy.ts'
import { limitedUse } from './terms.ts'

export const access: Section = {
  id: 'access',
  title: 'What information does the email integration access, and what does it store?',
  blocks: [
    { kind: 'heading', text: 'What is stored' },
    {
      kind: 'list',
      entries: [
        'The address of the mailbox and the name of your public profile. Photo, phone number and job title are dropped on arrival.',
        'The permission itself, encrypted.',
        'Every email that Kontor sent from the mailbox.',
        'With Full Access: replies to those emails, with bounces and automatic replies, and what you yourself wrote by hand in these conversations.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Nothing else of the mailbox. What is stored lies on the server of your own organisation, walled off for each workspace, until it is erased: for a mailbox when it is disconnected or at any time after that, with a certificate.',
    },
    { kind: 'heading', text: 'What is only looked at' },
    {
      kind: 'paragraph',
      text: 'To find the replies, Kontor asks the provider for identifiers first and for the text of an email only after it is known to be a reply to one of ours. These traces of other email pass through:',
    },
    {
      kind: 'table',
      caption: 'Traces of other email, by provider',
      head: ['', 'To find candidates', 'To match', 'Content'],
      rows: [
        [
          'Gmail',
          'identifiers of message and thread',
          'nothing: the thread decides, and outside our threads nothing is asked',
          'never',
        ],
        [
          'Microsoft',
          'identifiers of message and conversation',
          'thread headers, only in conversations of ours; where they say nothing, whether a participant wrote it',
          'never',
        ],
        [
          'IMAP',
          'number of the message; after an outage also its time of arrival',
          'Message-ID, In-Reply-To, References; no subject, no sender',
          'never',
        ],
        [
          'IMAP, after sending',
          'nothing: the server looks in Sent for our own Message-ID, and where it has none, our copy is filed there',
          'nothing',
          'never',
        ],
        [
          'Microsoft, after sending',
          'nothing: Sent is asked for our own Message-ID',
          'nothing, unless the copy is missing after 90 seconds: then Message-ID and our own mark, of Sent around that time',
          'never',
        ],
        [
          'Gmail and Microsoft, with “Also find replies with another subject” switched on',
          'identifiers of message and thread',
          'Message-ID, In-Reply-To, References of new email from others; no subject, no sender',
          'never',
        ],
        [
          'Settling an uncertain send',
          'identifiers in Sent since the attempt',
          'Message-ID and our own mark',
          'never',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: 'What passes through is dropped at once, but for the identifiers: they are kept for seven days, with the time and whether headers were seen, because a reply may arrive before its thread is known, and so that after an outage no headers are asked for twice. After a longer outage they stay until everything has been checked.',
    },
    {
      kind: 'paragraph',
      text: 'Over IMAP/SMTP Kontor files the copy in Sent itself where the mail server does not. There a missing copy proves nothing: an uncertain send that is not found is left to a person.',
    },
    {
      kind: 'paragraph',
      text: 'Every one of these accesses stands in the access log of the mailbox: when, why, how deep. Its entries are sealed to one another, so that none can be changed or left out unnoticed; the owner of the mailbox can read, check and export it.',
    },
    {
      kind: 'paragraph',
      text: 'Kontor uses what it reads to show conversations to your team and for nothing else: no advertising, no sale, no training of models.',
    },
    {
      kind: 'statement',
      text: [limitedUse.before, { link: limitedUsePolicy.name, to: limitedUsePolicy.url }, limitedUse.after],
    },
  ],
}

export const uncaptured: Section = {
  id: 'uncaptured',
  title: 'What is not captured, and why',
  blocks: [
    {
      kind: 'table',
      caption: 'What is not captured, and why',
      head: ['Not captured', 'Why'],
      rows: [
        [
          'A new email from an influencer you know',
          'It answers nothing that Kontor sent, so it belongs to your mailbox alone.',
        ],
        [
          'An email with the same subject',
          'A subject proves nothing. What counts are the identifiers that a reply carries, or the provider’s own thread.',
        ],
        [
          'A reply whose subject was changed',
          'Gmail and Microsoft put it into a thread of its own, and outside our threads nothing is asked. The owner of a mailbox can switch on “Also find replies with another subject” there; then three headers of new email are asked, and it is found.',
        ],
        [
          'Replies to emails that you sent without Kontor',
          'Kontor does not know those emails, and does not open them to find out.',
        ],
        [
          'Replies to an address with Send Only Access',
          'There is no permission to read. They stay private in your own inbox.',
        ],
        [
          'Replies to emails from before an address was disconnected',
          'Disconnecting ends the reading for good. An address that is connected again begins anew; replies to its earlier emails stay private in your own inbox.',
        ],
        [
          'Emails deleted for good before Kontor looked',
          'They are no longer there. In the trash, the archive, the spam folder or any other folder they are found.',
        ],
        [
          'Whether an email was opened',
          'That would take hidden images in your emails. Kontor uses none and does not measure it.',
        ],
      ],
    },
  ],
}

export const disconnect: Section = {
  id: 'disconnect',
  title: 'Disconnecting',
  blocks: [
    {
      kind: 'steps',
      entries: [
        [
          'Open ',
          { strong: 'Account Settings' },
          ', ',
          { strong: 'Integrations' },
          ' and in the menu of the address ',
          { strong: 'Disconnect' },
          '.',
        ],
        'Decide what happens to the waiting emails: paused, moved to another address, or cancelled. They are listed first.',
        'Decide what happens to what is stored: kept, exported or erased.',
        'Kontor gives the permission back to the provider and shows a disconnect certificate, which you can keep as a PDF.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Google ends all permissions of an account for Kontor at once, so a second connection of the same Google account ends too. At Microsoft, permissions are removed under My Apps or by your IT; Kontor deletes its keys at once in any case. In an IMAP mailbox, delete the app password if you made one.',
    },
    {
      kind: 'paragraph',
      text: 'If the permission ends some other way, say by a changed password, nothing is lost: the mailbox asks to be reconnected, its emails wait, and afterwards Kontor fetches the replies from the time in between and reports what it checked.',
    },
  ],
}
