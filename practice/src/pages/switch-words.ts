/** Words of the page with the switches. Mailboxes are told apart by their domain. */
import type { Act } from '../control/acts.ts'
import type { FaultKind } from '../faults.ts'
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
  readonly orderBehaviour: string
  readonly orderBehaviourIntro: string
  readonly otherwise: string
  readonly usual: string
  readonly which: string
  readonly value: string
  readonly values: string
  readonly call: string
  readonly callHint: string
  readonly seed: string
  readonly atOnce: string
  readonly atOnceIntro: string
  readonly act: string
  readonly acts: Readonly<Record<Act, string>>
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
  readonly outcome: string
  readonly wording: string
  readonly patience: string
  readonly everything: string
  readonly everyTime: string
  readonly everyNth: (count: number) => string
  readonly withChance: (percent: number) => string
  readonly atMost: (count: number) => string
  readonly struck: (count: number) => string
  readonly fault: Readonly<Record<FaultKind, Named>>
}

const EN: SwitchWords = {
  title: 'Switches',
  intro: 'What goes wrong on order, and how the practice providers behave. It is in force at once.',
  standing: 'In force',
  order: 'Order a fault',
  behaviour: 'Behaviour for everybody',
  orderBehaviour: 'Other behaviour',
  orderBehaviourIntro: 'For one mailbox, some calls, or by chance; it wins over what is set for everybody.',
  otherwise: 'Other than usual for everybody',
  usual: 'As usual',
  which: 'Behaviour',
  value: 'How it is',
  values: 'true or false, a number, or a text',
  call: 'Call (the usual one when empty)',
  callHint: 'gmail.users.messages.get or GET /gmail/v1/users/me/messages/*',
  seed: 'Seed of chance',
  atOnce: 'At once',
  atOnceIntro: 'What happens to one mailbox now.',
  act: 'Let it happen',
  acts: {
    historyTooOld: 'Its history is too old (404, 410, UIDVALIDITY)',
    grantsEnd: 'Password changed: every grant ends',
    adminNeeded: 'office: reading needs an administrator',
    adminNotNeeded: 'office: reading needs no administrator',
    reauthorizationRequired: 'office: the subscription has to be authorised again',
    subscriptionRemoved: 'office: the subscription is gone, and that is told',
    missed: 'office: notices were missed, and that is told',
  },
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
  outcome: 'How it ends',
  wording: 'brand: wording (the usual one when empty)',
  patience: 'How it says until when (as usual when empty)',
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
    handshake: {
      name: 'office: handshake',
      sentence: 'Whether an address is there is asked in vain, or late, when it subscribes.',
    },
  },
}

const DE: SwitchWords = {
  title: 'Schalter',
  intro: 'Was auf Bestellung schiefgeht und wie sich die Übungsanbieter verhalten. Es gilt sofort.',
  standing: 'In Kraft',
  order: 'Störung bestellen',
  behaviour: 'Verhalten für alle',
  orderBehaviour: 'Anderes Verhalten',
  orderBehaviourIntro: 'Für ein Postfach, manche Aufrufe oder zufällig; es geht dem vor, was für alle gilt.',
  otherwise: 'Anders als üblich für alle',
  usual: 'Wie üblich',
  which: 'Verhalten',
  value: 'Wie es ist',
  values: 'true oder false, eine Zahl oder ein Text',
  call: 'Aufruf (leer = der übliche)',
  callHint: 'gmail.users.messages.get oder GET /gmail/v1/users/me/messages/*',
  seed: 'Startwert des Zufalls',
  atOnce: 'Sofort',
  atOnceIntro: 'Was mit einem Postfach jetzt geschieht.',
  act: 'Geschehen lassen',
  acts: {
    historyTooOld: 'Sein Verlauf ist zu alt (404, 410, UIDVALIDITY)',
    grantsEnd: 'Passwort geändert: jede Erlaubnis endet',
    adminNeeded: 'office: Lesen braucht einen Administrator',
    adminNotNeeded: 'office: Lesen braucht keinen Administrator',
    reauthorizationRequired: 'office: das Abonnement ist neu zu erlauben',
    subscriptionRemoved: 'office: das Abonnement ist weg, und das wird gesagt',
    missed: 'office: Meldungen wurden verpasst, und das wird gesagt',
  },
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
  outcome: 'Wie er endet',
  wording: 'brand: Wortlaut (leer = der übliche)',
  patience: 'Wie die Zeit gesagt wird (leer = wie üblich)',
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
    handshake: {
      name: 'office: Handschlag',
      sentence: 'Ob eine Adresse da ist, wird beim Abonnieren vergeblich oder spät gefragt.',
    },
  },
}

export const SWITCH_WORDS: Readonly<Record<Language, SwitchWords>> = { en: EN, de: DE }
