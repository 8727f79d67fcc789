/** Words of the page with the switches. Mailboxes are told apart by their domain. */
import type { Behaviour, FaultKind } from '../faults.ts'
import type { Language } from './layout.ts'

interface Named {
  readonly name: string
  readonly sentence: string
}

export interface SwitchWords {
  readonly title: string
  readonly intro: string
  readonly standing: string
  readonly order: string
  readonly behaviour: string
  readonly domains: string
  readonly end: string
  readonly endAll: string
  readonly add: string
  readonly save: string
  readonly all: string
  readonly mailbox: string
  readonly every: string
  readonly chance: string
  readonly times: string
  readonly seconds: string
  readonly status: string
  readonly as: string
  readonly to: string
  readonly everything: string
  readonly everyTime: string
  readonly everyNth: (count: number) => string
  readonly withChance: (percent: number) => string
  readonly atMost: (count: number) => string
  readonly struck: (count: number) => string
  readonly fault: Readonly<Record<FaultKind, Named>>
  readonly switch: Readonly<Record<keyof Behaviour, string>>
}

const EN: SwitchWords = {
  title: 'Switches',
  intro: 'What goes wrong on order, and how the practice providers behave. It is in force at once.',
  standing: 'Standing faults',
  order: 'Order a fault',
  behaviour: 'Behaviour',
  domains: 'brand, office and post are the domains whose mailboxes it is about.',
  end: 'End',
  endAll: 'Everything back to normal',
  add: 'Order',
  save: 'Save',
  all: 'All mailboxes',
  mailbox: 'Mailbox',
  every: 'One time in … (1 = always)',
  chance: 'Or by chance, in percent',
  times: 'At most … times',
  seconds: 'Seconds',
  status: 'Status',
  as: 'Refusal',
  to: 'Recipient (all when empty)',
  everything: 'Reading as well',
  everyTime: 'every time',
  everyNth: (count) => `one time in ${count}`,
  withChance: (percent) => `by chance, ${percent} %`,
  atMost: (count) => `at most ${count} times`,
  struck: (count) => `took effect ${count}×`,
  fault: {
    stallAfterAccept: { name: 'Answer held', sentence: 'A mail is taken, and the answer comes late.' },
    cutAfterAccept: {
      name: 'Cut after',
      sentence: 'A mail is taken, and the connection ends without an answer.',
    },
    cutBeforeAccept: { name: 'Cut before', sentence: 'The connection ends, and nothing was taken.' },
    throttle: { name: 'Throttled', sentence: 'Sending is refused for a while, with a time to come back.' },
    fail: { name: 'Failure', sentence: 'Calls end with a status; 0 cuts the connection.' },
    refused: { name: 'Refused', sentence: 'One of the provider’s own refusals.' },
    lateBounce: { name: 'Late return', sentence: 'A mail is taken and comes back afterwards.' },
    pushLost: { name: 'Push lost', sentence: 'A change is never told.' },
    pushTwice: { name: 'Push doubled', sentence: 'A change is told twice.' },
    pushDelayed: { name: 'Push late', sentence: 'A change is told later.' },
    pushEarly: { name: 'Push early', sentence: 'A change is told before it can be read.' },
    subscriptionLost: {
      name: 'Watch lost',
      sentence: 'At the next change the watch is gone, and nobody says so.',
    },
  },
  switch: {
    messageIdRewrite: 'brand: sending replaces the Message-ID',
    threadNeedsSameSubject: 'An answer with another subject opens a thread of its own',
    unitsPerMinute: 'brand: units of one mailbox in a minute (0 = no limit)',
    sendsPerDay: 'brand: mails of one mailbox in 24 hours (0 = no limit)',
    sentCopyAfterMs: 'office: milliseconds until the copy lies in Sent Items',
    conversationBySubject: 'office: mails of one subject fall into one conversation',
    consentsAddUp: 'office: a token holds everything that was ever allowed',
    mailServerFilesSent: 'post: the server files sent mail by itself',
    mailServerIdles: 'post: the server tells of new mail over an open connection (IDLE)',
    mailServerOAuthBearer: 'post: tokens are taken with OAUTHBEARER beside XOAUTH2',
    withheldScope: 'office: permission that tokens come without',
    pushOncePerSecond: 'brand: one push in a second at most, more is dropped',
    pushedNumber: 'brand: the history id in a push is a number',
    refreshTokenDays: 'brand: days that a grant lives (0 = no end, 7 = app in testing)',
  },
}

const DE: SwitchWords = {
  title: 'Schalter',
  intro: 'Was auf Bestellung schiefgeht und wie sich die Übungsanbieter verhalten. Es gilt sofort.',
  standing: 'Bestellte Störungen',
  order: 'Störung bestellen',
  behaviour: 'Verhalten',
  domains: 'brand, office und post sind die Domains, um deren Postfächer es geht.',
  end: 'Beenden',
  endAll: 'Alles zurück auf normal',
  add: 'Bestellen',
  save: 'Speichern',
  all: 'Alle Postfächer',
  mailbox: 'Postfach',
  every: 'Jedes …-te Mal (1 = immer)',
  chance: 'Oder zufällig, in Prozent',
  times: 'Höchstens …-mal',
  seconds: 'Sekunden',
  status: 'Status',
  as: 'Ablehnung',
  to: 'Empfänger (leer = alle)',
  everything: 'Auch das Lesen',
  everyTime: 'jedes Mal',
  everyNth: (count) => `jedes ${count}. Mal`,
  withChance: (percent) => `zufällig, ${percent} %`,
  atMost: (count) => `höchstens ${count}-mal`,
  struck: (count) => `${count}× eingetreten`,
  fault: {
    stallAfterAccept: {
      name: 'Antwort verzögert',
      sentence: 'Eine E-Mail wird angenommen, die Antwort kommt spät.',
    },
    cutAfterAccept: {
      name: 'Abbruch danach',
      sentence: 'Eine E-Mail wird angenommen, die Verbindung endet ohne Antwort.',
    },
    cutBeforeAccept: { name: 'Abbruch davor', sentence: 'Die Verbindung endet, nichts wurde angenommen.' },
    throttle: { name: 'Gedrosselt', sentence: 'Senden wird eine Weile abgelehnt, mit Zeitangabe.' },
    fail: { name: 'Fehlschlag', sentence: 'Aufrufe enden mit einem Status; 0 trennt die Verbindung.' },
    refused: { name: 'Abgelehnt', sentence: 'Eine der eigenen Ablehnungen des Anbieters.' },
    lateBounce: { name: 'Späte Rückkehr', sentence: 'Eine E-Mail wird angenommen und kommt danach zurück.' },
    pushLost: { name: 'Meldung verloren', sentence: 'Eine Änderung wird nie gemeldet.' },
    pushTwice: { name: 'Meldung doppelt', sentence: 'Eine Änderung wird zweimal gemeldet.' },
    pushDelayed: { name: 'Meldung spät', sentence: 'Eine Änderung wird später gemeldet.' },
    pushEarly: { name: 'Meldung zu früh', sentence: 'Eine Änderung wird gemeldet, bevor sie zu lesen ist.' },
    subscriptionLost: {
      name: 'Beobachtung verloren',
      sentence: 'Bei der nächsten Änderung ist sie weg, und niemand sagt es.',
    },
  },
  switch: {
    messageIdRewrite: 'brand: Senden ersetzt die Message-ID',
    threadNeedsSameSubject: 'Eine Antwort mit anderem Betreff eröffnet einen eigenen Verlauf',
    unitsPerMinute: 'brand: Einheiten je Postfach und Minute (0 = ohne Grenze)',
    sendsPerDay: 'brand: E-Mails je Postfach in 24 Stunden (0 = ohne Grenze)',
    sentCopyAfterMs: 'office: Millisekunden, bis die Kopie unter Gesendet liegt',
    conversationBySubject: 'office: E-Mails gleichen Betreffs fallen in eine Unterhaltung',
    consentsAddUp: 'office: ein Token enthält alles, was je erlaubt wurde',
    mailServerFilesSent: 'post: der Server legt Gesendetes selbst ab',
    mailServerIdles: 'post: der Server meldet neue Mails über eine offene Verbindung (IDLE)',
    mailServerOAuthBearer: 'post: Tokens werden neben XOAUTH2 auch mit OAUTHBEARER genommen',
    withheldScope: 'office: Berechtigung, die Tokens fehlt',
    pushOncePerSecond: 'brand: höchstens eine Meldung je Sekunde, mehr entfällt',
    pushedNumber: 'brand: die Verlaufsnummer in einer Meldung ist eine Zahl',
    refreshTokenDays: 'brand: Tage, die eine Erlaubnis lebt (0 = ohne Ende, 7 = App im Test)',
  },
}

export const SWITCH_WORDS: Readonly<Record<Language, SwitchWords>> = { en: EN, de: DE }
