/** German words of connecting a mailbox: provider, integration level, consent, and what stands beside them. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/connect.ts'

export const words = {
  title: 'Ihr E-Mail-Konto verbinden',
  back: 'Integrationen',
  steps: 'Schritte',
  one: { title: 'Wählen Sie Ihren E-Mail-Anbieter aus', next: 'Weiter', change: 'Ändern' },
  two: {
    title: 'Wählen Sie die Integrationsstufe für Ihr Konto aus',
    learn: 'Erfahren Sie mehr über Berechtigungen',
    sharing: 'Wer sieht und sendet',
    can: 'Kann',
    cannot: 'Kann nicht',
    full: {
      can: 'Von Ihrer Adresse senden · Antworten auf diese E-Mails erfassen · Unzustellbarkeit und automatische Antworten erkennen · ungeklärten Versand im Gesendet-Ordner nachsehen',
      cannot: 'Andere E-Mails öffnen · in Ihrem Postfach etwas ändern oder löschen',
    },
    send_only: {
      can: 'Von Ihrer Adresse senden · Warteschlange, Limits und voraussichtliche Zeiten wie bei vollem Zugriff',
      cannot:
        'Etwas lesen: keine Antworten, keine Unzustellbarkeit. Über ungeklärten Versand entscheidet ein Mensch',
    },
  },
  three: {
    title: 'Zustimmung bei {{provider}}',
    full: '{{provider}} wird vom Lesen aller Ihrer E-Mails sprechen. Daneben steht, was Kontor wirklich öffnet, und im Zugriffsprotokoll können Sie es jederzeit nachprüfen.',
    send_only: '{{provider}} wird nur nach einer Berechtigung fragen: in Ihrem Namen zu senden.',
    both: 'Lassen Sie dort alle Häkchen gesetzt; fehlt eines, sagt Kontor es Ihnen und speichert nichts.',
    connect: 'Verbinden',
    connecting: 'Weiter zu {{provider}} …',
  },
  notConfigured: 'Noch nicht von Ihrer IT eingerichtet',
  instructions: 'Anleitung senden',
  mail: {
    subject: 'Bitte {{provider}} für Kontor einrichten',
    body: 'Guten Tag,\n\num unsere Postfächer zu verbinden, braucht Kontor eine OAuth-App bei {{provider}}: Client-ID und Client-Secret, gesetzt in der Umgebung des Servers. Die README von Kontor (Abschnitt „OAuth apps“) zeigt jeden Schritt und die Weiterleitungsadresse.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
  },
  products: { gmail: 'Gmail, Google Workspace', microsoft: 'Outlook, Microsoft 365', imap: 'IMAP/SMTP' },
  none: 'In diesem Arbeitsbereich steht kein Anbieter zur Verfügung.',
  aside: {
    screen: 'Was {{provider}} zeigen wird',
    opens: 'Was Kontor öffnet',
    show: {
      gmail: { send: 'E-Mails in Ihrem Namen senden', read: 'Ihre E-Mails und Einstellungen ansehen' },
      microsoft: { send: 'E-Mails als Sie senden', read: 'Ihre E-Mails lesen' },
      imap: { send: 'Über Ihren Mailserver senden', read: 'Über Ihren Mailserver lesen' },
      sign: 'Ihren Namen und Ihre E-Mail-Adresse sehen',
    },
    rows: {
      replies: 'Antworten auf E-Mails, die Kontor gesendet hat',
      repliesFull: 'geöffnet und gespeichert',
      repliesNone: 'nie gesehen',
      other: 'Alle anderen E-Mails',
      gmailOther: 'Kennung von E-Mail und Thread, sofort verworfen; nie geöffnet',
      microsoftOther: 'nur Kennungen, sofort verworfen; nie geöffnet',
      imapOther: 'Nummer und Thread-Kopfzeilen, sofort verworfen; nie geöffnet',
      otherNone: 'nie gesehen',
      sent: 'Ihr Gesendet-Ordner',
      sentFull: 'nur um ungeklärten Versand zu klären, nach unseren eigenen Kennungen',
      sentNone: 'nie gesehen',
    },
    ledger: 'Jeder Zugriff steht im Zugriffsprotokoll des Postfachs und lässt sich dort nachprüfen.',
  },
} as const satisfies SameWords<typeof english>
