/** Words of the practice world's own pages. */
import type { Client } from '../people/clients/client.ts'
import type { Temperament } from '../people/people.ts'

const EN = {
  ownName: 'English',
  title: 'The practice world',
  intro:
    'What the practice providers hold and what they recorded. Nothing here is real, nothing leaves this machine.',
  mailboxes: 'Mailboxes',
  people: 'Influencers',
  mails: 'Emails accepted from clients',
  calls: 'Calls',
  arrivals: 'Emails that arrived',
  answer: 'Answer as',
  send: 'Send',
  back: 'Back',
  to: 'to',
  paceQuestion: 'How soon do they act?',
  pace: { immediately: 'At once', minutes: 'Within minutes', off: 'Not by themselves' },
  paceSentence: {
    immediately: 'They read, apply and answer as soon as an email arrives.',
    minutes: 'They read, apply and answer by themselves, within three minutes.',
    other: 'They read, apply and answer by themselves, after a while.',
    off: 'They wait until you answer for them in their mailbox.',
  },
  empty: 'Nothing yet.',
  missing: 'There is no such mailbox or email.',
  kind: { brand: 'brand', person: 'manager', other: 'other' },
  temperament: {
    applies: 'applies',
    asks: 'asks first',
    'applies-and-asks': 'applies and asks',
    negotiates: 'wants a better fee',
    declines: 'says no on the page',
    'declines-in-words': 'says no in an email',
    silent: 'never answers',
    away: 'is away',
    manager: 'has a manager who answers',
    full: 'has a full mailbox',
    gone: 'address no longer exists',
    late: 'needs a reminder',
  } satisfies Record<Temperament, string>,
  client: {
    web: 'Gmail in the browser',
    apple: 'Apple Mail',
    outlook: 'Outlook',
    'outlook-new': 'new Outlook',
    thunderbird: 'Thunderbird',
    phone: 'iPhone',
  } satisfies Record<Client, string>,
} as const

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

const DE: Words<typeof EN> = {
  ownName: 'Deutsch',
  title: 'Die Übungswelt',
  intro:
    'Was die Übungsanbieter enthalten und was sie aufgezeichnet haben. Nichts davon ist echt, nichts verlässt diesen Rechner.',
  mailboxes: 'Postfächer',
  people: 'Influencer',
  mails: 'Von Programmen angenommene E-Mails',
  calls: 'Aufrufe',
  arrivals: 'Angekommene E-Mails',
  answer: 'Antworten als',
  send: 'Senden',
  back: 'Zurück',
  to: 'an',
  paceQuestion: 'Wie bald handeln sie?',
  pace: { immediately: 'Sofort', minutes: 'Binnen Minuten', off: 'Nicht von selbst' },
  paceSentence: {
    immediately: 'Sie lesen, bewerben sich und antworten, sobald eine E-Mail ankommt.',
    minutes: 'Sie lesen, bewerben sich und antworten von selbst, binnen drei Minuten.',
    other: 'Sie lesen, bewerben sich und antworten von selbst, nach einer Weile.',
    off: 'Sie warten, bis Sie in ihrem Postfach für sie antworten.',
  },
  empty: 'Noch nichts.',
  missing: 'Dieses Postfach oder diese E-Mail gibt es nicht.',
  kind: { brand: 'Marke', person: 'Management', other: 'sonstige' },
  temperament: {
    applies: 'bewirbt sich',
    asks: 'fragt erst nach',
    'applies-and-asks': 'bewirbt sich und fragt',
    negotiates: 'will mehr Honorar',
    declines: 'sagt auf der Seite ab',
    'declines-in-words': 'sagt per E-Mail ab',
    silent: 'antwortet nie',
    away: 'ist nicht da',
    manager: 'hat ein Management, das antwortet',
    full: 'hat ein volles Postfach',
    gone: 'Adresse gibt es nicht mehr',
    late: 'braucht eine Erinnerung',
  },
  client: {
    web: 'Gmail im Browser',
    apple: 'Apple Mail',
    outlook: 'Outlook',
    'outlook-new': 'neues Outlook',
    thunderbird: 'Thunderbird',
    phone: 'iPhone',
  },
}

export const WORDS = { en: EN, de: DE } as const
