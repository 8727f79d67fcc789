/** Setting up, what can be sent, and the two levels, in English. */
import type { Section } from '../article.ts'
import { kindNames, levelNames, levelSentences } from './terms.ts'

export const setup: Section = {
  id: 'setup',
  title: 'Setting up',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Connecting an address takes a minute. Nothing is sent by it, and nothing in the mailbox changes.',
    },
    {
      kind: 'steps',
      entries: [
        [
          'Open ',
          { strong: 'Account Settings' },
          ' and there ',
          { strong: 'Integrations' },
          '. In the section ',
          { strong: 'Email Provider' },
          ', choose ',
          { strong: 'Connect Your Email' },
          '.',
        ],
        [
          'Select your email provider: Gmail (Gmail, Google Workspace), Microsoft (Outlook, Microsoft 365) or Other (IMAP/SMTP). Then ',
          { strong: 'Next' },
          '.',
        ],
        [
          'Select the ',
          { link: 'integration level', to: '#levels' },
          ' for your account. If you like, decide on the same page who sees and sends. Then ',
          { strong: 'Connect' },
          '.',
        ],
        [
          'Sign in at your provider and agree. With Full Access, Google will speak of reading all your email; what Kontor really opens stands ',
          { link: 'below', to: '#access' },
          '. Leave every box ticked: with one missing, Kontor says which, and keeps nothing.',
        ],
        [
          'The address now stands under ',
          { strong: 'Connected Emails' },
          '. With ',
          { strong: '+Connect Another Email' },
          ' you add the next one. Your first address is your default until you set another.',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: 'The menu of each address holds everything else: Set as default, Sender name and signature, Change integration level, Add an address of this account (Gmail), Add a shared mailbox (Microsoft), Who sees and sends, Sending limits, Send a test message, Pause sending, Reconnect, Disconnect.',
    },
    {
      kind: 'paragraph',
      text: 'A Gmail account may send as several addresses. With Full Access, Add an address of this account lists those that are confirmed at Google; each that you add has its own sender name, signature, rights and limit, and nobody signs in again. Replies to all of them arrive in the one mailbox and are read there at once. Before each email Kontor asks Google whether the address is still confirmed, because Google would otherwise quietly send from the main address; if it is not, nothing leaves, and the address says so. With Send Only Access Google does not say this, so further addresses cannot be used.',
    },
    {
      kind: 'paragraph',
      text: 'Mailboxes that your organisation shares with a Microsoft work account (hello@, press@) are added by Add a shared mailbox. Exchange must have given the account “Full access” and “Send as” for them. Only then does Kontor ask Microsoft for them, once; reading them usually needs an administrator’s consent. Kontor opens the inbox folder of the mailbox, no email, and sends one short email from it to your own address: there is no other way to learn whether the account may. That email counts in the day of the mailbox. A shared mailbox may have a smaller level than its account, never a wider one: sending from it needs no administrator. It has its own sender name, signature, rights and limit; what is sent lies in its own Sent Items. If the right is taken away, this mailbox stops and says why, and the account’s own goes on. Microsoft does not tell of new mail in shared mailboxes, so Kontor looks at intervals.',
    },
    { kind: 'heading', text: 'What your IT does once' },
    {
      kind: 'table',
      caption: 'What your IT does once, by provider',
      head: ['Provider', 'What is needed'],
      rows: [
        [
          'Gmail, Google Workspace',
          'An OAuth app at Google, entered in the server settings. A company’s own app of the type Internal needs no review by Google. Until then the tile says “Not set up by your IT yet”.',
        ],
        [
          'Microsoft (Outlook, Microsoft 365)',
          'An app registration at Microsoft, entered in the server settings. Work accounts usually need an administrator’s consent for reading (Mail.Read, for shared mailboxes Mail.Read.Shared): the mailbox then waits for your IT and gives you a link to pass on. Send Only Access connects at once.',
        ],
        [
          'Other (IMAP/SMTP)',
          'Nothing, as long as the mail server lets you sign in with a password or an app password, over an encrypted connection and from the internet. Large providers are known, others are asked where their servers are, and both can be entered by hand. With Send Only Access Kontor does not learn the IMAP server. Where a provider lets its users sign in for IMAP and SMTP instead of a password, your IT can name it in the configuration; it then stands among the providers.',
        ],
      ],
    },
  ],
}

export const sent: Section = {
  id: 'sent',
  title: 'What can be sent',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Every email leaves from your own address, with your sender name and signature. Your provider delivers it; no other mail service stands in between.',
    },
    {
      kind: 'table',
      caption: 'Kinds of email',
      head: ['Kind', 'What it is'],
      rows: [
        [
          kindNames.direct,
          'What a person writes to a person: a first email, a reply, a reply to all. Leaves at any time of day.',
        ],
        [
          kindNames.invitation,
          'The personal invitation to a campaign, with the button to the brief and a way to say no.',
        ],
        [kindNames.approval, 'Your yes to an application.'],
        [
          kindNames.bulk,
          'One message to many chosen influencers, written to each by name, and follow-ups to those who have not replied.',
        ],
        [kindNames.rejection, 'Your no to an application.'],
      ],
    },
    {
      kind: 'list',
      entries: [
        'Files: up to 25 MB with Gmail, about 2.2 MB with Microsoft, with IMAP/SMTP what the mail server allows. Larger files go as a link to a download page.',
        'A missing variable in a template holds back that one email and says which one is missing; all others leave.',
        'At the very second of sending, Kontor checks again whether the email is still right. If somebody declined, withdrew or must not be contacted any more, the email is skipped and the outbox says why.',
        [
          { strong: 'Follow-ups: ' },
          'up to three to an invitation or a message to many, each 1 to 30 days after the email before has left, with words of its own and in the same thread. A reply, a bounce, an application, a no or a click of yours stops them; an out-of-office does not. If a reply may say no, they wait until you have decided. Before one leaves, Kontor has looked into the mailbox. With Send Only it cannot: on the day it reminds you, and you note an answer or send the follow-up.',
        ],
        'The open link of a campaign sends nothing. Whoever has it applies with a name and an address that nobody has confirmed, and the application says so. An email goes there only when your team sends one. People who must not be written to get none, whatever is decided.',
      ],
    },
  ],
}

export const levels: Section = {
  id: 'levels',
  title: 'Integration levels',
  blocks: [
    {
      kind: 'paragraph',
      text: [
        'The level decides what Kontor may do in a mailbox. ',
        { strong: `${levelNames.full}:` },
        ` ${levelSentences.full} `,
        { strong: `${levelNames.send_only}:` },
        ` ${levelSentences.send_only}`,
      ],
    },
    {
      kind: 'table',
      caption: 'The two integration levels compared',
      head: ['', levelNames.full, levelNames.send_only],
      rows: [
        ['Send from your own address', 'yes', 'yes'],
        ['Several mailboxes, one default', 'yes', 'yes'],
        ['300 a day, queue, order, expected times', 'yes', 'yes'],
        ['Sent emails stored and shown to the team', 'yes', 'yes'],
        ['Replies captured, read and answered in Kontor', 'yes', 'no: they stay private in your own inbox'],
        ['Bounces and automatic replies recognised', 'yes', 'no'],
        ['Proof of an uncertain send', 'yes, looked up in the Sent folder', 'no: a person decides'],
        ['Permissions at Google', 'gmail.send, gmail.readonly', 'gmail.send'],
        ['Permissions at Microsoft', 'Mail.Send, Mail.Read', 'Mail.Send'],
        [
          'For shared mailboxes at Microsoft, once you add one',
          'Mail.Send.Shared, Mail.Read.Shared',
          'Mail.Send.Shared',
        ],
        ['IMAP/SMTP', 'SMTP and IMAP', 'SMTP alone'],
      ],
    },
    {
      kind: 'paragraph',
      text: 'With both levels Kontor also asks who you are: openid, email and profile at Google; openid, profile, email, offline_access and User.Read at Microsoft.',
    },
    {
      kind: 'paragraph',
      text: 'You can change the level at any time. From Full Access to Send Only Access, the wide permission is given back and the narrow one asked for; waiting emails keep their place meanwhile, and you choose whether the replies stored so far are kept or erased. In the other direction Kontor asks whether to fetch earlier replies to emails that it sent.',
    },
    {
      kind: 'paragraph',
      text: 'Who sees and sends is a separate choice for each mailbox: the whole team, the team sees and only you send, or named members.',
    },
  ],
}
