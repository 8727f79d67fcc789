/** German words of the way in: set-up, sign-in, invitation and the one question at the start. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/welcome.ts'

export const words = {
  admin: {
    agreed: {
      title: 'Vielen Dank',
      sentence:
        'In Kontor ist jetzt zu sehen, dass Sie zugestimmt haben, und das Postfach kann verbunden werden. Zurücknehmen können Sie die Zustimmung jederzeit im Admin Center unter Unternehmensanwendungen.',
    },
    declined: {
      title: 'Nichts wurde erlaubt',
      sentence:
        'In Kontor ist zu sehen, dass Sie abgelehnt haben. Für das Senden allein braucht es Ihre Zustimmung nicht. Der Link gilt weiter, falls Sie es sich anders überlegen.',
    },
    unknown: {
      title: 'Darauf wartet niemand mehr',
      sentence:
        'Das Postfach wurde inzwischen verbunden oder die Anfrage zurückgezogen. Was Sie beim Anbieter erlaubt haben, gilt trotzdem; Sie können diese Seite schließen.',
    },
  },
  language: 'Sprache',
  english: 'English',
  german: 'Deutsch',
  name: 'Ihr Name',
  address: 'E-Mail-Adresse',
  addressHint: 'Zum Anmelden. Damit wird noch kein Postfach verbunden.',
  password: 'Passwort',
  passwordHint: 'Mindestens 10 Zeichen.',
  show: 'Passwort zeigen',
  setup: {
    title: 'Kontor einrichten',
    sentence: 'Sie werden Inhaber. Alle anderen kommen auf Ihre Einladung.',
    workspace: 'Name des Arbeitsbereichs',
    workspaceHint: 'Meist Ihre Firma oder Marke.',
    zone: 'Zeitzone',
    act: 'Einrichten',
    acting: 'Wird eingerichtet …',
    noToken:
      'Diese Seite braucht den einmaligen Link, den Kontor beim Start im Terminal ausgegeben hat. Öffnen Sie diesen Link.',
    done: 'Dieses Kontor ist schon eingerichtet.',
    toSignIn: 'Anmelden',
  },
  signIn: {
    title: 'Anmelden',
    act: 'Anmelden',
    acting: 'Sie werden angemeldet …',
    forgotten: 'Passwort vergessen?',
    setupNeeded:
      'Dieses Kontor hat noch niemand eingerichtet. Öffnen Sie den einmaligen Link aus dem Terminal.',
  },
  forgotten: {
    title: 'Passwort vergessen',
    sentence:
      'Geben Sie die Adresse ein, mit der Sie sich anmelden. Ein Link zu einem neuen Passwort kommt per E-Mail.',
    act: 'Link senden',
    sent: 'Wenn sich hier jemand mit {{address}} anmeldet, ist ein Link dorthin unterwegs. Er gilt eine Stunde. Sehen Sie auch im Spam nach.',
    byAdmin: 'Dieses Kontor verschickt keine eigenen E-Mails. Bitten Sie Ihren Admin um ein neues Passwort.',
    terminal: 'Am Terminal des Servers setzt dieser Befehl eines:',
    example: 'sie@example.com',
    back: 'Zurück zur Anmeldung',
  },
  reset: {
    title: 'Neues Passwort',
    sentence: 'Damit sind Sie sofort angemeldet, und jeder andere Browser ist abgemeldet.',
    password: 'Neues Passwort',
    act: 'Passwort setzen',
    again: 'Neuen Link anfordern',
  },
  join: {
    title: '{{workspace}} beitreten',
    sentence: '{{by}} lädt Sie zu {{workspace}} ein. Ihre Rolle: {{role}}.',
    act: 'Beitreten',
    acting: 'Sie treten bei …',
    asYou: 'Sie sind angemeldet als {{name}}.',
    asYouAct: 'Als {{name}} beitreten',
    other: 'Ich habe hier schon ein Konto',
  },
  start: {
    title: 'Echtes Postfach verbinden oder im Übungsmodus proben?',
    sentence:
      'Ein Arbeitsbereich für echte Postfächer bleibt einer. Ein Übungsarbeitsbereich lässt sich jederzeit löschen; dann kommt diese Frage wieder.',
    practice: 'Im Übungsmodus proben',
    practiceSentence:
      'Ein Übungsarbeitsbereich, in dem schon etwas los ist: drei Postfächer, gut vierzig Influencer, zwei Kampagnen und Antworten, die auf Sie warten. Das dauert keine halbe Minute. Nichts verlässt diesen Rechner.',
    practiceOff:
      'Die Übungswelt läuft hier nicht. Wer den Server betreibt, kann sie mit KONTOR_PRACTICE=on starten.',
    practiceEmpty: 'In einem leeren Übungsarbeitsbereich proben',
    real: 'Echtes Postfach verbinden',
    realSentence:
      'Ihre eigene Adresse bei Gmail, Microsoft oder einem anderen Mailserver. Was Kontor öffnen darf, sehen Sie genau, bevor Sie zustimmen.',
    wait: 'Ein Inhaber oder Admin von {{workspace}} beantwortet zuerst eine Frage. Kommen Sie etwas später wieder.',
  },
  rehearsal: {
    title: 'Die Bühne wird aufgebaut',
    sentence:
      'Alles geschieht wie mit echten Menschen: Postfächer werden verbunden, Einladungen gehen raus, Influencer lesen und antworten.',
    steps: 'Schritte',
    step: {
      world: 'Influencer ziehen in die Übungswelt ein',
      mailboxes: 'Drei Postfächer werden verbunden',
      people: 'Influencer kommen dazu',
      campaigns: 'Zwei Kampagnen entstehen',
      invitations: 'Einladungen gehen raus',
      answers: 'Erste Antworten und Bewerbungen treffen ein',
      decisions: 'Über einige Bewerbungen wird entschieden',
    },
    done: 'erledigt',
    spoken: '{{done, number}} von {{total, number}} Schritten erledigt',
    lookAround: 'Schon einmal umsehen',
    stuck:
      'Ein Schritt hat nicht geklappt. Was bis dahin entstanden ist, ist da; mit einem neuen Versuch geht es hier weiter.',
  },
  role: { owner: 'Inhaber', admin: 'Admin', member: 'Mitglied', viewer: 'Lesezugriff' },
} as const satisfies SameWords<typeof english>
