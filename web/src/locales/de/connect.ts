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
    admin:
      'Geschäftskonten: Meist muss ein Admin Ihrer Organisation dem Lesen einmal zustimmen. Zeigt Microsoft „Administratorgenehmigung erforderlich“, kommen Sie hierher zurück und senden Sie Ihrer IT den Link.',
    adminAct: 'Link für Ihre IT',
    connect: 'Verbinden',
    connecting: 'Weiter zu {{provider}} …',
  },
  notConfigured: 'Noch nicht von Ihrer IT eingerichtet',
  instructions: 'Anleitung senden',
  mail: {
    subject: 'Bitte {{provider}} für Kontor einrichten',
    gmail:
      'Guten Tag,\n\num unsere Postfächer zu verbinden, braucht Kontor einen OAuth-Client bei Google:\n\n1. console.cloud.google.com: ein Projekt, mit eingeschalteter Gmail API.\n2. OAuth-Zustimmungsbildschirm: Nutzertyp Intern (keine Prüfung nötig). Bereiche: {{scopes}}.\n3. Anmeldedaten, OAuth-Client-ID erstellen, Webanwendung. Autorisierter Weiterleitungs-URI: {{redirect}}\n4. Client-ID und Clientschlüssel in Kontor unter Arbeitsbereich, Server eintragen; dort lässt sich beides prüfen.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
    microsoft:
      'Guten Tag,\n\num unsere Postfächer zu verbinden, braucht Kontor eine App-Registrierung bei Microsoft:\n\n1. entra.microsoft.com, App-Registrierungen, Neue Registrierung. Konten: nur diese Organisation, oder alle Organisationen und persönliche Konten.\n2. Umleitungs-URI, Plattform Web: {{redirect}}\n3. API-Berechtigungen, Microsoft Graph, delegiert: {{scopes}}. „Administratorzustimmung erteilen“ erspart allen die Nachfrage.\n4. Zertifikate & Geheimnisse: ein neuer geheimer Clientschlüssel.\n5. Anwendungs-ID und Schlüssel in Kontor unter Arbeitsbereich, Server eintragen; dort lässt sich beides prüfen. Nur für eine einzelne Organisation auch deren Mandanten.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
    imap: 'Guten Tag,\n\nbitte richten Sie {{provider}} für Kontor ein.\n\nOb es so weit ist, zeigt diese Seite:\n{{link}}\n',
  },
  products: { gmail: 'Gmail, Google Workspace', microsoft: 'Outlook, Microsoft 365', imap: 'IMAP/SMTP' },
  none: 'In diesem Arbeitsbereich steht kein Anbieter zur Verfügung.',
  aside: {
    screen: 'Was {{provider}} zeigen wird',
    opens: 'Was Kontor öffnet',
    show: {
      gmail: {
        read: 'Ihre E-Mails und Einstellungen ansehen',
        send: 'E-Mails in Ihrem Namen senden',
        sign: 'Ihren Namen und Ihre E-Mail-Adresse sehen',
      },
      microsoft: {
        read: 'Ihre E-Mails lesen',
        send: 'E-Mails unter Ihrem Namen senden',
        sign: 'Anmelden und Ihr Profil lesen',
        offline: 'Zugriff auf Daten beibehalten, für die Sie Zugriff erteilt haben',
      },
      imap: {
        read: 'Über Ihren Mailserver lesen',
        send: 'Über Ihren Mailserver senden',
        sign: 'Ihr Name und Ihre E-Mail-Adresse',
      },
      profile: 'Vom Profil behält Kontor Name und Adresse; nach Foto, Telefon und Position wird nie gefragt.',
    },
    rows: {
      replies: 'Antworten auf E-Mails, die Kontor gesendet hat',
      repliesFull: 'geöffnet und gespeichert',
      repliesNone: 'nie gesehen',
      other: 'Alle anderen E-Mails',
      gmailOther: 'Kennung von E-Mail und Thread, sofort verworfen; nie geöffnet',
      microsoftOther: 'Kennung von E-Mail und Unterhaltung, sofort verworfen; nie geöffnet',
      imapOther: 'Nummer und Thread-Kopfzeilen, sofort verworfen; nie geöffnet',
      otherNone: 'nie gesehen',
      sent: 'Ihr Gesendet-Ordner',
      sentFull: 'nur um ungeklärten Versand zu klären, nach unseren eigenen Kennungen',
      sentFullMicrosoft: 'Kennungen, und nach unserer eigenen Message-ID, wo eine gesendete E-Mail liegt',
      sentNone: 'nie gesehen',
    },
    ledger: 'Jeder Zugriff steht im Zugriffsprotokoll des Postfachs und lässt sich dort nachprüfen.',
  },
} as const satisfies SameWords<typeof english>
